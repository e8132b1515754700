"""Whatever stands under two cases: merging them and undoing it leaves every row as it was."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal.cases.actions import talk
from portal.cases.actions.cases import record_case
from portal.cases.actions.reuse import reuse_case
from portal.cases.content import CaseContent
from portal.cases.following.models import Bookmark, Follow
from portal.cases.merging import actions
from portal.cases.merging.actions import Wanted
from portal.cases.models import (
    Attachment,
    Case,
    Comment,
    Helped,
    Reuse,
    Revision,
    Solution,
    case_tags,
)
from portal.core.unit_of_work import transaction
from portal.drafts.models import Draft
from portal.extensions import db

PEOPLE = st.sampled_from(["alice", "bob", "carol", "mei", "wang"])
STEP = st.tuples(
    st.sampled_from(["solution", "comment", "helped", "helped_solution", "reuse", "accept",
                     "withdraw", "follow", "bookmark", "file", "draft"]),
    st.integers(0, 1), PEOPLE,
)
TAGS = st.lists(st.sampled_from(["价格", "撞单", "服务", "续约"]), unique=True, max_size=4)
# What a merge leaves behind on purpose: that it happened.
HISTORY = {"revision", "updated_at"}


def rows(model: Any, *without: str) -> set[tuple[Any, ...]]:
    columns = [column for column in model.__table__.columns if column.name not in without]
    return {tuple(str(value) for value in row) for row in db.session.execute(select(*columns))}


def everything() -> dict[str, Any]:
    db.session.rollback()
    kept = {model.__name__: rows(model) for model in
            (Solution, Comment, Helped, Reuse, Attachment, Follow, Bookmark, Draft)}
    kept["Case"] = rows(Case, *HISTORY)
    kept["tags"] = {tuple(row) for row in db.session.execute(select(case_tags))}
    parts = select(Revision.id, Revision.case_id, Revision.part).where(Revision.part != "case")
    kept["Revision"] = {tuple(row) for row in db.session.execute(parts)}
    # What was read must not lie before what is written next.
    db.session.rollback()
    return kept


def do(step: tuple[str, int, str], cases: list[int], people: Any, now: Any) -> None:
    what, place, login = step
    person, case = people[login], db.session.get_one(Case, cases[place])
    actor = person.actor
    solutions = db.session.scalars(
        select(Solution).where(Solution.case_id == case.id, Solution.withdrawn_at.is_(None))
        .order_by(Solution.id)).all()
    if what == "solution":
        talk.propose_solution(actor, case, "An answer", now)
    elif what == "comment":
        talk.add_comment(actor, case, "A remark", now)
    elif what == "helped" and person.id != case.owner_id:
        talk.say_it_helped(actor, case, None, True, now)
    elif what == "helped_solution" and solutions and solutions[0].author_id != person.id:
        talk.say_it_helped(actor, case, solutions[0], True, now)
    elif what == "reuse":
        reuse_case(actor, case, "", now)
    elif what == "accept" and solutions:
        talk.accept_solution(actor, solutions[-1], now)
    elif what == "withdraw" and solutions:
        talk.withdraw(actor, solutions[0], now)
    elif what == "follow" and not db.session.get(Follow, (person.id, f"case:{case.id}")):
        db.session.add(Follow(person_id=person.id, target=f"case:{case.id}", created_at=now))
    elif what == "bookmark" and not db.session.get(Bookmark, (person.id, case.id)):
        db.session.add(Bookmark(person_id=person.id, case_id=case.id, created_at=now))
    elif what == "file":
        db.session.add(Attachment(case_id=case.id, sha256="0" * 64, name="a.txt",
                                  media_type="text/plain", size=1, added_by_id=person.id,
                                  created_at=now))
    elif what == "draft":
        key = f"{place}-{login}-0000"
        if not db.session.scalar(select(Draft.id).where(Draft.key == key)):
            db.session.add(Draft(person_id=person.id, key=key, form=f"comment-on:{case.id}",
                                 title="", fields={}, digest="", version=1, tab="",
                                 saved_at=now))


@pytest.fixture
def people(alice, bob, carol, mei, wang):
    return {"alice": alice, "bob": bob, "carol": carol, "mei": mei, "wang": wang}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=14), tags=st.tuples(TAGS, TAGS),
       owners=st.tuples(PEOPLE, PEOPLE), body=st.sampled_from(["", "First.", "Both."]))
def test_merge_then_undo_is_as_before(app, clock, people, steps, tags, owners, body):
    with transaction():
        cases = [
            record_case(people[owner].actor, CaseContent(
                kind="problem", title=f"Case {place}", body="First.", tags=tuple(tags[place])),
                clock()).id
            for place, owner in enumerate(owners)
        ]
        for step in steps:
            do(step, cases, people, clock())
    before = everything()
    actor = people["mei"].actor
    with transaction():
        gone, kept = (db.session.get_one(Case, number) for number in cases)
        wanted = Wanted("Case of both", body, kept.revision, gone.revision)
        merge = actions.merge_cases(actor, gone, kept, wanted, clock())
    with transaction():
        row = db.session.get_one(type(merge), merge.id)
        assert row.case.confidence == "archived"
        actions.undo_merge(actor, row, clock())
    after = everything()
    changed = {name: after[name] ^ rows for name, rows in before.items() if after[name] != rows}
    assert changed == {}
