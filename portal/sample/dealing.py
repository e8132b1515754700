"""Replays the deals of the sample story: their way through the stages, their end, their money."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from portal.cases.queries.cases import by_ref
from portal.customers.models import Customer
from portal.leads.actions.giving import give_lead
from portal.leads.actions.leads import record_lead, set_next_step
from portal.leads.closing.actions.closing import close_lead
from portal.leads.closing.content import Ending
from portal.leads.content import LeadFacts
from portal.leads.loop.actions import Occasion, review_use, use_case
from portal.leads.models import Lead
from portal.leads.money.actions import add_receivable, record_payment
from portal.leads.money.content import ReceivableFacts
from portal.leads.money.models import Receivable
from portal.leads.pool.actions import allocate, claim_lead, return_lead
from portal.leads.rules import HANDED
from portal.leads.scoring.actions import answer_score
from portal.leads.stages.actions import ask_review, decide_review, move_lead
from portal.leads.stages.models import StageReview
from portal.leads.stages.queries import stage_map
from portal.leads.stages.rules import AMOUNT, FIELD, TICK, Item
from portal.people.queries import actor_for
from portal.sample.people import Act
from portal.sample.selling import Told
from portal.sample.selling_parts import (
    BillScript,
    EndScript,
    GivenScript,
    LeadScript,
    PaymentScript,
    ReviewAsked,
    StepScript,
    UseScript,
)
from portal.sample.selling_script import CustomerScript

# A review at a gate is asked for and given in the morning of the move.
ASKED_AT, GIVEN_AT = "08:40", "09:10"
BILLED_AT, PAID_AT = "10:30", "16:30"


def acts(script: CustomerScript, told: Told) -> Iterator[tuple[str, Act]]:
    """What happens to the deals of a customer, each with its moment. An act raises `ValueError`
    when its person may not do this."""
    for lead in script.leads:
        yield from _Deal(script, lead, told).acts()


@dataclass
class _Deal:
    """One lead while its story is told."""

    customer: CustomerScript
    script: LeadScript
    told: Told
    reviews: dict[str, StageReview] = field(default_factory=dict)
    bills: dict[str, Receivable] = field(default_factory=dict)

    @property
    def row(self) -> Lead:
        return self.told.leads[self.script.key]

    def acts(self) -> Iterator[tuple[str, Act]]:
        script = self.script
        yield script.when, self._record
        yield from ((each.when, partial(self._give, each)) for each in script.given)
        yield from self._ways()
        yield from ((each.when, partial(self._use, each)) for each in script.uses)
        if script.step:
            yield script.step.when, partial(self._plan, script.step)
        if script.waits:
            yield script.waits.when, partial(self._ask, script.waits)
        if script.end:
            yield script.end.when, partial(self._close, script.end)
        for bill in script.bills:
            yield f"{bill.billed} {BILLED_AT}", partial(self._bill, bill)
            for payment in bill.paid:
                yield f"{payment.day} {PAID_AT}", partial(self._pay, bill, payment)

    def _ways(self) -> Iterator[tuple[str, Act]]:
        for stage, when in self.script.moves.items():
            if stage_map()[stage].content.gates:
                day = when.split()[0]
                yield f"{day} {ASKED_AT}", partial(self._ask, ReviewAsked(
                    self.script.by, when, stage))
                yield f"{day} {GIVEN_AT}", partial(self._pass, stage)
            yield when, partial(self._move, stage)

    def _record(self, now: datetime) -> None:
        script, row = self.script, self.told.customers[self.customer.name]
        actor = self.told.cast.actor(script.by, now)
        facts = LeadFacts(
            script.title, script.channel, script.product, script.note, tuple(script.competitors),
            script.amount, contact_id=_first_contact(row),
            expected_close=self.told.calendar.day_named(script.close) if script.close else None,
        )
        lead = record_lead(actor, row, facts, now, owner_id=None if script.pooled else actor.id)
        lead.is_sample = True
        self.told.leads[script.key] = lead
        if script.score:
            answer_score(actor, lead, script.score, now)

    def _give(self, script: GivenScript, now: datetime) -> None:
        actor = self.told.cast.actor(script.by, now)
        if script.how == "claim":
            claim_lead(actor, self.row, now)
        elif script.how == "return":
            return_lead(actor, self.row, script.reason, now)
        elif script.how == "rules":
            allocate(self.row, now)
        else:
            person = self.told.cast.user(script.to, now)
            give_lead(actor.id, self.row, person.id, now, why=HANDED, reason=script.reason)

    def _ask(self, script: ReviewAsked, now: datetime) -> None:
        actor = self.told.may(script.by, "lead:edit", self.row, now)
        gate = stage_map()[script.stage].content.gates[0]
        self.reviews[script.stage] = ask_review(
            actor, self.row, script.stage, gate.key, now, text=script.note)

    def _pass(self, stage: str, now: datetime) -> None:
        review = self.reviews[stage]
        decide_review(actor_for(review.reviewer), review, True, "", now)

    def _move(self, stage: str, now: datetime) -> None:
        actor = self.told.may(self._owner(now), "lead:edit", self.row, now)
        move_lead(actor, self.row, stage, now, answers=self._answers(stage))

    def _owner(self, now: datetime) -> str:
        """The login of whoever has it by now."""
        return next(login for login, user in self.told.cast.users.items()
                    if user.id == self.row.owner_id)

    def _answers(self, to_stage: str) -> dict[str, str]:
        """What the stages on the way ask for."""
        return {f"{stage.code}.{item.key}": self._answer(item)
                for stage in stage_map().left(self.row.stage, to_stage)
                for item in stage.content.items}

    def _answer(self, item: Item) -> str:
        end, lead = self.script.end, self.row
        if item.kind == TICK:
            return "yes"
        if item.kind == AMOUNT:
            return str(lead.amount or "")
        if item.kind == FIELD and item.field == "contract_amount":
            return str((end.amount if end else None) or lead.amount or "")
        return "" if item.kind == FIELD else self.script.says.get(item.key, "")

    def _use(self, script: UseScript, now: datetime) -> None:
        actor = self.told.may(script.by, "lead:edit", self.row, now)
        case = by_ref(script.case)
        if case is None:
            raise ValueError(f"{script.case} is not there on {now:%Y-%m-%d}")
        entry = use_case(actor, case, Occasion(self.row.customer_id, self.row.id, self.row.ref),
                         "", now)
        if script.outcome:
            review_use(actor, entry, script.outcome, now)

    def _plan(self, script: StepScript, now: datetime) -> None:
        actor = self.told.may(script.by, "lead:edit", self.row, now)
        set_next_step(actor, self.row, script.next.text,
                      self.told.calendar.moment(script.next.due), now)

    def _close(self, end: EndScript, now: datetime) -> None:
        actor = self.told.may(end.by, "lead:edit", self.row, now)
        last = stage_map().last
        answers = self._answers(last.code) if last and end.status == "won" else {}
        close_lead(actor, self.row, Ending(
            end.status, end.note, end.reason, tuple(end.competitors), end.amount, end.margin,
            self.told.calendar.day_named(end.signed) if end.signed else None,
        ), now, answers=answers)

    def _bill(self, bill: BillScript, now: datetime) -> None:
        actor = self.told.may(self.script.by, "lead:edit", self.row, now)
        days = self.told.calendar
        self.bills[bill.label] = add_receivable(actor, self.row, ReceivableFacts(
            bill.amount, days.day_named(bill.billed), days.day_named(bill.due), bill.label), now)

    def _pay(self, bill: BillScript, payment: PaymentScript, now: datetime) -> None:
        actor = self.told.may(self.script.by, "lead:edit", self.row, now)
        row = self.bills[bill.label]
        record_payment(actor, row, payment.amount or row.open_amount,
                       self.told.calendar.day_named(payment.day), payment.note, now)


def _first_contact(customer: Customer) -> int | None:
    return customer.contacts[0].id if customer.contacts else None
