"""The colleague's story: the bell counts while a page is open, the inbox leads to the work."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.reminders.actions import notify

SCREENS = pytest.mark.parametrize(("phone", "language"), [(False, "zh"), (True, "en")])
KIND = "case.asked"
# Whether somebody looks at the tab, as the browser would tell the page.
SEEN = """state => Object.defineProperty(document, 'visibilityState',
          {get: () => state, configurable: true})"""


@pytest.fixture
def ask(app, record, alice, clock):
    """`ask(bob, "…")`: a question of alice's that bob is told of; the case."""

    def one(person, title):
        case = record(alice, title=title)
        with transaction():
            notify([person.id], KIND, f"case:{case.id}", clock(), key=f"ask {title}",
                   actor_id=alice.id)
        return case

    return one


def come_back(page):
    """What a browser says when somebody returns to the tab after a while."""
    page.evaluate("dispatchEvent(new Event('focus'))")


@SCREENS
def test_the_bell_learns_of_news_and_the_inbox_leads_to_them(
    open_page, axe, ask, bob, phone, language
):
    page = open_page(bob, phone=phone, language=language)
    page.clock.install()
    page.goto("/cases")
    expect(page.locator("[data-bell-count]")).to_have_count(0)
    case = ask(bob, "谁来判断归属")
    page.clock.run_for(61_000)
    expect(page.locator("[data-bell-count]")).to_have_text("1")
    # The bell stays in sight, so nothing else in the frame repeats its number.
    expect(page.locator("[data-bell-mirror]:visible")).to_have_count(0)
    page.locator("#bell").click()
    page.wait_for_url("**/notifications")
    assert axe(page) == []
    page.locator(".list-row .btn-primary").click()
    page.wait_for_url(f"**/cases/{case.id}**")
    expect(page.locator("[data-bell-count]")).to_have_count(0)


def test_opening_the_case_by_itself_is_enough(open_page, ask, bob):
    case = ask(bob, "谁来判断归属")
    page = open_page(bob)
    page.goto(f"/cases/{case.id}")
    expect(page.locator("[data-bell-count]")).to_have_count(0)
    page.goto("/notifications?show=all")
    expect(page.locator(".news-handled")).to_have_count(1)


def test_later_and_back(open_page, ask, bob):
    ask(bob, "谁来判断归属")
    page = open_page(bob, language="en")
    page.goto("/notifications")
    page.locator(".list-row summary").click()
    page.get_by_role("button", name="In an hour").click()
    expect(page.get_by_text("It comes back in an hour.")).to_be_visible()
    expect(page.locator(".list-row")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".list-row")).to_have_count(1)


def test_it_works_without_scripts(open_page, ask, bob):
    case = ask(bob, "谁来判断归属")
    page = open_page(bob, javascript=False, language="en")
    page.goto("/notifications")
    page.locator(".list-row .btn-primary").click()
    page.wait_for_url(f"**/cases/{case.id}**")
    page.goto("/notifications")
    expect(page.locator(".list-row")).to_have_count(0)


def test_a_lost_connection_and_a_proxy_s_page_change_nothing(open_page, ask, bob):
    page = open_page(bob)
    page.clock.install()
    ask(bob, "一")
    page.goto("/cases")
    expect(page.locator("[data-bell-count]")).to_have_text("1")
    page.route("**/notifications/bell", lambda route: route.abort())
    page.clock.run_for(61_000)
    page.unroute("**/notifications/bell")
    page.route("**/notifications/bell", lambda route: route.fulfill(body="<h1>Log in to wifi</h1>"))
    page.clock.run_for(61_000)
    expect(page.locator("[data-bell-count]")).to_have_text("1")
    expect(page.locator(".toast-note")).to_have_count(0)
    page.unroute("**/notifications/bell")
    ask(bob, "二")
    page.clock.run_for(61_000)
    expect(page.locator("[data-bell-count]")).to_have_text("2")


def test_when_the_session_ended_it_stops_asking_and_says_nothing(open_page, bob, ask, browser):
    ask(bob, "一")
    page = open_page(bob)
    page.clock.install()
    page.goto("/cases")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "bell" in request.url else None)
    from portal.people.models import SignIn

    with transaction():
        db.session.query(SignIn).update({"ended_at": db.session.query(SignIn).first().created_at
                                         + timedelta(seconds=1)})
    page.clock.run_for(61_000)
    page.wait_for_timeout(300)
    page.clock.run_for(300_000)
    page.wait_for_timeout(300)
    assert len(asked) == 1
    expect(page.locator("#bell")).to_be_visible()
    expect(page.locator("#session-notice")).to_be_hidden()
    expect(page.locator("[data-bell-count]")).to_have_text("1")


def test_a_hidden_tab_does_not_ask(open_page, bob):
    page = open_page(bob)
    page.clock.install()
    page.goto("/cases")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "bell" in request.url else None)
    page.evaluate(SEEN, "hidden")
    page.clock.run_for(300_000)
    come_back(page)
    assert asked == []
    page.evaluate(SEEN, "visible")
    come_back(page)
    page.wait_for_timeout(300)
    assert len(asked) == 1


@SCREENS
def test_preferences_can_be_used_by_everybody(open_page, axe, bob, phone, language):
    page = open_page(bob, phone=phone, language=language)
    page.goto("/preferences/notifications")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#alerts_first").select_option("none")
    page.locator("main form button.btn-primary").click()
    expect(page.locator(".alert-success")).to_be_visible()
    expect(page.locator("#alerts_first")).to_have_value("none")
