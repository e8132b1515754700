"""Stages that are retired or moved while leads stand there."""

import pytest

from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.closing.actions import close_lead, reopen_lead
from portal.leads.closing.content import Ending
from portal.leads.models import Lead
from portal.lists.actions import move_term, set_active
from portal.lists.models import Term

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def retire(app, admin, clock):
    def one(code, active=False):
        with transaction():
            term = db.session.query(Term).filter_by(list="stage", code=code).one()
            set_active(admin.id, term, active, clock())
    return one


def term_of(code):
    return db.session.query(Term).filter_by(list="stage", code=code).one()


def at(lead, stage):
    with transaction():
        db.session.get_one(Lead, lead.id).stage = stage


def test_a_stage_with_open_leads_stays(browser, admin, lead, retire):
    with pytest.raises(Refused, match="Open leads at the stage “Acquired”: 1"):
        retire("acquired")
    db.session.rollback()
    term = term_of("acquired")
    answer = browser(admin).post(f"/manage/lists/stage/{term.id}/retire")
    assert answer.status_code == 422 and "Open leads at the stage" in answer.text
    assert db.session.get_one(Term, term.id).active


def test_one_where_nobody_stands_may_go_and_come_back(lead, retire):
    retire("needs")
    assert not term_of("needs").active
    retire("needs", True)
    assert term_of("needs").active


def test_no_open_lead_is_left_at_the_end(lead, retire, admin, clock):
    at(lead, "signed")
    with pytest.raises(Refused, match="would be the last stage"):
        retire("paid")
    with pytest.raises(Refused, match="would be the last stage"), transaction():
        move_term(admin.id, term_of("paid"), -1, clock())
    at(lead, "needs")
    retire("paid")


def test_the_last_two_stay(app, retire):
    for code in ("acquired", "screened", "needs", "proposal", "negotiation"):
        retire(code)
    with pytest.raises(Refused, match="At least two"):
        retire("signed")


def test_a_lead_of_a_stage_that_went_begins_before_it(lead, retire, alice, clock):
    at(lead, "needs")
    with transaction():
        close_lead(alice.actor, db.session.get_one(Lead, lead.id), Ending("lost", "", "price"),
                   clock())
    retire("needs")
    with transaction():
        reopen_lead(alice.actor, db.session.get_one(Lead, lead.id), "They called", clock())
    assert db.session.get_one(Lead, lead.id).stage == "screened"
