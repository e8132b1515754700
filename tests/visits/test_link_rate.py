"""The link rate of visits against a count by hand, and the list behind it."""

import random
from collections import Counter
from datetime import date

import pytest

from portal.cases.models import Case, Reuse
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.visits.models import Visit
from portal.visits.queries.without_case import monthly, without_case
from tests.visits.acting import acting

DAYS = (date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 31), date(2026, 6, 1))
MONTHS = ["2026-04", "2026-05", "2026-06"]


@pytest.fixture
def many(customer, alice, carol, record, clock):
    """Eighty visits as chance has it, and the ids of those with a case."""
    chance = random.Random(5)
    own = customer(alice)
    case = record(carol, title="How to answer a low price")
    linked = set()
    with transaction():
        visits = [Visit(customer_id=own.id, owner_id=chance.choice((alice.id, carol.id)),
                        kind=chance.choice(("visit", "visit", "visit", "call")),
                        status=chance.choice(("reviewed", "reviewed", "planned", "void")),
                        day=chance.choice(DAYS), created_at=clock(), changed_at=clock())
                  for _ in range(80)]
        db.session.add_all(visits)
        db.session.flush()
        for visit in visits:
            confidence = chance.choice((None, "not_validated", "archived", "draft", "discarded"))
            if confidence is not None:
                made = Case(kind="lesson", ref=f"made-{visit.id}", title=visit.ref,
                            owner_id=alice.id, team_id=alice.team_id, confidence=confidence,
                            source="visit", source_ref=visit.ref, created_at=clock(),
                            updated_at=clock())
                db.session.add(made)
            if confidence in ("not_validated", "archived"):
                linked.add(visit.id)
            if chance.random() < 0.2:
                db.session.add(Reuse(case_id=case.id, person_id=alice.id, occasion="visit",
                                     reused_at=clock(), source_ref=visit.ref))
                linked.add(visit.id)
    return db.session.query(Visit).all(), linked


def test_both_numbers_are_those_counted_by_hand(many, alice, carol):
    visits, linked = many
    teams = {alice.id: alice.team_id, carol.id: carol.team_id}
    for team_ids in (None, frozenset({alice.team_id}), frozenset({0})):
        counted = [each for each in visits if each.kind == "visit" and each.status == "reviewed"
                   and (team_ids is None or teams[each.owner_id] in team_ids)]
        every = Counter(f"{each.day:%Y-%m}" for each in counted)
        with_case = Counter(f"{each.day:%Y-%m}" for each in counted if each.id in linked)
        assert monthly(team_ids, MONTHS) == [(every[month], with_case[month]) for month in MONTHS]


def test_the_list_is_the_difference(many, alice):
    visits, linked = many
    for month in (*MONTHS, None):
        expected = {each.id for each in visits if each.kind == "visit"
                    and each.status == "reviewed" and each.id not in linked
                    and month in (None, f"{each.day:%Y-%m}")}
        assert {each.id for each in db.session.scalars(
            without_case(alice.actor, None, month))} == expected


@pytest.mark.parametrize(("query", "status"), [
    ("", 200), ("?month=2026-05", 200), ("?month=2026-13", 404), ("?team=x", 200)])
def test_the_page(many, browser, alice, query, status):
    assert browser(alice).get(f"/visits/without-case{query}").status_code == status


def test_names_only_for_who_reads_them(planned, customer, browser, alice, mei, chen, hr):
    with acting():
        visit = db.session.merge(planned(alice, customer(alice)))
        visit.status = "reviewed"
    assert "Hengda" in browser(mei).get("/visits/without-case").text
    assert "Hengda" not in browser(chen).get("/visits/without-case").text
    assert browser(hr).get("/visits/without-case").status_code == 403
    assert "/visits/without-case" in browser(mei).get("/cases/health?team=all").text
