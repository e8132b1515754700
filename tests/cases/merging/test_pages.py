"""Choosing, comparing, merging and taking back over HTTP; who may, and where old addresses lead."""

import re

import pytest
from sqlalchemy import select

from portal.cases.models import Case
from portal.core.events import deliver
from portal.extensions import db
from portal.reminders.models import Notification
from portal.search.indexer import index_pending
from tests.cases.addresses import landing


def fields(kept, **values):
    return {"into": kept.id, "title": kept.title, "body": kept.body, "kept_base": kept.revision,
            "gone_base": 1, **values}


def test_the_way_from_the_case_to_the_merge_and_back(gone, kept, browser, remark, bob, mei, clock):
    remark(bob, gone)
    person = browser(mei)
    assert f'href="/cases/{gone.id}/merge"' in person.get(f"/cases/{gone.id}").text
    page = person.get(f"/cases/{gone.id}/merge?into={kept.id}").text
    assert "1 comment" in page and "Who owns it?" in page and "First to enter owns." in page
    answer = person.post(f"/cases/{gone.id}/merge", data=fields(kept, body="Both texts."))
    assert answer.location == f"/cases/{kept.id}"
    page = landing(person, answer).text
    assert "Both texts." in page and "Met this too" in page
    undo = re.search(r'action="(/merges/\d+/undo)"', page)[1]
    old = browser(bob).get(f"/cases/{gone.id}")
    assert (old.status_code, old.location) == (303, f"/cases/{kept.id}?merged={gone.id}")
    assert "leads here now" in browser(bob).get(old.location).text
    text = browser(bob).get(f"/cases/{gone.id}?as=merged").text
    assert "Who owns it?" in text and f'href="/cases/{kept.id}"' in text
    assert f'href="/cases/{gone.id}/edit"' not in text
    assert "Undo the merge" in person.get(f"/cases/{kept.id}/history").text
    assert person.post(undo).location == f"/cases/{gone.id}"
    assert person.get(f"/cases/{gone.id}").status_code == 200
    assert person.post(undo).status_code == 422


def test_a_merged_case_is_in_no_list_and_no_result(gone, kept, merge, browser, mei, bob):
    merge(mei, gone, kept)
    index_pending()
    person = browser(bob)
    assert gone.title not in person.get("/cases").text
    assert gone.title not in person.get("/search?q=Two reps claim").text


def test_similar_cases_come_first_and_words_or_an_address_find_the_rest(gone, kept, record,
                                                                       browser, alice, mei):
    twin = record(alice, title="Two reps claim one customer again")
    index_pending()
    person = browser(mei)
    assert twin.title in person.get(f"/cases/{gone.id}/merge").text
    for typed in (kept.title, str(kept.id), f"http://x/cases/{kept.id}?a=1"):
        answer = person.fragment(f"/cases/{gone.id}/merge?q={typed}")
        assert kept.title in answer.text
        assert answer.text.lstrip().startswith('<section id="found"')
    assert "Nothing found" in person.get(f"/cases/{gone.id}/merge?q=zzzzqqq").text


@pytest.mark.parametrize(("login", "status"), [
    ("alice", 200), ("mei", 200), ("wang", 200), ("bob", 403), ("admin", 403),
])
def test_who_may_merge(gone, kept, browser, request, login, status):
    person = browser(request.getfixturevalue(login))
    assert person.get(f"/cases/{gone.id}/merge?into={kept.id}").status_code == status
    answer = person.post(f"/cases/{gone.id}/merge", data=fields(kept))
    assert answer.status_code == (303 if status == 200 else 403)


def test_both_cases_are_asked_about(gone, record, browser, alice, bob, mei):
    theirs, hidden = record(bob, title="Bob's"), record(mei, audience="managers", title="Secret")
    person = browser(alice)
    for other, status in ((theirs, 403), (hidden, 404)):
        assert person.get(f"/cases/{gone.id}/merge?into={other.id}").status_code == status
        assert person.post(f"/cases/{gone.id}/merge", data=fields(other)).status_code == status
    for odd, status in (("", 303), ("0", 404), ("x", 303), ("9" * 30, 303)):
        assert person.post(f"/cases/{gone.id}/merge", data={"into": odd}).status_code == status


def test_a_refused_merge_keeps_what_was_typed(gone, kept, record, browser, alice, mei):
    person = browser(mei)
    for values in ({"title": ""}, {"gone_base": 7}, {"kept_base": "x"}):
        sent = fields(kept, body="My words", **values)
        answer = person.post(f"/cases/{gone.id}/merge", data=sent)
        assert answer.status_code in (409, 422)
        assert "My words" in answer.text
    narrow = record(mei, audience="managers", title="For managers")
    page = person.get(f"/cases/{narrow.id}/merge?into={kept.id}").text
    assert "More people may read" in page and 'name="kept_base"' not in page
    assert db.session.get(Case, gone.id).merged_into_id is None


def test_who_cannot_read_the_kept_case_reads_the_old_text(gone, record, merge, browser, alice,
                                                         mei, carol):
    ours = record(alice, audience="team", title="Ours alone")
    merge(mei, gone, ours)
    page = browser(carol).get(f"/cases/{gone.id}")
    assert page.status_code == 200
    assert "Who owns it?" in page.text and "Ours alone" not in page.text
    assert browser(carol).get(f"/cases/{ours.id}").status_code == 404


def test_the_undo_is_for_who_may(gone, kept, merge, browser, mei, alice, bob, wang):
    done = merge(mei, gone, kept)
    assert browser(bob).post(f"/merges/{done.id}/undo").status_code == 403
    assert "Undo the merge" not in browser(bob).get(f"/cases/{kept.id}").text
    assert browser(alice).post(f"/merges/{done.id}/undo").status_code == 303


def test_both_owners_are_told(gone, record, merge, undo, browser, alice, bob, mei):
    other = record(bob, title="Bob's")
    done = merge(mei, gone, other)
    deliver()
    query = select(Notification.person_id).where(Notification.kind == "merge.merged")
    assert set(db.session.scalars(query)) == {alice.id, bob.id}
    undo(mei, done)
    deliver()
    query = select(Notification.person_id).where(Notification.kind == "merge.undone")
    assert set(db.session.scalars(query)) == {alice.id, bob.id}


def test_hostile_titles_stay_words(record, browser, mei, alice):
    evil = '"><script>alert(1)</script>'
    one, other = record(alice, title=evil), record(alice, title=evil + "2")
    person = browser(mei)
    person.post(f"/cases/{one.id}/merge", data=fields(other))
    for url in (f"/cases/{other.id}", f"/cases/{one.id}?as=merged", f"/cases/{other.id}/merge"):
        assert "<script>alert" not in person.get(url).text
