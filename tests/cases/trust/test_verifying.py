"""Vouching for a case, taking it back, undoing either, and what an edit does to it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from portal.cases.actions.cases import archive_case, edit_case, unarchive_case, validate_case
from portal.cases.content import RetrospectiveContent
from portal.cases.models import Case, Verification
from portal.cases.trust.actions.verifying import undo_step, withdraw_validation
from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.options.actions import change_option


def fresh(case):
    db.session.rollback()
    return db.session.get_one(Case, case.id)


def newest_step():
    return db.session.query(Verification).order_by(Verification.id.desc()).first()


def edit(person, case, clock, **changes):
    with transaction():
        row = db.session.get_one(Case, case.id)
        edit_case(person.actor, row, replace(row.content, **changes), row.revision, "", clock())


def test_vouching_says_who_when_and_which_text(validated, mei, clock):
    case = fresh(validated)
    assert (case.validated_by_id, case.validated_at) == (mei.id, clock())
    assert (case.validated_revision, case.verified_until) == (1, date(2026, 8, 30))


def test_the_terms_are_options_of_the_administrator(record, alice, mei, admin, act, clock):
    intel = record(alice, kind="intel", title="Prices")
    with transaction():
        change_option(admin.actor, "trust.days_intel", "10", clock())
    act(validate_case, mei.actor, intel, clock())
    assert fresh(intel).verified_until == date(2026, 6, 11)


def test_undoing_brings_the_earlier_date_and_person_back(validated, alice, mei, act, clock):
    before = fresh(validated).verified_until
    clock.move(days=80)
    step = act(validate_case, alice.actor, validated, clock())
    assert fresh(validated).validated_by_id == alice.id
    act(undo_step, alice.actor, db.session.get_one(Verification, step.id), clock())
    case = fresh(validated)
    assert (case.verified_until, case.validated_by_id) == (before, mei.id)
    act(undo_step, alice.actor, db.session.get_one(Verification, step.id), clock())
    assert fresh(validated).validated_by_id == mei.id


def test_undoing_the_first_validation_leaves_it_not_validated(validated, mei, act, clock):
    act(undo_step, mei.actor, newest_step(), clock())
    case = fresh(validated)
    assert case.confidence == "not_validated"
    assert case.verified_until is case.validated_at is None


def test_only_the_newest_step_is_undone(validated, mei, alice, act, clock):
    first = newest_step().id
    act(validate_case, alice.actor, validated, clock())
    with pytest.raises(Refused):
        act(undo_step, mei.actor, db.session.get_one(Verification, first), clock())


def test_what_was_archived_since_is_not_undone(validated, mei, alice, act, clock):
    act(archive_case, alice.actor, validated, clock())
    with pytest.raises(Refused):
        act(undo_step, mei.actor, newest_step(), clock())


def test_withdrawing_needs_a_reason_and_keeps_it(validated, mei, act, clock):
    with pytest.raises(Refused):
        act(withdraw_validation, mei.actor, validated, "  ", clock())
    act(withdraw_validation, mei.actor, validated, "The rival has a new price list", clock())
    case = fresh(validated)
    assert (case.confidence, case.verified_until, case.validated_by_id) == (
        "not_validated", None, None)
    assert newest_step().reason == "The rival has a new price list"


def test_withdrawing_is_undone(validated, mei, act, clock):
    step = act(withdraw_validation, mei.actor, validated, "Wrong", clock())
    act(undo_step, mei.actor, db.session.get_one(Verification, step.id), clock())
    case = fresh(validated)
    assert (case.confidence, case.validated_by_id, case.verified_until) == (
        "validated", mei.id, date(2026, 8, 30))


def test_what_is_not_validated_cannot_lose_it(lesson, mei, act, clock):
    with pytest.raises(Refused):
        act(withdraw_validation, mei.actor, lesson, "Wrong", clock())


def test_an_edit_of_the_text_leaves_the_validation_and_the_page_says_so(
    validated, alice, bob, clock, browser
):
    edit(alice, validated, clock, body="Early, and with a demo.")
    assert fresh(validated).confidence == "validated"
    page = browser(bob).get(f"/cases/{validated.id}").text
    assert "Changed since it was validated" in page
    assert f"/cases/{validated.id}/history/2?since=1" in page


@pytest.fixture
def loss(record, alice, mei, act, clock, deal):
    case = record(alice, kind="loss", title="Lost on price", body="x", retrospective=deal)
    act(validate_case, mei.actor, case, clock())
    return case


def test_new_facts_by_the_owner_end_the_validation(loss, alice, deal, clock, browser, bob):
    facts = replace(deal, competitors=("用友",))
    edit(alice, loss, clock, retrospective=facts)
    case = fresh(loss)
    assert (case.confidence, case.verified_until) == ("not_validated", None)
    page = browser(bob).get(f"/cases/{loss.id}").text
    assert "These facts changed after it was validated: Competitors" in page


def test_new_facts_by_who_vouches_do_not(loss, mei, deal, clock):
    edit(mei, loss, clock, retrospective=replace(deal, competitors=("用友",)))
    assert fresh(loss).confidence == "validated"


def test_other_facts_do_not(loss, alice, deal, clock):
    edit(alice, loss, clock, retrospective=replace(deal, repeat="More of it"))
    assert fresh(loss).confidence == "validated"


def test_an_edit_of_what_nobody_vouched_for_takes_no_step(record, alice, clock):
    case = record(alice, kind="win", title="Won", body="x", retrospective=RetrospectiveContent())
    edit(alice, case, clock, retrospective=RetrospectiveContent(competitors=("用友",)))
    assert db.session.query(Verification).count() == 0


def test_a_narrower_audience_takes_effect_at_once_everywhere(
    validated, alice, carol, clock, browser, flagged
):
    flagged(carol, validated)
    person = browser(carol)
    assert person.get(f"/cases/{validated.id}").status_code == 200
    edit(alice, validated, clock, audience="team")
    assert person.get(f"/cases/{validated.id}").status_code == 404
    for page in ("/", "/cases", "/search?q=expert", "/search/suggest?q=expert",
                 "/notifications?show=all"):
        assert "Bring the expert" not in person.get(page).text, page


def test_nobody_undoes_what_their_own_facts_ended(loss, alice, deal, clock, act):
    """Only who vouches for it says that the new numbers are right."""
    edit(alice, loss, clock, retrospective=replace(deal, price_gap=Decimal(40)))
    assert fresh(loss).confidence == "not_validated"
    with pytest.raises(Refused):
        act(undo_step, alice.actor, newest_step(), clock())
    assert fresh(loss).confidence == "not_validated"


def test_a_withdrawal_is_not_undone_over_a_changed_text(validated, alice, act, clock):
    step = act(withdraw_validation, alice.actor, validated, "Old.", clock())
    clock.move(days=1)
    edit(alice, validated, clock, body="Something else altogether.")
    with pytest.raises(Refused):
        act(undo_step, alice.actor, db.session.get_one(Verification, step.id), clock())
    assert fresh(validated).confidence == "not_validated"


def test_facts_changed_in_the_archive_end_the_validation_too(loss, alice, mei, deal, clock, act):
    act(archive_case, alice.actor, loss, clock())
    edit(alice, loss, clock, retrospective=replace(deal, price_gap=Decimal(40)))
    act(unarchive_case, alice.actor, fresh(loss), clock())
    case = fresh(loss)
    assert (case.confidence, case.verified_until) == ("not_validated", None)
