"""Files added where one writes: to a case, or to what is not sent yet (K10)."""

import pytest
from sqlalchemy import select

from portal.cases.actions import attachments
from portal.cases.actions.cases import archive_case
from portal.cases.attached_texts import texts_of
from portal.cases.models import Attachment
from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.drafts.models import Draft
from portal.extensions import db
from portal.search.outbox import pending
from tests.cases.actions.test_attach import EXE, HTML, SVG, office
from tests.cases.addresses import form, landing
from tests.cases.files.conftest import KEY, picture
from tests.core.test_photos import photo, place_of


def test_the_answer_is_the_markdown_that_shows_it(problem, upload, browser, bob):
    person, url = browser(bob), f"/cases/{problem.id}/files"
    shown = upload(person, url, "现场 [1].png")
    file = db.session.scalars(select(Attachment)).one()
    assert shown.text == f"![现场 \\[1\\].png](/attachments/{file.id})"
    assert (file.case_id, file.added_by_id, shown.mimetype) == (problem.id, bob.id, "text/plain")
    assert upload(person, url, "报价.csv", "价格,1".encode()).text.startswith("[报价.csv](/att")


@pytest.mark.parametrize(("login", "status"), [
    ("alice", 200), ("bob", 200), ("mei", 200), ("admin", 200),
])
def test_who_may_read_may_add_to_an_answer(problem, upload, browser, request, login, status):
    person = browser(request.getfixturevalue(login))
    assert upload(person, f"/cases/{problem.id}/files").status_code == status


def test_nobody_adds_to_what_they_cannot_read_or_what_is_put_away(record, draft, upload, browser,
                                                                  alice, bob, act, clock):
    hidden = record(alice, audience="managers")
    assert upload(browser(bob), f"/cases/{hidden.id}/files").status_code == 404
    assert upload(browser(bob), f"/cases/{draft.id}/files").status_code == 404
    assert upload(browser(alice), f"/cases/{draft.id}/files").status_code == 200
    old = record(alice)
    act(archive_case, alice.actor, old, clock())
    assert upload(browser(bob), f"/cases/{old.id}/files").status_code == 403


@pytest.mark.parametrize(("name", "content", "words"), [
    ("empty.png", b"", "is empty"), ("evil.svg", SVG, "not a picture"),
    ("page.html", HTML, "not a picture"), ("run.png", EXE, "not a picture"),
    ("photo.heic", b"\x00\x00\x00\x18ftypheic", "HEIC"),
    ("macro.docx", b"PK\x03\x04[Content_Types].xml word/vbaProject.bin", "not a picture"),
    ("zip.docx", b"PK\x03\x04 nothing of Office", "not a picture"),
])
def test_a_refusal_says_why_and_keeps_nothing(problem, upload, browser, alice, name, content,
                                              words):
    for url in (f"/cases/{problem.id}/files", f"/drafts/{KEY}/files"):
        answer = upload(browser(alice), url, name, content)
        assert (answer.status_code, words in answer.text) == (422, True)
        assert "data-error-text" in answer.text
    assert db.session.scalars(select(Attachment)).all() == []


def test_too_large_and_too_many(problem, app, upload, browser, alice, monkeypatch):
    person, url = browser(alice), f"/drafts/{KEY}/files"
    settings = app.extensions["settings"]
    # Nothing at all, because a large body leaves a temporary file of the test's own behind.
    monkeypatch.setitem(app.extensions, "settings", settings.model_copy(update={"upload_mb": 0}))
    answer = upload(person, url, "large.txt", b"x")
    assert (answer.status_code, "larger than 0 MB" in answer.text) == (422, True)
    monkeypatch.undo()
    for place in (url, f"/cases/{problem.id}/files"):
        answers = [upload(person, place, f"{n}.txt", b"x").status_code for n in range(31)]
        assert answers == [200] * 30 + [422]


def test_a_request_without_a_file_or_with_an_odd_key(upload, browser, alice):
    person = browser(alice)
    assert person.post(f"/drafts/{KEY}/files", data={"draft_form": "case:win"}).status_code == 422
    for key, name in (("x", "case:win"), ("k" * 65, "case:win"), (KEY, "no form"), (KEY, "")):
        assert upload(person, f"/drafts/{key}/files", form=name).status_code == 422
    assert db.session.scalars(select(Draft)).all() == []


def test_only_who_added_it_sees_a_draft_s_file(draft_file, browser, alice, bob, mei, wang, admin):
    file = draft_file(alice)
    own = browser(alice)
    for address in (f"/attachments/{file.id}", f"/attachments/{file.id}/thumb"):
        assert own.get(address, buffered=True).status_code in (200, 303)
        for other in (bob, mei, wang, admin):
            assert browser(other).get(address, buffered=True).status_code == 404
    for other in (bob, mei, admin):
        assert browser(other).post(f"/attachments/{file.id}/remove").status_code == 404
    assert own.post(f"/attachments/{file.id}/remove").status_code == 204
    assert own.get(f"/attachments/{file.id}").status_code == 404


def test_the_same_key_of_two_people_is_two_drafts(draft_file, browser, alice, bob):
    one, other = draft_file(alice), draft_file(bob)
    assert one.draft_id != other.draft_id and one.sha256 == other.sha256


def test_publishing_takes_along_what_the_text_names(draft_file, browser, alice, bob):
    shown, dropped = draft_file(alice), draft_file(alice, name="wrong.png")
    person = browser(alice)
    values = form(body=f"See ![]( /attachments/{shown.id} )", draft_key=KEY,
                  draft_form="case:problem")
    landing(person, person.post("/cases/new/problem", data=values))
    db.session.expire_all()
    taken, left = (db.session.get(Attachment, file.id) for file in (shown, dropped))
    assert taken.case_id and taken.draft_id is None
    assert left.case_id is None
    assert browser(bob).get(f"/attachments/{shown.id}", buffered=True).status_code == 200
    assert browser(bob).get(f"/attachments/{dropped.id}").status_code == 404


def test_nobody_takes_the_file_of_somebody_else(draft_file, draft_of, record, act, clock, alice,
                                                bob):
    theirs = draft_file(alice)
    draft_file(bob)
    case = record(bob)
    taken = act(lambda: attachments.take_over(
        bob.actor, draft_of(bob), db.session.merge(case), clock(),
        f"![](/attachments/{theirs.id})"))
    assert taken == []
    assert db.session.get(Attachment, theirs.id).case_id is None


def test_a_sent_draft_takes_no_more(draft_file, draft_of, alice, browser, upload):
    draft_file(alice)
    with transaction():
        db.session.merge(draft_of(alice)).sent_ref = "case:1"
    assert upload(browser(alice), f"/drafts/{KEY}/files").status_code == 422


def test_the_words_of_a_draft_s_file_are_in_no_index(draft_file, alice):
    file = draft_file(alice, name="secret.txt", content=b"unfindable words")
    assert file.case_id is None
    assert texts_of([0]) == {}
    assert pending() == 0


def test_a_photo_is_kept_without_its_place(problem, upload, browser, bob, app):
    person = browser(bob)
    answer = upload(person, f"/cases/{problem.id}/files", "photo.jpg", photo())
    url = answer.text.rpartition("(")[2].rstrip(")")
    assert place_of(person.get(url, buffered=True).data) == {}


def test_a_file_is_removed_by_who_added_it_or_answers_for_the_case(problem, attach, browser, alice,
                                                                   bob, carol, mei):
    added = attach(bob, problem, "notes.txt", b"x")
    assert browser(carol).post(f"/attachments/{added.id}/remove").status_code == 403
    page = browser(bob).get(f"/cases/{problem.id}").text
    assert f'action="/attachments/{added.id}/remove"' in page
    for person in (bob, alice, mei):
        assert browser(person).post(f"/attachments/{added.id}/remove").status_code == 303


def test_a_file_cannot_be_more_than_its_office_name(problem, attach, alice):
    attach(alice, problem, "good.xlsx", office())
    with pytest.raises(Refused):
        attach(alice, problem, "bad.pdf", picture())
