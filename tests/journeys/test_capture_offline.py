"""Recording where there is no connection: kept, sent by itself, once, and for nobody else."""

import re
import threading
import time

import pytest
from sqlalchemy import func, select
from werkzeug.serving import make_server

from portal.cases.models import Attachment, Case, Comment
from portal.extensions import db
from tests.journeys.conftest import _Silent
from tests.journeys.test_capture import SOON, a_photo, count, is_saved, open_drafts

WAITING = "Not sent yet: there is no connection."
TITLE = "What did the visit teach you?"
STORES = """async () => {
  const open = indexedDB.open("portal", 1);
  const database = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const rows = (name) => new Promise((done) => {
    const asked = database.transaction(name).objectStore(name).getAll();
    const told = (row) => `${row.viewer ?? row.id} ${row.title ?? ""}`;
    asked.onsuccess = () => done(asked.result.map(told));
  });
  return { copies: await rows("copies"), outbox: await rows("outbox"),
           device: await rows("device"), caches: await caches.keys() };
}"""


class Server:
    """The portal on one port, which can go away and come back."""

    def __init__(self, app):
        self.app, self.port, self.server = app, 0, None

    def start(self):
        self.server = make_server("127.0.0.1", self.port, self.app, threaded=True,
                                  request_handler=_Silent)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever,
                                       kwargs={"poll_interval": 0.05})
        self.thread.start()

    def stop(self):
        if self.server is not None:
            self.server.shutdown()
            self.thread.join(timeout=10)
            self.server.server_close()
            self.server = None


@pytest.fixture
def server(app):
    server = Server(app)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def address(server):
    return f"http://127.0.0.1:{server.port}"


@pytest.fixture(autouse=True)
def cut_off(watch):
    """What htmx tells the console of a request without a connection is no trouble here."""
    yield
    watch.troubles[:] = [told for told in watch.troubles if "htmx:sendError" not in told]


def fill(page, title="Written in the lift", text="The one who pays was there."):
    page.locator("form[data-draft-ready]").wait_for(state="attached")
    page.get_by_label(TITLE).fill(title)
    page.get_by_label("Text", exact=True).fill(text)


def publish(page):
    page.get_by_role("button", name="Publish", exact=True).click()


def until(page, holds):
    """Wait for what this device keeps to be so."""
    end = time.monotonic() + SOON / 1000
    while not holds(page.evaluate(STORES)):
        assert time.monotonic() < end, page.evaluate(STORES)
        page.wait_for_timeout(100)


def enter(page, person):
    page.goto("/sign-in")
    page.get_by_label("Login").fill(person.login)
    page.get_by_label("Password").fill(person.password)
    page.get_by_role("button", name="Sign in").click()


def published():
    db.session.rollback()
    return db.session.scalars(select(Case.title).order_by(Case.id)).all()


def test_without_a_connection_it_waits_and_is_sent_once(open_page, alice):
    page = open_page(alice, language="en")
    page.goto("/cases/new/lesson")
    fill(page)
    page.locator("[data-photo]").set_input_files(
        {"name": "hall.jpg", "mimeType": "image/jpeg", "buffer": a_photo(400, 300)})
    page.locator("[data-photo-list] img").wait_for()
    page.context.set_offline(True)
    publish(page)
    page.get_by_text(WAITING).wait_for()
    assert published() == []
    page.context.set_offline(False)
    page.get_by_text("Sent.", exact=True).wait_for(timeout=SOON)
    page.get_by_role("link", name="Open it").click()
    page.wait_for_url(re.compile(r"/cases/\d+"))
    assert published() == ["Written in the lift"]
    assert count(Attachment) == 1
    assert page.evaluate(STORES)["outbox"] == []
    assert page.evaluate(STORES)["copies"] == []


def test_what_waits_goes_out_from_any_page_when_its_own_tab_is_closed(open_page, alice):
    page = open_page(alice, language="en")
    page.goto("/cases/new/lesson")
    fill(page)
    page.context.set_offline(True)
    publish(page)
    page.get_by_text(WAITING).wait_for()
    context = page.context
    page.close()
    context.set_offline(False)
    other = context.new_page()
    other.goto("/")
    other.get_by_text("Sent: Written in the lift").wait_for(timeout=SOON)
    assert published() == ["Written in the lift"]


def test_an_answer_that_is_lost_makes_no_second_case(open_page, alice):
    page = open_page(alice, language="en")
    page.goto("/cases/new/lesson")
    fill(page)
    lost = []

    def lose(route):
        if route.request.method == "POST" and len(lost) < 2:
            route.fetch(max_redirects=0)
            lost.append(route.request.url)
            return route.abort()
        return route.fallback()

    page.route("**/cases/new/lesson", lose)
    publish(page)
    page.get_by_text(WAITING).wait_for()
    assert published() == ["Written in the lift"]
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(500)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.get_by_text("Sent.", exact=True).wait_for(timeout=SOON)
    assert len(lost) == 2
    assert published() == ["Written in the lift"]


def test_an_expired_session_keeps_the_photo_too_and_sends_after_signing_in(open_page, alice):
    page = open_page(alice, language="en")
    page.goto("/cases/new/lesson")
    fill(page)
    page.locator("[data-photo]").set_input_files(
        {"name": "hall.jpg", "mimeType": "image/jpeg", "buffer": a_photo(400, 300)})
    page.locator("[data-photo-list] img").wait_for()
    page.context.clear_cookies()
    publish(page)
    page.locator("[data-waiting-panel]").get_by_text("You are signed out").wait_for()
    assert published() == []
    enter(page, alice)
    page.get_by_text("Sent: Written in the lift").wait_for(timeout=SOON)
    assert published() == ["Written in the lift"]
    assert count(Attachment) == 1


def test_nobody_else_on_this_device_sees_or_sends_it(open_page, browser, alice, bob, address):
    page = open_page(alice, language="en")
    page.goto("/cases/new/lesson")
    fill(page)
    page.context.set_offline(True)
    publish(page)
    page.get_by_text(WAITING).wait_for()
    context = page.context
    page.close()
    context.clear_cookies()
    context.add_cookies([{"name": "portal", "value": browser(bob).get_cookie("portal").value,
                          "url": address}])
    context.set_offline(False)
    other = context.new_page()
    for path in ("/", "/drafts", "/cases/new/lesson"):
        other.goto(path)
        other.wait_for_timeout(600)
        assert "Written in the lift" not in other.content()
    assert published() == []
    assert other.evaluate(STORES)["outbox"] == [f"{alice.id} Written in the lift"]


def test_who_signs_in_while_it_is_being_sent_does_not_send_it(
    open_page, browser, alice, bob, address
):
    page = open_page(alice, language="en")
    page.goto("/cases/new/lesson")
    fill(page)
    posts = []
    cookies = {person: browser(person).get_cookie("portal").value for person in (alice, bob)}

    def sign_in(person):
        page.context.add_cookies([{"name": "portal", "url": address, "value": cookies[person]}])

    def meanwhile(route):
        if route.request.method != "POST":
            return route.fallback()
        posts.append(route.request.url)
        if len(posts) == 1:
            return route.abort()
        if len(posts) == 2:
            # What the server says to a form of the session before.
            sign_in(bob)
            return route.fulfill(status=400, body="")
        return route.fallback()

    page.route("**/cases/new/lesson", meanwhile)
    publish(page)
    page.get_by_text(WAITING).wait_for()
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(2000)
    assert (len(posts), published()) == (2, [])
    assert page.evaluate(STORES)["outbox"] == [f"{alice.id} Written in the lift"]
    sign_in(alice)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.get_by_text("Sent.", exact=True).wait_for(timeout=SOON)
    assert published() == ["Written in the lift"]


def sign_out(page):
    page.locator(".user-button").click()
    page.locator(".frame-me").get_by_role("button", name="Sign out").click()


def test_signing_out_warns_of_what_waits_and_it_goes_out_later(open_page, alice):
    page = open_page(alice, language="en")
    page.goto("/cases/new/lesson")
    fill(page)
    page.route("**/cases/new/lesson", lambda route: route.abort() if
               route.request.method == "POST" else route.fallback())
    publish(page)
    page.get_by_text(WAITING).wait_for()
    sign_out(page)
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("1 record is not sent yet.").wait_for()
    dialog.get_by_role("button", name="Stay signed in").click()
    assert "/sign-in" not in page.url
    sign_out(page)
    dialog.get_by_role("button", name="Sign out all the same").click()
    page.wait_for_url(re.compile("/sign-in"))
    left = page.evaluate(STORES)
    assert left["device"] == []
    assert left["outbox"] == [f"{alice.id} Written in the lift"]
    assert published() == []
    page.unroute_all()
    enter(page, alice)
    page.get_by_text("Sent: Written in the lift").wait_for(timeout=SOON)
    assert published() == ["Written in the lift"]


def test_signing_out_empties_the_caches(open_page, alice):
    page = open_page(alice, language="en", service_workers="allow")
    page.goto("/cases/new/lesson")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, lambda kept: len(kept["caches"]) == 1)
    fill(page)
    is_saved(page)
    sign_out(page)
    page.wait_for_url(re.compile("/sign-in"))
    assert page.evaluate(STORES) == {"copies": [], "outbox": [], "device": [], "caches": []}
    enter(page, alice)
    page.wait_for_url(lambda url: "/sign-in" not in url)
    until(page, lambda kept: len(kept["caches"]) == 1)


def test_a_refused_one_is_a_draft_again_and_says_why(open_page, alice):
    page = open_page(alice, language="en")
    page.goto("/cases/new/lesson")
    page.locator("form[data-draft-ready]").wait_for(state="attached")
    page.get_by_label("Text", exact=True).fill("No title was given.")
    page.context.set_offline(True)
    publish(page)
    page.get_by_text(WAITING).wait_for()
    page.context.set_offline(False)
    page.get_by_text("This could not be sent. Open it").wait_for(timeout=SOON)
    page.get_by_role("link", name="Open it").click()
    page.get_by_text("Not saved yet.").wait_for()
    assert page.get_by_label("Text", exact=True).input_value() == "No title was given."
    page.locator("form[data-draft-ready]").wait_for(state="attached")
    page.get_by_label(TITLE).fill("Now it has one")
    publish(page)
    page.wait_for_url(re.compile(r"/cases/\d+"))
    assert published() == ["Now it has one"]


def test_it_can_be_installed_and_opens_and_records_without_a_connection(
    open_page, alice, server
):
    page = open_page(alice, phone=True, language="en", service_workers="allow")
    page.goto("/")
    manifest = page.evaluate(
        "fetch(document.querySelector('link[rel=manifest]').href).then((answer) => answer.json())")
    assert [each["name"] for each in manifest["shortcuts"]] == [
        "Visit lesson", "Problem", "Difficulty alert"]
    for icon in manifest["icons"]:
        assert page.request.get(icon["src"]).headers["content-type"] == "image/png"
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, lambda kept: len(kept["caches"]) == 1)
    page.reload()
    assert page.evaluate("navigator.serviceWorker.controller !== null")
    stored = page.evaluate("""async () => {
      const cache = await caches.open((await caches.keys())[0]);
      return Promise.all((await cache.keys()).map(async (key) =>
        [new URL(key.url).pathname, await (await cache.match(key)).text()]));
    }""")
    assert {path for path, _text in stored} >= {"/record/offline/en", "/record/offline/zh"}
    assert not [path for path, text in stored if alice.name in text]
    assert all(path.startswith(("/static/", "/record/offline/")) for path, _text in stored)

    server.stop()
    page.goto("/cases/new/problem")
    page.get_by_role("heading", name="No connection").wait_for()
    page.get_by_text(f"Recorded as {alice.name}").wait_for()
    page.locator("form[data-draft-ready]").wait_for(state="attached")
    page.get_by_label("Title", exact=True).fill("In the basement")
    page.get_by_label("Text", exact=True).fill("The server room has no window.")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
    page.get_by_role("button", name="Send when there is a connection").click()
    page.get_by_text(WAITING).wait_for()

    server.start()
    page.goto("/")
    until(page, lambda kept: kept["outbox"] == [])
    db.session.rollback()
    found = db.session.scalars(select(Case)).one()
    assert (found.title, found.kind, found.owner_id) == ("In the basement", "problem", alice.id)


def test_an_edit_against_a_newer_case_leads_to_the_comparison(open_page, record, alice):
    case = record(alice, title="Title", body="First sentence.")
    page = open_page(alice, language="en")
    page.goto(f"/cases/{case.id}/edit")
    page.locator("form[data-draft-ready]").wait_for(state="attached")
    page.get_by_label("Text", exact=True).fill("First sentence. Mine, not saved.")
    is_saved(page)
    page.goto("/")
    other = page.context.new_page()
    other.goto(f"/cases/{case.id}/edit")
    other.get_by_text("You began this").wait_for()
    other.locator("form[data-draft-ready]").wait_for(state="attached")
    other.get_by_label("Text", exact=True).fill("First sentence. Somebody was faster.")
    other.get_by_role("button", name="Save", exact=True).click()
    other.locator(".case-body", has_text="faster").wait_for()
    page.goto("/drafts")
    page.get_by_role("link", name=re.compile("^Continue")).first.click()
    page.locator("form[data-draft-ready]").wait_for(state="attached")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", name="This case changed while you were writing").wait_for()
    assert page.get_by_label("Text", exact=True).input_value() == "First sentence. Mine, not saved."
    page.get_by_role("button", name="Save my text as the newest").click()
    page.locator(".case-body", has_text="Mine, not saved").wait_for()
    assert open_drafts() == []


def test_a_comment_written_without_a_connection_is_sent_once(open_page, record, alice, bob):
    case = record(alice)
    page = open_page(bob, language="en")
    page.goto(f"/cases/{case.id}")
    page.locator("#remark[data-draft-ready]").wait_for(state="attached")
    page.get_by_label("Your comment").fill("From the train")
    page.context.set_offline(True)
    page.get_by_role("button", name="Comment", exact=True).click()
    page.get_by_text(WAITING).wait_for()
    page.context.set_offline(False)
    page.get_by_text("Sent.", exact=True).wait_for(timeout=SOON)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Comment)) == 1
