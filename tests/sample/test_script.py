"""The sample story is whole: who acts is there, what happens comes after the case."""

from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from portal.cases.rules import AMOUNT_BANDS, DECISION_ROLES, KINDS, LONGEST_TITLE
from portal.lists.seeds import SEEDS
from portal.sample import script
from portal.sample.calendar import Calendar

CASES = list(script.cases())
DEPARTMENT = script.department()
CALENDAR = Calendar(datetime(2026, 6, 3, 1, 30, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))


def texts():
    for case in CASES:
        yield case.content.body
        yield from (text.body for text in (*case.solutions, *case.comments))


def test_the_department_has_four_teams_below_one():
    below = Counter(team.below for team in DEPARTMENT.teams)
    assert below == {None: 1, "销售部": 4}
    assert 24 <= len(DEPARTMENT.people) <= 27


def test_every_leader_is_a_manager():
    roles = {person.login: person.role for person in DEPARTMENT.people}
    assert {roles[team.leader] for team in DEPARTMENT.teams} == {"manager"}


def test_every_kind_is_told_with_some_drafts_and_archived_ones():
    assert {case.content.kind for case in CASES} == set(KINDS)
    assert {case.content.audience for case in CASES} == {"everyone", "team", "managers"}
    assert any(case.draft for case in CASES)
    assert any(case.archived for case in CASES)
    assert sum(len(case.edits) >= 2 for case in CASES) >= 4


def test_no_text_is_told_twice():
    assert [text for text, times in Counter(texts()).items() if times > 1] == []
    assert len({case.ref for case in CASES}) == len(CASES)


def test_texts_are_long_enough_to_be_read():
    assert [case.ref for case in CASES if not case.draft and len(case.content.body) < 60] == []
    assert [case.ref for case in CASES if len(case.content.title) > LONGEST_TITLE] == []


def test_codes_are_those_of_the_lists():
    codes = {name: {code for code, *_ in rows} | {None} for name, rows in SEEDS.items()}
    for case in CASES:
        for name in ("stage", "industry", "product", "region"):
            assert getattr(case.content, name) in codes[name], case.ref


def test_retrospectives_have_their_facts():
    for case in CASES:
        facts = case.content.retrospective
        assert (facts is not None) == (case.content.kind in ("win", "loss")), case.ref
        if facts is not None:
            reasons = {code for code, *_ in SEEDS["reason"]}
            assert facts.amount_band in AMOUNT_BANDS
            assert {facts.main_reason, *facts.contributing_reasons} <= reasons
            assert set(facts.roles_reached) <= set(DECISION_ROLES)
            assert facts.actions
            assert facts.avoid


def test_everything_happens_in_working_hours():
    moments = [when for case in CASES for when in moments_of(case)]
    hours = {CALENDAR.moment(when).hour for when in moments}
    assert min(hours) >= 8
    assert max(hours) <= 18


def test_half_a_year_is_told_up_to_yesterday():
    days = [int(case.when.split()[0]) for case in CASES]
    assert max(days) > 120
    assert min(days) <= 1
    # No month is empty.
    assert {day // 22 for day in days} == set(range(6))


def moments_of(case):
    yield case.when
    steps = (*case.edits, *case.files, *case.solutions, *case.comments, *case.validated)
    yield from (step.when for step in steps)
    yield from case.helped.values()
    yield from case.reused.values()
    yield from (when for text in case.solutions for when in text.helped.values())
