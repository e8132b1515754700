"""The reps' story: recording on a phone, answering, editing at once, and losing nothing."""

import re

import pytest

SOLUTION = "先约客户的内部支持者，一起把需求单改成三条。"


def test_a_problem_is_recorded_on_a_phone_answered_accepted_and_found(
    open_page, alice, mei, bob
):
    page = open_page(alice, phone=True)
    page.goto("/")
    phone = page.get_by_role("navigation", name="主导航（手机）")
    phone.locator("summary", has_text="记录").click()
    phone.get_by_role("link", name=re.compile("^问题")).click()
    page.get_by_role("textbox", name="标题").fill("客户只肯让采购见我")
    assert "##" in page.get_by_label("正文").input_value()
    page.get_by_label("正文").fill("## 情况\n\n见了**三次**采购，决策人没露面。")
    page.get_by_role("tab", name="预览").click()
    page.locator(".editor-preview strong", has_text="三次").wait_for()
    page.get_by_role("button", name="发布").click()
    page.wait_for_url(re.compile(r"/cases/\d+$"))
    address = page.url

    manager = open_page(mei)
    manager.goto("/")
    manager.get_by_role("link", name="去解答").click()
    manager.get_by_label("你的解决方案").fill(SOLUTION)
    manager.get_by_role("button", name="提交解决方案").click()
    manager.locator(".solution", has_text=SOLUTION).wait_for()

    page.goto("/")
    page.get_by_role("link", name="看方案").click()
    page.get_by_role("button", name="采纳：问题解决了").click()
    page.locator(".solution.accepted", has_text=SOLUTION).wait_for()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360

    other = open_page(bob)
    other.goto("/search?q=采购 决策人")
    assert other.get_by_role("link", name="客户只肯让采购见我").is_visible()
    assert other.locator(".result", has_text="已解决").count() == 1
    assert address.endswith(other.locator(".result-title a").first.get_attribute("href") or "?")


def test_a_loss_is_recorded_with_its_facts_and_edited_and_restored(open_page, alice):
    page = open_page(alice)
    page.goto("/cases/new/loss")
    page.get_by_role("textbox", name="标题").fill("某物流企业 WMS 丢单")
    page.get_by_label("正文").fill("客户说价格差太多，其实范围没有对齐。")
    page.get_by_label("主要原因").select_option(label="价格")
    page.get_by_label("销售周期（天）").fill("95")
    page.get_by_label("价格差（%）").fill("26")
    page.get_by_label("竞争对手").fill("甲厂商，乙厂商")
    page.get_by_role("checkbox", name="采购").check()
    page.get_by_label("决定结果的动作（按先后）").fill("没有见到决策人\n报价范围不一致")
    page.get_by_role("button", name="发布").click()
    facts = page.locator(".facts")
    facts.wait_for()
    for word in ("价格", "95 天", "26%", "甲厂商、乙厂商", "报价范围不一致"):
        assert word in facts.inner_text()

    edit(page, "客户说价格差了 26%，其实是实施范围没有对齐。", "补上数字")
    edit(page, "客户说价格差了 26%，其实是实施范围没有对齐。\n\n下次先对范围。", "加上教训")
    page.locator(".case-more > summary").click()
    page.get_by_role("link", name="3 个历史版本").click()
    page.get_by_role("link", name="第 2 版").click()
    change = page.locator(".change", has_text="正文")
    assert change.locator("ins").count()
    assert change.locator("del").count()
    assert page.get_by_text("补上数字").is_visible()

    page.locator("summary", has_text="恢复这一版").click()
    page.get_by_role("dialog").get_by_role("button", name="恢复这一版").click()
    page.locator(".case-body").wait_for()
    assert "下次先对范围" not in page.locator(".case-body").inner_text()
    page.locator(".case-more > summary").click()
    assert page.get_by_role("link", name="4 个历史版本").is_visible()


def edit(page, text, why):
    page.get_by_role("link", name="编辑", exact=True).click()
    page.get_by_label("正文").fill(text)
    page.get_by_label("为什么修改？").fill(why)
    page.get_by_role("button", name="保存").click()
    page.locator(".case-body").wait_for()


def test_a_stale_save_from_a_second_tab_keeps_both_texts(open_page, record, alice):
    case = record(alice, title="标题", body="第一句。")
    first, second = open_page(alice), open_page(alice)
    for page in (first, second):
        page.goto(f"/cases/{case.id}/edit")
    first.get_by_label("正文").fill("第一句。第一个标签页写的。")
    first.get_by_role("button", name="保存").click()
    first.locator(".case-body", has_text="第一个标签页写的").wait_for()

    second.get_by_label("正文").fill("第一句。第二个标签页写的。")
    second.get_by_role("button", name="保存").click()
    second.get_by_role("heading", name="你写的时候，这条案例已有新内容").wait_for()
    assert "第一个标签页写的" in second.content()
    assert second.get_by_label("正文").input_value() == "第一句。第二个标签页写的。"
    second.get_by_role("button", name="把我的内容存为最新版").click()
    second.locator(".case-body", has_text="第二个标签页写的").wait_for()
    second.locator(".case-more > summary").click()
    second.get_by_role("link", name="3 个历史版本").click()
    assert second.get_by_role("link", name="第 2 版").is_visible()


def test_an_expired_session_loses_nothing(open_page, alice):
    page = open_page(alice)
    page.goto("/cases/new/lesson")
    page.locator("#title").fill("写到一半的心得")
    page.get_by_label("正文").fill("这一段不能丢。")
    page.context.clear_cookies()
    page.get_by_role("button", name="发布").click()
    page.get_by_text("你写的内容都保留着").wait_for()
    page.get_by_label("登录名").fill(alice.login)
    page.get_by_label("密码").fill(alice.password)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("button", name="现在保存").click()
    page.locator(".case-body", has_text="这一段不能丢").wait_for()


def test_a_draft_is_nobody_elses_until_it_is_published(open_page, alice, bob):
    page, other = open_page(alice), open_page(bob)
    page.goto("/cases/new/intel")
    page.locator("#title").fill("还没想好的情报")
    page.get_by_role("button", name="存为草稿").click()
    page.get_by_text("只有你能看到").first.wait_for()
    address = page.url
    assert other.goto(address).status == 404
    page.get_by_role("link", name="继续写").click()
    page.get_by_role("button", name="发布").click()
    page.get_by_role("alert").get_by_text("正文还是模板里的提示").wait_for()
    page.get_by_label("正文").fill("想好了：先问三件事再报价。")
    page.get_by_role("button", name="发布").click()
    page.wait_for_url(address)
    assert other.goto(address).status == 200


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_comment_and_its_withdrawal(open_page, record, alice, bob, language):
    words = {"zh": ("你的评论", "发表评论", "撤回", "撤销"),
             "en": ("Your comment", "Comment", "Withdraw", "Undo")}[language]
    case = record(alice)
    page = open_page(bob, language=language)
    page.goto(f"/cases/{case.id}")
    page.get_by_label(words[0]).fill("同意")
    page.get_by_role("button", name=words[1], exact=True).click()
    page.locator(".comment", has_text="同意").wait_for()
    page.locator(".comment").get_by_role("button", name=words[2]).click()
    page.get_by_role("button", name=words[3]).click()
    page.locator(".comment", has_text="同意").wait_for()


def test_a_picture_is_attached_and_shown_to_readers_only(open_page, record, alice, bob, carol):
    case = record(alice, title="带图的心得", kind="lesson", audience="team")
    page = open_page(alice)
    page.goto(f"/cases/{case.id}/edit")
    page.locator("summary", has_text="标签、阶段").click()
    page.get_by_label("附件").set_input_files(
        {"name": "白板.png", "mimeType": "image/png", "buffer": PIXEL}
    )
    page.get_by_role("button", name="保存").click()
    picture = page.locator(".file img")
    picture.wait_for()
    address = picture.get_attribute("src") or ""
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
    assert open_page(bob).request.get(address).status == 200
    assert open_page(carol).request.get(address).status == 404


def test_a_file_that_is_not_what_it_says_keeps_the_form(open_page, alice):
    page = open_page(alice)
    page.goto("/cases/new/lesson")
    page.locator("#title").fill("附件有问题")
    page.get_by_label("正文").fill("报价单里少了一行。")
    page.locator("summary", has_text="标签、阶段").click()
    page.get_by_label("附件").set_input_files(
        {"name": "报价.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90 not a pdf at all"}
    )
    page.get_by_role("button", name="发布").click()
    page.get_by_role("alert").get_by_text("报价.pdf").wait_for()
    assert page.locator("#title").input_value() == "附件有问题"


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cf"
    "c0f01f00050001ff5cc8b3a00000000049454e44ae426082"
)
