"""No text that anybody may save runs in the browser of who reads it."""

import pytest

from portal.cases.actions.talk import add_comment, propose_solution
from portal.core.unit_of_work import transaction
from portal.extensions import db
from tests.hostile_texts import PAYLOADS

TOUCH_EVERYTHING = """
() => {
  for (const element of document.querySelectorAll("main *")) {
    for (const name of ["mouseover", "focus", "toggle", "load", "error", "animationstart"]) {
      element.dispatchEvent(new Event(name, { bubbles: true }));
    }
    const address = element.getAttribute("href") || "";
    if (/^\\s*(javascript|data|vbscript|blob):/i.test(element.href || address)) ran();
  }
}
"""
GROUP = 12
GROUPS = [PAYLOADS[start : start + GROUP] for start in range(0, len(PAYLOADS), GROUP)]


@pytest.fixture
def guarded_page(open_page, bob):
    """A page that notices when `ran()` is called, or a dialog opens."""
    page = open_page(bob, language="en")
    ran = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.context.expose_function("ran", lambda: ran.append("ran"))
    page.ran = ran
    return page


def test_the_guard_would_notice(guarded_page):
    guarded_page.goto("/help")
    guarded_page.evaluate("ran(); alert(1)")
    assert guarded_page.ran == ["ran", "1"]


@pytest.mark.parametrize("payloads", GROUPS, ids=lambda group: group[0][:30])
def test_nothing_runs_on_the_page_of_a_case(payloads, guarded_page, record, alice, clock):
    for payload in payloads:
        case = record(alice, title=payload[:150] or "x", body=payload, tags=(payload[:60],))
        with transaction():
            case = db.session.merge(case)
            propose_solution(alice.actor, case, payload, clock())
            add_comment(alice.actor, case, payload, clock())
        guarded_page.goto(f"/cases/{case.id}")
        guarded_page.evaluate(TOUCH_EVERYTHING)
        assert guarded_page.ran == [], payload


def test_nothing_runs_in_lists_and_results(guarded_page, record, alice):
    for payload in PAYLOADS[:40]:
        record(alice, title=f"needle {payload}"[:150], body=f"needle {payload}", tags=("needle",))
    for address in ("/cases", "/cases?page=2", "/search?q=needle", "/search?q=needle&page=2",
                    "/search?q=<script>ran()</script>", "/", f"/people/{alice.id}"):
        guarded_page.goto(address)
        guarded_page.evaluate(TOUCH_EVERYTHING)
        assert guarded_page.ran == [], address


def test_nothing_runs_in_the_preview(guarded_page):
    guarded_page.goto("/cases/new/problem")
    for payload in PAYLOADS[:20]:
        guarded_page.locator("textarea[name=body]").fill(payload)
        with guarded_page.expect_response("**/cases/preview"):
            guarded_page.get_by_role("tab", name="Preview").click()
        guarded_page.evaluate(TOUCH_EVERYTHING)
        guarded_page.get_by_role("tab", name="Write").click()
        assert guarded_page.ran == [], payload
    # Leaving asks whether to lose the text; that dialog is meant.
    guarded_page.locator("textarea[name=body]").fill("")
