"""Difficulty alerts (K3): silent for 24 working hours goes to the next leader up."""

import pytest

from portal.cases.actions.cases import archive_case
from portal.cases.actions.talk import accept_solution, add_comment, unaccept_solution, withdraw
from portal.cases.alerts.actions import hand_alert, put_back_alert, raise_alert, withdraw_alert
from portal.cases.alerts.clockwork import move_alert, move_alerts
from portal.cases.alerts.models import Alert
from portal.cases.alerts.queries import is_answered
from portal.cases.merging.actions import Wanted, merge_cases, undo_merge
from portal.cases.merging.models import Merge
from portal.cases.models import Case, Solution
from portal.cases.trust.actions.handing import hand_over
from portal.core.audit import AuditEntry
from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.options.actions import change_option
from portal.people.models import Team, User
from portal.workdays.actions import DayFacts, set_day
from tests.cases.alerts.conftest import at


@pytest.fixture
def fresh(raised):
    """The alert as it stands now."""

    def read():
        db.session.rollback()
        return db.session.get_one(Alert, raised.id)

    return read


def test_it_goes_to_the_line_manager_with_24_working_hours(fresh, mei):
    alert = fresh()
    assert (alert.level, alert.manager_id, alert.is_open) == (1, mei.id, True)
    # Monday 10:00 to Thursday 11:30: lunch and evenings do not count.
    assert alert.due_at == at("2026-06-04 11:30")
    assert alert.case.urgent


def test_the_time_runs_over_national_day(problem, alice, clock):
    clock.now = at("2026-09-30 16:00")
    with transaction():
        alert = raise_alert(alice.actor, db.session.get_one(Case, problem.id), clock())
    # Eight days off; Saturday the 10th is a make-up day.
    assert alert.due_at == at("2026-10-10 17:30")


def test_a_silent_manager_loses_it_to_the_next_leader(fresh, comes, way, mei, wang):
    comes("2026-06-04 11:29")
    assert fresh().manager_id == mei.id
    comes("2026-06-04 11:31")
    alert = fresh()
    assert (alert.level, alert.manager_id) == (2, wang.id)
    # A clock of his own, from the moment the first one ran out.
    assert (alert.level_since, alert.due_at) == (at("2026-06-04 11:30"), at("2026-06-09 14:30"))
    assert way(alert) == [("raised", "mei"), ("silent", "wang")]


def test_the_top_keeps_it_and_is_reminded_each_working_day(fresh, comes, told, wang):
    comes("2026-06-04 12:00")
    comes("2026-06-09 15:00")
    assert fresh().manager_id == wang.id
    assert told(wang) == ["alerts.escalated", "alerts.waiting"]
    comes("2026-06-09 17:00")
    comes("2026-06-10 08:00")
    assert len(told(wang)) == 2
    comes("2026-06-10 09:05")
    assert len(told(wang)) == 3
    # Saturday and Sunday nobody is reminded.
    comes("2026-06-12 10:00")
    comes("2026-06-13 10:00")
    comes("2026-06-14 10:00")
    assert len(told(wang)) == 4


def test_after_days_without_a_clock_it_stands_where_it_would(fresh, comes, way, wang):
    comes("2026-06-30 10:00")
    alert = fresh()
    assert (alert.manager_id, alert.level_since) == (wang.id, at("2026-06-04 11:30"))
    assert way(alert) == [("raised", "mei"), ("silent", "wang")]


def test_looking_again_and_again_changes_nothing(fresh, comes, way, told, wang):
    for _ in range(3):
        comes("2026-06-04 12:00")
    move_alerts()
    assert len(way(fresh())) == 2
    assert told(wang) == ["alerts.escalated"]


def test_a_comment_of_the_manager_is_the_reply(fresh, remark, problem, comes, way, mei, told,
                                               alice):
    remark(mei, problem, "I call the customer this afternoon.")
    alert = fresh()
    assert (alert.is_open, alert.answered_by_id, alert.case.urgent) == (False, mei.id, False)
    comes("2026-06-30 10:00")
    assert way(fresh()) == [("raised", "mei"), ("answered", None)]
    assert told(mei) == ["(alerts.raised)"]
    assert told(alice) == ["alerts.answered"]


def test_a_solution_by_a_leader_further_up_is_one_too(fresh, propose, problem, wang):
    propose(wang, problem)
    assert fresh().answered_by_id == wang.id


def test_what_the_asker_and_colleagues_write_is_none(fresh, remark, propose, problem, alice, bob,
                                                     chen):
    remark(alice, problem, "Anybody?")
    propose(bob, problem)
    remark(chen, problem, "In the south we did this.")
    assert fresh().is_open


def test_a_manager_hands_it_to_a_colleague_who_answers(fresh, remark, problem, way, told, act,
                                                       mei, carol, bob, clock):
    act(lambda: hand_alert(mei.actor, fresh(), carol.row, clock()))
    alert = fresh()
    assert (alert.manager_id, alert.handed_to_id) == (mei.id, carol.id)
    assert alert.due_at == at("2026-06-04 11:30")
    assert told(carol) == ["alerts.handed"]
    remark(bob, problem)
    assert fresh().is_open
    remark(carol, problem)
    assert fresh().answered_by_id == carol.id
    assert way(fresh()) == [("raised", "mei"), ("handed", "carol"), ("answered", None)]


def test_nobody_hands_it_to_the_asker_or_to_a_leaver(fresh, mei, alice, bob, clock):
    with transaction():
        db.session.get_one(User, bob.id).deactivated_at = clock()
    for person in (alice, bob):
        with pytest.raises(Refused), transaction():
            hand_alert(mei.actor, fresh(), person.row, clock())


def test_the_colleague_leaves_and_the_manager_has_it_again(fresh, comes, way, act, mei, carol,
                                                           clock):
    act(lambda: hand_alert(mei.actor, fresh(), carol.row, clock()))
    with transaction():
        db.session.get_one(User, carol.id).deactivated_at = clock()
    comes("2026-06-01 10:10")
    assert fresh().handed_to_id is None
    assert way(fresh())[-1] == ("returned", "mei")


def test_the_manager_leaves_and_it_moves_on(fresh, comes, way, mei, wang, clock):
    with transaction():
        db.session.get_one(User, mei.id).deactivated_at = clock()
    comes("2026-06-02 09:00")
    alert = fresh()
    assert (alert.manager_id, alert.level) == (wang.id, 1)
    assert alert.level_since == at("2026-06-02 09:00")
    assert way(alert)[-1] == ("left", "wang")


def test_the_asker_changes_teams_and_it_goes_to_the_new_manager(fresh, comes, way, alice, chen):
    with transaction():
        user = db.session.get_one(User, alice.id)
        user.team_id = db.session.query(Team.id).filter_by(name="South").scalar()
    comes("2026-06-02 09:00")
    assert fresh().manager_id == chen.id


def test_nobody_leads_the_head_so_another_head_answers(record, wang, chen, clock):
    problem = record(wang, title="The whole region is stuck")
    with transaction():
        alert = raise_alert(wang.actor, db.session.get_one(Case, problem.id), clock())
    assert alert.manager_id == chen.id


def test_nobody_at_all_leads_until_somebody_does(record, alice, comes, way, clock):
    problem = record(alice)
    with transaction():
        for user in db.session.query(User).filter(User.role == "manager"):
            user.deactivated_at = clock()
    with transaction():
        alert = raise_alert(alice.actor, db.session.get_one(Case, problem.id), clock())
    assert alert.manager_id is None
    comes("2026-06-30 10:00")
    assert way(alert) == [("raised", None)]
    with transaction():
        db.session.query(User).filter_by(login="wang").one().deactivated_at = None
    comes("2026-06-30 11:00")
    assert way(alert) == [("raised", None), ("found", "wang")]


def test_withdrawn_it_waits_no_longer_and_the_undo_brings_it_back(fresh, comes, way, told, act,
                                                                  alice, mei, clock):
    clock.move(hours=1)
    act(lambda: withdraw_alert(alice.actor, fresh(), clock()))
    assert not fresh().case.urgent
    assert told(mei) == ["(alerts.raised)"]
    comes("2026-06-02 10:00")
    act(lambda: put_back_alert(alice.actor, fresh(), clock()))
    alert = fresh()
    assert (alert.is_open, alert.case.urgent) == (True, True)
    assert alert.due_at == at("2026-06-04 11:30")
    assert way(alert) == [("raised", "mei"), ("withdrawn", None), ("put_back", "mei")]
    assert told(mei) == ["(alerts.raised)", "alerts.raised"]


def test_an_answered_one_is_not_withdrawn_but_raised_again(fresh, remark, problem, alice, mei,
                                                           way, act, clock):
    remark(mei, problem)
    with pytest.raises(Refused), transaction():
        withdraw_alert(alice.actor, fresh(), clock())
    clock.move(days=2)
    act(lambda: raise_alert(alice.actor, fresh().case, clock()))
    assert fresh().is_open
    assert way(fresh())[-1] == ("again", "mei")


def test_raising_it_twice_raises_it_once(fresh, problem, alice, way, act, clock):
    act(lambda: raise_alert(alice.actor, fresh().case, clock()))
    assert way(fresh()) == [("raised", "mei")]


def test_an_accepted_answer_of_a_colleague_settles_it(fresh, propose, problem, alice, bob, mei,
                                                      act, way, told, comes, clock):
    solution = propose(bob, problem)
    act(lambda: accept_solution(alice.actor, db.session.get_one(Solution, solution.id), clock()))
    alert = fresh()
    assert not alert.is_open
    assert alert.answered_at is None
    assert told(mei)[0] == "(alerts.raised)"
    comes("2026-06-30 10:00")
    # Not solved after all: it waits again, with a new clock.
    act(lambda: unaccept_solution(alice.actor, db.session.get_one(Solution, solution.id),
                                  clock()))
    assert fresh().is_open
    assert fresh().level_since == at("2026-06-30 10:00")
    assert way(fresh()) == [("raised", "mei"), ("solved", None), ("reopened", "mei")]


def test_withdrawing_the_accepted_answer_opens_it_too(fresh, propose, problem, alice, bob, act,
                                                      clock):
    solution = propose(bob, problem)
    act(lambda: accept_solution(alice.actor, db.session.get_one(Solution, solution.id), clock()))
    act(lambda: withdraw(bob.actor, db.session.get_one(Solution, solution.id), clock()))
    assert fresh().is_open


def test_an_archived_problem_is_left_alone(fresh, comes, way, act, alice, clock):
    act(lambda: archive_case(alice.actor, fresh().case, clock()))
    comes("2026-06-30 10:00")
    assert way(fresh()) == [("raised", "mei")]


@pytest.mark.parametrize("content", [{"kind": "lesson"}, {"draft": True}])
def test_what_cannot_be_raised(record, alice, clock, content):
    case = record(alice, **content)
    with pytest.raises(Refused), transaction():
        raise_alert(alice.actor, db.session.get_one(Case, case.id), clock())


def test_a_new_time_to_answer_holds_for_open_alerts(fresh, comes, act, admin, mei, clock):
    act(lambda: change_option(admin.actor, "alerts.hours", "48", clock()))
    comes("2026-06-04 12:00")
    alert = fresh()
    assert (alert.manager_id, alert.due_at) == (mei.id, at("2026-06-09 14:30"))


def test_a_new_holiday_moves_the_date(fresh, comes, act, hr, clock):
    act(lambda: set_day(hr.actor, DayFacts(at("2026-06-03 00:00").date(), False, "台风"), clock()))
    comes("2026-06-01 10:05")
    assert fresh().due_at == at("2026-06-05 11:30")


def test_the_record_it_came_from_knows_whether_a_manager_answered(problem, remark, alice, mei,
                                                                  act, clock):
    act(lambda: raise_alert(alice.actor, db.session.get_one(Case, problem.id), clock(), "lead:7"))
    assert not is_answered("lead:7")
    remark(mei, problem)
    assert is_answered("lead:7")
    assert not is_answered("lead:8")


def test_every_step_is_in_the_audit_log(fresh, comes, remark, problem, wang):
    comes("2026-06-04 12:00")
    remark(wang, problem)
    said = db.session.query(AuditEntry.action, AuditEntry.actor_id).filter(
        AuditEntry.subject == f"alert:{fresh().id}").order_by(AuditEntry.id).all()
    assert [each.action for each in said] == ["alert.raised", "alert.silent", "alert.answered"]
    assert said[1].actor_id is None


def test_one_look_costs_little_while_nothing_is_due(fresh, statements):
    fresh()
    statements.clear()
    move_alerts()
    assert not [each for each in statements if each.startswith(("UPDATE", "INSERT"))]
    assert len(statements) <= 8


def test_a_comment_elsewhere_costs_one_statement_more(record, remark, alice, bob, statements):
    case = record(alice)
    remark(bob, case)
    assert len([each for each in statements if "FROM alerts" in each]) == 1


def test_the_clock_forgives_an_alert_that_is_gone(app, clock):
    with transaction():
        move_alert(4711, clock())


def test_add_comment_of_a_reader_without_any_alert(app, record, remark, alice, mei, clock):
    case = record(alice)
    with transaction():
        add_comment(mei.actor, db.session.get_one(Case, case.id), "Fine.", clock())
    assert not case.urgent


def test_merged_into_another_problem_it_ends_until_the_merge_is_undone(
    fresh, record, propose, way, told, act, problem, alice, bob, mei, clock
):
    other = record(alice, title="Two reps, one customer")
    solution = propose(bob, other)
    act(lambda: accept_solution(alice.actor, db.session.get_one(Solution, solution.id), clock()))
    wanted = Wanted("Two reps, one customer", "Who owns it?", 1, 1)
    merge = act(lambda: merge_cases(
        mei.actor, db.session.get_one(Case, problem.id), db.session.get_one(Case, other.id),
        wanted, clock()))
    assert not fresh().is_open
    assert told(mei)[0] == "(alerts.raised)"
    act(lambda: undo_merge(mei.actor, db.session.get_one(Merge, merge.id), clock()))
    assert fresh().is_open
    assert [what for what, _ in way(fresh())] == ["raised", "merged", "reopened"]


def test_a_merge_that_brings_the_answer_settles_the_kept_one_s_alert(
    fresh, record, propose, way, told, act, problem, alice, bob, mei, clock
):
    other = record(alice, title="Two reps, one customer")
    solution = propose(bob, other)
    act(lambda: accept_solution(alice.actor, db.session.get_one(Solution, solution.id), clock()))
    wanted = Wanted("Two reps claim one customer", "Who owns it?", 1, 1)
    merge = act(lambda: merge_cases(
        mei.actor, db.session.get_one(Case, other.id), db.session.get_one(Case, problem.id),
        wanted, clock()))
    assert not fresh().is_open
    assert not fresh().case.urgent
    act(lambda: undo_merge(mei.actor, db.session.get_one(Merge, merge.id), clock()))
    assert fresh().is_open
    assert [what for what, _ in way(fresh())] == ["raised", "solved", "reopened"]


def test_the_alert_goes_along_with_the_problem(
    fresh, problem, remark, comes, way, told, act, alice, carol, chen, mei, clock, browser
):
    """Whoever owns it now asks, is told, and may withdraw; their leader answers."""
    act(lambda: hand_over(alice.actor, [db.session.get_one(Case, problem.id)],
                          db.session.get_one(User, carol.id), clock()))
    comes("2026-06-01 11:00")
    assert fresh().manager_id == chen.id
    assert "Your alert waits" in browser(carol).get("/").text
    assert "Your alert waits" not in browser(alice).get("/").text
    assert browser(alice).post(f"/alerts/{fresh().id}/withdraw").status_code == 403
    remark(chen, problem, "I call them.")
    assert fresh().answered_by_id == chen.id
    assert "alerts.answered" in told(carol)
    assert "alerts.answered" not in told(alice)


def test_the_colleague_who_was_to_answer_becomes_the_asker(
    fresh, problem, comes, way, act, alice, bob, mei, clock
):
    act(lambda: hand_alert(mei.actor, fresh(), db.session.get_one(User, bob.id), clock()))
    act(lambda: hand_over(alice.actor, [db.session.get_one(Case, problem.id)],
                          db.session.get_one(User, bob.id), clock()))
    comes("2026-06-01 11:00")
    assert (fresh().handed_to_id, fresh().manager_id) == (None, mei.id)


def test_a_withdrawn_one_does_not_come_back_to_the_archive(fresh, problem, act, alice, clock):
    act(lambda: withdraw_alert(alice.actor, fresh(), clock()))
    act(lambda: archive_case(alice.actor, db.session.get_one(Case, problem.id), clock()))
    with pytest.raises(Refused):
        act(lambda: put_back_alert(alice.actor, fresh(), clock()))
