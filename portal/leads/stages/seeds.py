"""The stage map the portal ships with: it holds for a stage until an administrator changes it."""

from collections.abc import Mapping

from portal.leads.stages.rules import (
    AMOUNT,
    CHECK,
    FIELD,
    OUTPUT,
    PART,
    TEXT,
    TICK,
    Content,
    Gate,
    Item,
    Words,
)


def _check(key: str, zh: str, en: str, kind: str = TICK, *, required: bool = True) -> Item:
    return Item(key, Words(zh, en), kind, required=required, group=CHECK)


def _output(key: str, zh: str, en: str, kind: str = TEXT, *, required: bool = True) -> Item:
    return Item(key, Words(zh, en), kind, required=required, group=OUTPUT)


def _field(name: str, zh: str, en: str, *, required: bool = True) -> Item:
    return Item(name, Words(zh, en), FIELD, name, required, OUTPUT)


SEEDS: Mapping[str, Content] = {
    "acquired": Content(
        0, 3, "rep",
        Words("有客户名称和一种联系方式，已查重。",
              "We know the company and a way to reach it; checked for duplicates."),
        Words("已联系上客户，知道找谁谈。",
              "The customer was reached, and we know whom to talk to."),
        (_check("reached", "已联系上客户", "The customer was reached"),
         _field("contact_id", "主要联系人", "Main contact")),
    ),
    "screened": Content(
        10, 7, "rep",
        Words("客户愿意谈。", "The customer is willing to talk."),
        Words("需求真实，值得投入时间。", "The need is real and worth our time."),
        (_check("real_need", "客户有真实需求", "The customer has a real need"),
         _field("product", "意向产品", "Product they want"),
         _output("who_decides", "谁拍板、谁影响", "Who decides and who has a say"),
         _output("why_now", "为什么现在要做", "Why now", required=False)),
    ),
    "needs": Content(
        25, 14, "rep",
        Words("客户同意一起梳理需求。", "The customer agrees to go through the needs with us."),
        Words("需求经客户确认，预算和时间有数。",
              "The customer has confirmed the needs; budget and time are known."),
        (_output("problem", "客户要解决的问题（用客户的话）",
                 "The problem to solve, in the customer’s words"),
         _check("needs_confirmed", "需求已经客户确认", "The customer confirmed the needs"),
         _field("amount", "预计金额", "Expected amount"),
         _field("expected_close", "预计成交日期", "Expected close"),
         _field("competitors", "竞争对手", "Competitors", required=False)),
    ),
    "proposal": Content(
        50, 21, "product_expert",
        Words("方案已过产品评审。", "The proposal has passed product review."),
        Words("客户看过方案并认可方向。", "The customer has seen the proposal and agrees."),
        (_check("proposal_sent", "方案和报价已发给客户", "Proposal and quotation went out"),
         _output("quoted", "报价金额", "Quoted amount", AMOUNT),
         _output("feedback", "客户对方案的反馈", "What the customer said about the proposal")),
        (Gate("product_review", Words("产品评审", "Product review"), f"{PART}:product_expert"),),
    ),
    "negotiation": Content(
        75, 21, "rep",
        Words("客户要谈价格和条款。", "The customer wants to discuss price and terms."),
        Words("价格、付款和交付条款谈妥。", "Price, payment and delivery are agreed."),
        (_check("terms_agreed", "商务条款已谈妥", "The terms are agreed"),
         _field("contract_amount", "合同金额", "Contract amount"),
         _output("payment_terms", "付款条件", "Terms of payment")),
    ),
    "signed": Content(
        90, 30, "delivery_manager",
        Words("合同已过风险评审。", "The contract has passed risk review."),
        Words("合同已签，款项全部收到。", "The contract is signed and all money has come in."),
        (_field("signed_on", "签约日期", "Signed on"),
         _check("contract_filed", "合同已归档", "The contract is filed"),
         _check("handed_to_delivery", "已移交交付", "Handed over to delivery")),
        (Gate("risk_review", Words("合同风险评审", "Risk review of the contract")),),
    ),
    "paid": Content(
        100, 0, "rep",
        Words("合同款项已到账。", "The money of the contract has come in."),
        Words("写好赢单复盘。", "The win retrospective is written."),
    ),
}
