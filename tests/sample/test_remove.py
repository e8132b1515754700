"""Removal takes away everything of the sample and nothing else."""

from datetime import UTC, datetime

from portal import sample
from portal.cases.actions import asking, cases, reuse, talk
from portal.cases.actions.attachments import path_of
from portal.cases.merging.actions import Wanted, merge_cases
from portal.cases.models import Attachment, Case, Comment, Revision, Solution
from portal.core import audit
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.lists.models import Term
from portal.people.actions import PersonFacts, add_person, save_team
from portal.people.models import Team, User
from portal.reminders.actions import settle
from portal.sample import passwords
from portal.search.indexer import engine, pending
from tests.cases.conftest import attach  # noqa: F401
from tests.characters import PEOPLE

NOW = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)


def sample_case(kind="problem"):
    return db.session.query(Case).filter_by(is_sample=True, kind=kind, audience="everyone",
                                            confidence="validated").first()


def test_all_other_rows_are_as_before(record, alice, bob, all_rows):
    case = record(alice, title="Who owns the lead?", tags=("ours",))
    with transaction():
        answer = talk.propose_solution(bob.actor, db.session.get(Case, case.id), "Ask", NOW)
        talk.say_it_helped(alice.actor, answer.case, answer, True, NOW)
    before = all_rows()
    sample.make()
    removed = sample.remove()
    assert removed is not None
    assert removed.people == 26
    assert removed.kept == ()
    assert all_rows() == before
    # The case, and the standing people.
    assert engine().status().documents == 1 + len(PEOPLE)
    assert pending() == 0
    assert not passwords.path().exists()
    assert list(audit.broken_links()) == []


def test_their_files_go_unless_another_case_holds_the_same(
    app, record, attach, alice  # noqa: F811
):
    folder = app.extensions["settings"].files
    sample.make()
    names = {file.sha256: file.name for file in db.session.query(Attachment)}
    theirs, shared = set(names), min(names)
    same = path_of(shared, folder).read_bytes()
    assert attach(alice, record(alice), names[shared], same).sha256 == shared
    sample.remove()
    assert {digest for digest in theirs if path_of(digest, folder).exists()} == {shared}


def test_what_they_added_to_other_cases_is_taken_back(record, alice, bob, all_rows):
    case = record(alice)
    with transaction():
        case = db.session.get(Case, case.id)
        bobs = talk.propose_solution(bob.actor, case, "Look at the call log", NOW)
        talk.say_it_helped(alice.actor, case, bobs, True, NOW)
    with transaction():
        # Accepting an answer settles the news of every answer; Alice has read them before.
        settle(f"case:{case.id}", NOW)
    before = all_rows()
    sample.make()
    with transaction():
        lina = db.session.query(User).filter_by(login="lina").one()
        actor = sample_actor(lina)
        case = db.session.get(Case, case.id)
        hers = talk.propose_solution(actor, case, "Meet them both", NOW)
        talk.add_comment(actor, case, "Met this too", NOW)
        talk.edit_contribution(actor, hers, "Meet them both today", 1, NOW)
        talk.say_it_helped(actor, case, db.session.get(Solution, bobs.id), True, NOW)
        talk.say_it_helped(actor, case, None, True, NOW)
        talk.say_it_helped(alice.actor, case, hers, True, NOW)
        reuse.reuse_case(actor, case, "Who owns it?", NOW)
        asking.ask_colleague(alice.actor, case, lina, NOW)
        talk.accept_solution(alice.actor, hers, NOW)
        assert (case.state, case.helped, case.solutions_count) == ("solved", 2, 2)
        assert (case.reused, case.used, case.asked_id) == (1, 3, lina.id)
    sample.remove()
    # Alice's own word for the removed solution goes with it; the rest is as it was.
    assert all_rows() == before


def test_what_others_wrote_on_sample_cases_goes_with_them(made, alice, admin):
    with transaction():
        case = sample_case()
        talk.propose_solution(alice.actor, case, "From a real person", NOW)
        talk.add_comment(admin.actor, case, "So did we", NOW)
        talk.say_it_helped(alice.actor, case, None, True, NOW)
        cases.edit_case(alice.actor, case, case.content, case.revision, "", NOW)
    sample.remove()
    for model in (Case, Solution, Comment, Revision, Attachment):
        assert db.session.query(model).count() == 0


def test_a_case_that_was_merged_into_one_of_the_sample_comes_back_whole(
    made, record, alice, bob, admin
):
    case, kept = record(alice, title="Who owns the lead?", body="Both met them."), sample_case()
    with transaction():
        answer = talk.propose_solution(bob.actor, db.session.get(Case, case.id), "Ask them", NOW)
        gone, into = db.session.get_one(Case, case.id), db.session.get_one(Case, kept.id)
        merge_cases(admin.actor, gone, into,
                    Wanted(into.title, into.body, into.revision, gone.revision), NOW)
    sample.remove()
    db.session.expire_all()
    case = db.session.get_one(Case, case.id)
    assert (case.confidence, case.merged_into_id) == ("not_validated", None)
    assert db.session.get_one(Solution, answer.id).case_id == case.id


def test_a_case_recorded_while_trying_goes_too(made, staff, record):
    record(staff("lina"), title="Only a trial")
    sample.remove()
    assert db.session.query(Case).count() == 0


def test_who_edited_a_case_that_stays_is_kept_as_one_who_left(made, staff, record, alice):
    case = record(alice)
    editor = staff("chenfang")
    with transaction():
        row = db.session.get(Case, case.id)
        content = type(row.content)(kind="problem", title="Two claims", body="Clearer")
        cases.edit_case(editor.actor, row, content, 1, "clearer", NOW)
    removed = sample.remove()
    assert removed is not None
    assert removed.kept == ("陈芳",)
    kept = db.session.get(User, editor.id)
    assert kept is not None
    assert (kept.is_sample, kept.team_id, kept.is_active) == (False, None, False)
    assert db.session.query(Revision).filter_by(author_id=editor.id).count() == 1
    assert sample.make()
    assert "chenfang-2" in sample.logins()
    again = sample.remove()
    assert again is not None
    assert again.kept == ()


def test_people_and_teams_that_moved_in_are_detached(made, staff, record, alice, admin):
    with transaction():
        east = db.session.query(Team).filter_by(name="华东一部").one()
        alice.row.team_id = east.id
        ours = save_team(admin.id, None, "Ours below theirs", east.id, staff("lina").id, NOW)
        theirs = db.session.query(Team).filter_by(name="South").one()
        theirs.leader_id = staff("chenfang").id
        ours_id = ours.id
    case = record(alice, audience="team")
    sample.remove()
    assert alice.row.team_id is None
    team = db.session.get(Team, ours_id)
    assert team is not None
    assert (team.parent_id, team.leader_id) == (None, None)
    assert db.session.query(Team).filter_by(name="South").one().leader_id is None
    assert db.session.get(Case, case.id).team_id is None


def test_what_they_brought_in_from_files_is_handed_over(made, staff, record, admin):
    case = record(staff("sunlei"), title="From the starter library")
    with transaction():
        db.session.get(Case, case.id).byline = "案例库编辑部"
    sample.remove()
    assert db.session.get(Case, case.id).owner_id == admin.id


def test_without_another_administrator_it_stays_with_who_brought_it(made, staff, record, admin):
    case = record(staff("sunlei"), title="From the starter library")
    with transaction():
        db.session.get(Case, case.id).byline = "案例库编辑部"
        admin.row.deactivated_at = NOW
    removed = sample.remove()
    assert removed is not None
    assert removed.kept == ("孙磊",)
    assert db.session.get(Case, case.id) is not None


def test_tags_that_somebody_uses_stay(made, record, alice):
    record(alice, tags=("冷链",))
    sample.remove()
    left = {term.label_zh for term in db.session.query(Term).filter_by(list="tag")}
    assert left == {"冷链"}


def test_the_audit_log_keeps_its_entries_and_no_id_is_given_twice(made, staff):
    highest = max(staff(login).id for login in ("lina", "liuchen", "xunuo"))
    count = db.session.query(audit.AuditEntry).count()
    sample.remove()
    assert db.session.query(audit.AuditEntry).count() > count
    with transaction():
        newcomer, _ = add_person(None, PersonFacts(login="new", name="New"), NOW)
        assert newcomer.id > highest


def test_without_a_sample_there_is_nothing_to_remove(app, all_rows):
    before = all_rows()
    assert sample.remove() is None
    assert all_rows() == before


def sample_actor(user):
    from portal.people.queries import actor_for

    return actor_for(user)
