"""The sample department is made once, by the real actions, and fills every page."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from portal import sample
from portal.cases.models import Attachment, Case, Helped, Reuse, Revision
from portal.cases.rules import KINDS
from portal.core import audit, clock
from portal.core.today import rows as today_rows
from portal.extensions import db
from portal.people.models import Team
from portal.people.queries import team_tree
from portal.sample import passwords
from portal.search.find import search
from portal.search.indexer import pending

FIVE = ("liuchen", "lina", "chenfang", "zhoumin", "sunlei")


def test_everything_is_there_and_marked(made, sample_people):
    people = sample_people()
    assert len(people) == 26
    assert not any(person.must_change_password for person in people)
    assert db.session.query(Team).filter_by(is_sample=True).count() == 5
    cases = db.session.scalars(select(Case).where(Case.is_sample)).all()
    assert 60 <= len(cases) <= 120
    assert {case.kind for case in cases} == set(KINDS)
    confidence = Counter(case.confidence for case in cases)
    assert min(confidence[word] for word in ("draft", "archived", "validated")) >= 2
    assert any(case.is_overdue(clock.today()) for case in cases)
    assert {case.state for case in cases if case.kind == "problem"} == {
        "open", "answered", "solved"}
    assert {case.owner_id for case in cases} <= {person.id for person in people}
    assert pending() == 0


def test_history_counters_and_audit_are_true(made):
    for case in db.session.scalars(select(Case)):
        own = select(func.count()).where(Revision.case_id == case.id, Revision.part == "case")
        assert db.session.scalar(own) == case.revision
        voted = select(Helped.user_id).where(Helped.case_id == case.id)
        reviewed = select(Reuse.person_id).where(
            Reuse.case_id == case.id, Reuse.outcome == "helped")
        people = {*db.session.scalars(voted), *db.session.scalars(reviewed)}
        assert len(people) == case.helped
        in_vain = select(func.count()).where(
            Reuse.case_id == case.id, Reuse.outcome == "not_helped")
        assert db.session.scalar(in_vain) == case.not_helped
        reuses = select(func.count()).where(Reuse.case_id == case.id)
        assert db.session.scalar(reuses) == case.reused
        assert case.used == case.helped + case.reused
    entries = db.session.scalars(select(audit.AuditEntry).order_by(audit.AuditEntry.id)).all()
    first = next(place for place, entry in enumerate(entries) if entry.action == "team.saved"
                 and entry.detail["name"] == "销售部")
    moments = [entry.at for entry in entries[first:]]
    assert moments == sorted(moments)
    assert list(audit.broken_links()) == []


def test_teams_have_their_leaders(made, staff):
    tree = team_tree()
    lina, chenfang, director = staff("lina"), staff("chenfang"), staff("zhaogq")
    assert tree.leaders_above(lina.id, lina.team_id) == (chenfang.id, director.id)


@pytest.mark.parametrize("login", FIVE)
def test_something_waits_for_each_of_the_five(app, made, staff, login):
    person = staff(login)
    with app.test_request_context():
        whats = {row.what for row in today_rows(person.actor, clock.now())}
    assert len(whats) >= 2


def test_the_five_sign_in_with_what_is_printed(made, staff, browser):
    for login in FIVE:
        answer = browser(staff(login)).get("/")
        assert answer.status_code == 200


def test_the_cases_are_found(app, made, staff):
    with app.test_request_context():
        results = search(staff("lina").actor, "撞单")
    assert results.total > 0


def test_files_are_attached(made):
    assert db.session.query(Attachment).count() == 2


def test_the_logins_lie_in_a_file_of_the_owner_alone(made):
    assert passwords.path().stat().st_mode & 0o777 == 0o600
    rows = made.splitlines()
    assert [row.split()[0] for row in rows[3:]] == ["New", "Sales", "Manager", "HR",
                                                    "Administrator"]


def test_a_second_time_nothing_is_made(made, all_rows):
    before = all_rows()
    assert not sample.make()
    assert all_rows() == before
    assert sample.logins() == made


def test_a_lost_file_gives_a_new_password(made, sample_people):
    passwords.forget()
    assert not sample.make()
    assert sample.logins()
    assert sample.logins() != made


def test_names_in_use_get_a_number(app, alice, made, sample_people):
    from portal.core.unit_of_work import transaction

    sample.remove()
    with transaction():
        alice.row.login = "lina"
        team = db.session.get(Team, alice.team_id)
        assert team is not None
        team.name = "华南部"
    assert sample.make()
    assert "lina-2" in {person.login for person in sample_people()}
    assert "lina-2" in sample.logins()
    assert "华南部-2" in set(db.session.scalars(select(Team.name)))
