"""An import taken back: exactly what it wrote, as far as nobody worked on it since."""

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import select

from portal.cases.actions.cases import edit_case
from portal.cases.actions.talk import add_comment
from portal.cases.models import Attachment, Case, Comment, Revision, Solution
from portal.cases.queries.cases import Filters, library, readable_by
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.lists.models import Term
from tests.cases.exchange.test_import import PNG
from tests.cases.transfer.conftest import packed
from tests.cases.transfer.test_import import LESSON, case


def seen_by(person, clock):
    """Everything of the library that a reader sees: lists, texts, tags, what hangs on cases."""
    db.session.rollback()
    db.session.expire_all()
    ids = list(db.session.scalars(
        library(person.actor, Filters(sort="updated"), clock().date()).with_only_columns(Case.id)))
    cases = db.session.scalars(select(Case).where(readable_by(person.actor)).order_by(Case.id))
    shown = [
        (c.id, c.content, c.confidence, c.owner_id, c.byline, c.updated_at, c.verified_until,
         c.state, c.solutions_count, c.comments_count, c.accepted_id) for c in cases
    ]
    texts = [(model.__name__, t.id, t.body, t.author_id, t.byline) for model in (Solution, Comment)
             for t in db.session.scalars(select(model).where(model.withdrawn_at.is_(None))
                                         .order_by(model.id))]
    files = list(db.session.scalars(
        select(Attachment.id).where(Attachment.removed_at.is_(None),
                                    Attachment.case_id.in_([c[0] for c in shown]))))
    tags = sorted(db.session.scalars(select(Term.label_zh).where(Term.list == "tag")))
    return ids, shown, texts, files, tags


@pytest.fixture
def library_there(record, alice, bob, carol):
    with transaction():
        for person, ref, tags in ((alice, "one", ("旧",)), (bob, "two", ()), (carol, "three", ())):
            db.session.merge(record(person, title=f"Case {ref}", tags=tags)).ref = ref


def test_new_and_changed_cases_are_as_before(
    uploader, admin, alice, bob, library_there, clock, browser
):
    before = {person.login: seen_by(person, clock) for person in (alice, bob)}
    clock.move(days=1)
    up = uploader(admin)
    up.send("all.zip", packed({
        "a.md": "---\nref: one\nkind: problem\ntitle: Changed\ntags: [新]\n"
                "verified_until: 2027-01-01\n"
                "author: Outside\nattachments: [p.png]\n---\n![x](p.png)",
        "p.png": PNG,
        "b.md": "---\nref: brand-new\ntitle: Brand new\ntags: [新, 旧]\n---\nx",
        "s.md": "---\nref: s\nkind: solution\nof: one\naccepted: true\n---\nAnswer",
        "c.md": "---\nref: c\nkind: comment\nof: brand-new\n---\nRemark",
    }))
    up.commit(updates="1")
    assert up.outcomes == ["changed", "new", "new", "new"], [row.reason for row in up.rows]
    assert seen_by(alice, clock) != before["alice"]
    number = case("brand-new").id
    assert up.revert().status_code == 303
    assert [row.reverted for row in up.rows] == ["reverted"] * 4
    assert {person.login: seen_by(person, clock) for person in (alice, bob)} == before
    # Nothing is deleted: the history tells what was there.
    notes = [r.note for r in db.session.query(Revision).filter_by(case_id=case("one").id,
                                                                  part="case")]
    assert notes == ["", "Imported", "Import reverted"]
    assert browser(bob).get(f"/cases/{number}").status_code == 404
    assert "taken back" in up.page()


def test_what_somebody_worked_on_stays_and_is_listed(
    uploader, admin, alice, bob, clock, library_there
):
    up = uploader(admin)
    up.send_all({
        "a.md": LESSON, "b.md": LESSON.replace("a-lesson", "b-lesson"),
        "c.md": "---\nref: one\ntitle: Changed\n---\nx",
        "d.md": "---\nref: two\ntitle: Changed too\n---\nx",
    })
    up.commit(updates="1", alike="1")
    with transaction():
        edited = case("one")
        edit_case(alice.actor, edited, edited.content.__class__(
            **{**vars(edited.content), "body": "mine"}), 2, "", clock())
    with transaction():
        add_comment(bob.actor, case("a-lesson"), "Useful", clock())
    up.revert()
    kept = {row.ref: row.kept_because for row in up.rows if row.reverted == "kept"}
    assert set(kept) == {"a-lesson", "one"}
    assert "commented" in kept["a-lesson"]
    assert case("one").body == "mine"
    assert case("two").title == "Case two"
    assert case("a-lesson").confidence == "not_validated"
    assert case("b-lesson").confidence == "discarded"
    # The tags of what stayed stay.
    assert {"预算", "提问"} <= set(db.session.scalars(select(Term.label_zh)))
    assert "Left as it is" in up.page(verdict="kept")


def test_what_was_taken_back_can_be_imported_again(uploader, admin):
    up = uploader(admin)
    up.send("lesson.md", LESSON)
    up.commit()
    up.revert()
    up.send("lesson.md", LESSON)
    assert up.verdicts == ["update"]
    up.commit(updates="1")
    assert case("a-lesson").confidence == "not_validated"
    assert {tag.label_zh for tag in case("a-lesson").tags} == {"预算", "提问"}
    up.revert()
    assert case("a-lesson").confidence == "discarded"


def test_nothing_to_take_back(uploader, admin):
    up = uploader(admin)
    up.send("lesson.md", LESSON)
    assert up.revert().status_code == 409


WORDS = st.text("预算报价客户ab ", min_size=1, max_size=6).filter(str.strip)
FILES = st.lists(st.fixed_dictionaries({
    "ref": st.sampled_from(["one", "two", "n-1", "n-2", "n-3"]),
    "title": WORDS, "body": st.text("x预\n*", max_size=20), "tags": st.lists(WORDS, max_size=3),
    "kind": st.sampled_from(["problem", "win", "lesson"]),
    "author": st.sampled_from(["", "alice", "Somebody"]),
    "audience": st.sampled_from(["everyone", "team", "managers"]),
}), min_size=1, max_size=5, unique_by=lambda record: record["ref"])


@pytest.fixture
def up(uploader, admin):
    """Signed in once: the portal counts attempts."""
    return uploader(admin)


# Each example is a whole import; what fails is small enough as it is.
@settings(max_examples=12, phases=(Phase.explicit, Phase.generate),
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=FILES)
def test_import_then_revert_restores_what_readers_see(
    records, up, alice, carol, mei, library_there, clock
):
    readers = (alice, carol, mei)
    before = [seen_by(person, clock) for person in readers]
    files = {
        f"{n}.md": "\n".join(
            ["---", *(f"{key}: {value!r}" if key != "tags" else f"tags: {value!r}"
                      for key, value in record.items() if key != "body" and value),
             "---", record["body"]])
        for n, record in enumerate(records)
    }
    up.send_all(files)
    up.commit(updates="1", alike="1")
    up.revert()
    assert [row.kept_because for row in up.rows if row.reverted == "kept"] == []
    after = [seen_by(person, clock) for person in readers]
    assert [[part for n, part in enumerate(s) if n != 1] for s in after] == [
        [part for n, part in enumerate(s) if n != 1] for s in before]
    # A new author may now own a withdrawn case; what is published is as it was.
    published = [[[c for c in s[1] if c[2] != "discarded"] for s in each]
                 for each in (before, after)]
    assert published[0] == published[1]
