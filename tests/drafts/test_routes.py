"""Saving, listing, comparing and discarding drafts: the standing questions of every address."""

import json
import re
from io import BytesIO

import pytest
from sqlalchemy import select

from portal.cases.actions import talk
from portal.cases.models import Attachment, Case, Comment
from portal.core.unit_of_work import transaction
from portal.drafts import rules
from portal.drafts.models import Draft
from portal.extensions import db

KEY = "a-key-of-a-form"
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def put(browser, alice):
    """Save as the script does."""

    def put_one(*fields, key=KEY, form="case:lesson", version=0, tab="one", who=None):
        person = who or browser(alice)
        body = json.dumps({"form": form, "version": version, "tab": tab, "fields": fields})
        return person.open(f"/drafts/{key}", method="POST", data=body, headers={
            "Content-Type": "application/json", "X-CSRFToken": person.csrf_token(),
            "HX-Request": "true"})

    return put_one


def drafts():
    db.session.rollback()
    return db.session.scalars(select(Draft).where(Draft.ended_at.is_(None))).all()


def test_it_says_when_it_was_saved_in_the_portals_time(put):
    answer = put(["title", "Half a thought"]).json
    assert answer == {"state": "saved", "key": KEY, "version": 1, "at": "10:00"}


def test_the_title_of_nothing_and_the_template_alone_make_no_draft(put, browser, alice):
    page = browser(alice).get("/cases/new/lesson").text
    template = page.split('name="body"')[1].split(">", 1)[1].split("</textarea>")[0]
    for fields in ([], [["title", " "]], [["body", template], ["audience", "everyone"]]):
        assert put(*fields).json == {"state": "blank"}
    assert drafts() == []
    put(["title", "a"])
    assert put(["title", ""], version=1).json == {"state": "blank"}
    assert drafts() == []


def test_invalid_fields_are_kept_as_they_are(put, browser, alice):
    put(["title", "x" * 500], ["cycle_days", "about ninety"], ["main_reason", "no such"],
        form="case:loss")
    page = browser(alice).get(f"/cases/new/loss?draft_key={KEY}").text
    assert "about ninety" in page
    assert "x" * 500 in page
    page = browser(alice).get(f"/cases/new/loss?draft_key={KEY}&check=1").text
    assert "Not saved yet" in page


def test_a_draft_is_nobody_elses(put, browser, bob):
    put(["title", "Secret thought"])
    other = browser(bob)
    assert other.get(f"/drafts/{KEY}").json == {"state": "none"}
    for path in ("/drafts", "/", "/record", "/cases/new/lesson",
                 f"/cases/new/lesson?draft_key={KEY}"):
        assert "Secret thought" not in other.get(path).text
    assert other.get(f"/drafts/{KEY}/text").status_code == 404
    assert other.get(f"/drafts/{KEY}/compare/{KEY}").status_code == 404
    assert other.post(f"/drafts/{KEY}/discard").status_code == 404
    assert other.post(f"/drafts/{KEY}/bring-back").status_code == 404
    assert len(drafts()) == 1


def test_who_is_not_signed_in_and_who_has_no_token_saves_nothing(put, browser, alice):
    assert put(["title", "a"], who=browser()).status_code == 401
    answer = browser(alice).open(f"/drafts/{KEY}", method="POST", json={"form": "case:lesson"})
    assert answer.status_code == 400
    assert drafts() == []


@pytest.mark.parametrize("body", [b"", b"[]", b"3", b"{}", b'{"fields": 3}', b'{"fields": [[1]]}',
                                  b'{"fields": [["a", "b", "c"], {}], "form": [], "tab": {}}',
                                  b'{"fields": [["title", "\\u0000"]], "form": "case:lesson"}',
                                  b'{"fields": [["title", "a"]], "form": "case:lesson", '
                                  b'"version": "999999999999999999999"}', b"\xff\xfe"])
def test_nonsense_is_refused_or_kept_but_never_fails(body, browser, alice):
    person = browser(alice)
    answer = person.open(f"/drafts/{KEY}", method="POST", data=body, headers={
        "Content-Type": "application/json", "X-CSRFToken": person.csrf_token()})
    assert answer.status_code in (200, 400, 422)


def test_what_is_too_large_is_told_so(put):
    answer = put(["body", "a" * (rules.LARGEST + 1)])
    assert answer.status_code == 422
    assert "600 KB" in answer.json["text"]
    assert drafts() == []


def test_hostile_words_are_harmless_in_every_list(put, browser, alice):
    put(["title", HOSTILE], ["body", HOSTILE])
    put(["title", HOSTILE + "2"], tab="two")
    person = browser(alice)
    keys = [draft.key for draft in drafts()]
    for path in ("/", "/drafts", "/record", "/cases/new/lesson", f"/drafts/{KEY}/text",
                 f"/drafts/{keys[0]}/compare/{keys[1]}", f"/cases/new/lesson?draft_key={KEY}"):
        assert "<script>alert" not in person.get(path).text, path


def test_of_two_texts_one_is_chosen_and_the_other_can_come_back(put, browser, alice):
    put(["title", "One"], ["body", "Same line\nOne line"])
    answer = put(["title", "Two"], ["body", "Same line\nOther line"], tab="two").json
    assert answer["state"] == "beside"
    person = browser(alice)
    page = person.get(answer["compare"]).text
    assert page.count("<p>Same line</p>") == 2
    assert "<mark>Other line</mark>" in page
    url = re.search(r'action="(/drafts/[^"]*discard[^"]*)"', page)[1].replace("&amp;", "&")
    went = person.post(url)
    assert went.headers["Location"].startswith("/cases/new/lesson?draft_key=")
    assert len(drafts()) == 1
    assert "Undo" in person.get("/drafts").text


def test_draft_cases_and_drafts_are_one_list_and_one_work_is_one_line(put, record, browser, alice):
    case = record(alice, title="Kept by the button", draft=True)
    put(["title", "Kept by itself"], ["base", "1"], form=f"case:{case.id}")
    page = browser(alice).get("/drafts").text
    assert "Kept by itself" in page
    assert page.count("draft-line") - page.count("<template>") == 1
    assert browser(alice).get("/").text.count("Your draft") == 1


def test_the_text_of_a_case_that_is_closed_to_one_now_is_kept_without_its_title(
    put, record, browser, alice, bob
):
    case = record(alice, title="Open today")
    put(["body", "My remark"], form=f"comment-on:{case.id}", who=browser(bob))
    assert "Comment on “Open today”" in browser(bob).get("/drafts").text
    with transaction():
        db.session.get(Case, case.id).audience = "managers"
    page = browser(bob).get("/drafts").text
    assert "Open today" not in page
    assert "My remark" in page
    assert "My remark" in browser(bob).get(f"/drafts/{KEY}/text").text


def form_of(page, action):
    """The hidden fields and the token of a form, as a browser without scripts sends them."""
    part = page.split(f'action="{action}"')[1].split("</form>")[0]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', part)
    return {name: value for name, value in hidden if name != "csrf_token"}


def test_the_form_alone_makes_one_case_however_often_it_is_sent(browser, alice):
    person = browser(alice)
    form = form_of(person.get("/cases/new/lesson").text, "/cases/new/lesson")
    words = {**form, "title": "Once", "body": "Only once.", "audience": "everyone",
             "source": "none", "as": "published"}
    first, second = (person.post("/cases/new/lesson", data=words) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    later = person.post("/cases/new/lesson", data={**words, "body": "Only once, or twice?"})
    assert later.headers["Location"] == first.headers["Location"]
    assert "kept among your drafts" in person.get(first.headers["Location"]).text
    assert [draft.fields["body"] for draft in drafts()] == [["Only once, or twice?"]]
    assert len(db.session.scalars(select(Case)).all()) == 1


def test_a_comment_that_arrives_twice_stands_once(record, browser, alice, bob):
    case = record(alice)
    person, url = browser(bob), f"/cases/{case.id}/comments"
    form = {**form_of(person.get(f"/cases/{case.id}").text, url), "body": "Same here"}
    places = {person.post(url, data=form).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    db.session.rollback()
    assert len(db.session.scalars(select(Comment)).all()) == 1


def test_what_waits_to_be_sent_keeps_no_session_alive(browser, clock, settings, alice):
    person = browser(alice)
    for _ in range(3):
        assert person.get("/drafts/token").status_code == 200
        clock.move(minutes=settings.idle_minutes * 0.4)
    assert person.fragment("/drafts/token").status_code == 401


def test_a_new_wording_that_arrives_twice_is_one_revision(record, browser, clock, alice, bob):
    case = record(alice)
    with transaction():
        case = db.session.get_one(Case, case.id)
        text = talk.propose_solution(bob.actor, case, "Said", clock())
    person, url = browser(bob), f"/solutions/{text.id}/edit"
    form = {**form_of(person.get(url).text, url), "base": "1", "body": "Said better"}
    places = {person.post(url, data=form).headers.get("Location") for _ in range(2)}
    assert places == {f"/cases/{text.case_id}#solution-{text.id}"}
    later = person.post(url, data={**form, "body": "Said even better"})
    assert later.headers["Location"] in places
    assert [draft.fields["body"] for draft in drafts()] == [["Said even better"]]


def test_a_refused_form_is_no_case_and_can_be_sent_again(browser, alice):
    person = browser(alice)
    form = form_of(person.get("/cases/new/lesson").text, "/cases/new/lesson")
    form |= {"body": "Words", "audience": "everyone", "source": "none"}
    answer = person.post("/cases/new/lesson", data={**form, "title": ""})
    assert answer.status_code == 422
    assert form["draft_key"] in answer.text
    assert person.post("/cases/new/lesson", data={**form, "title": "Now"}).status_code == 303


def test_files_kept_for_the_draft_go_with_it(browser, alice):
    person = browser(alice)
    form = form_of(person.get("/cases/new/lesson").text, "/cases/new/lesson")
    answer = person.post(f"/drafts/{form['draft_key']}/files", data={
        "draft_form": "case:lesson", "file": (BytesIO(b"notes"), "notes.txt"),
    }, content_type="multipart/form-data")
    assert answer.status_code == 200, answer.text
    words = {**form, "title": "With a file", "body": answer.text, "audience": "everyone",
             "source": "none"}
    person.post("/cases/new/lesson", data=words)
    db.session.rollback()
    file = db.session.scalars(select(Attachment)).one()
    assert file.case_id == db.session.scalars(select(Case.id)).one()


def test_an_alert_is_an_urgent_problem_that_the_manager_is_told_of(browser, alice):
    person = browser(alice)
    form = form_of(person.get("/cases/new/alert").text, "/cases/new/alert")
    answer = person.post("/cases/new/alert", data={
        **form, "title": "The buyer left the room", "body": "They ask for our source code.",
        "audience": "everyone", "source": "none", "as": "published"})
    assert answer.status_code == 303
    db.session.rollback()
    case = db.session.scalars(select(Case)).one()
    assert (case.kind, case.urgent) == ("problem", True)
    assert "Your manager sees it at once" in person.get(answer.headers["Location"]).text


@pytest.mark.parametrize(("path", "kind"), [
    ("/manifest.webmanifest", "application/manifest+json"),
    ("/service-worker.js", "text/javascript"), ("/record/offline/zh", "text/html"),
])
def test_what_a_device_fetches_names_nobody(path, kind, browser, alice):
    for person in (browser(), browser(alice)):
        answer = person.get(path)
        assert answer.status_code == 200
        assert answer.mimetype == kind
        assert alice.name not in answer.text
        assert "nosniff" in answer.headers["X-Content-Type-Options"]
        assert "no-cache" in answer.headers["Cache-Control"]
    assert browser().get("/record/offline/fr").status_code == 404
