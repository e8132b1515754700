"""Two people close one lead at the same moment: one of them wins, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from portal.core.unit_of_work import transaction
from portal.customers.models import TimelineEntry
from portal.extensions import db
from portal.leads.closing.actions import ClosedMeanwhile, close_lead
from portal.leads.models import Lead
from tests.leads.closing.conftest import LOST, WON


def test_one_wins_and_the_other_learns_of_it(app, lead, alice, mei, clock):
    actors, number = (alice.actor, mei.actor), lead.id
    endings = ((LOST, ""), (WON, "Signed by phone"))
    together, at = Barrier(2), clock()
    # SQLite lets one write at a time: there they can only begin together.
    read_first = db.engine.dialect.name == "postgresql"
    db.session.rollback()

    def close(place):
        ending, passing = endings[place]
        if not read_first:
            together.wait(10)
        try:
            with app.app_context(), transaction():
                kept = db.session.get_one(Lead, number)
                if read_first:
                    together.wait(10)
                close_lead(actors[place], kept, ending, at, pass_reason=passing)
                return "closed"
        except ClosedMeanwhile as late:
            return str(late.message)

    with ThreadPoolExecutor(2) as threads:
        said = sorted(threads.map(close, range(2)))
    assert said.count("closed") == 1 and any("closed this lead already" in each for each in said)
    db.session.expire_all()
    entries = select(func.count()).where(TimelineEntry.lead_id == number,
                                         TimelineEntry.kind == "lead.closed")
    assert db.session.scalar(entries) == 1
