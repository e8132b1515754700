"""The sample department searched too: so the pages about searches are alive."""

from portal import sample
from portal.core import clock
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.search import find
from portal.search.log import actions, queries
from portal.search.log.models import GapDecision, LoggedSearch
from portal.search.log.queries.history import count_popular_anew


def test_there_are_gaps_of_every_sort_and_popular_questions(made):
    count_popular_anew()
    shown = {show: queries.gaps(clock.now(), show=show).items
             for show in ("none", "unopened", "asked", "dismissed")}
    assert all(shown.values())
    assert {gap.by_several for gap in shown["none"]} == {True, False}
    assert len(queries.popular(20)) > 8
    assert db.session.query(LoggedSearch).count() > 100


def test_questions_without_an_answer_really_find_nothing(made, staff, app):
    with app.test_request_context():
        found = {
            gap.text: find.search(staff("lina").actor, gap.text).total
            for gap in queries.gaps(clock.now(), show="none").items
        }
    assert set(found.values()) == {0}


def test_removal_takes_their_searches_and_leaves_those_of_others(made, staff, alice, clock):
    lina = staff("lina")
    with transaction() as session:
        session.add(LoggedSearch(person_id=alice.id, text="碳足迹", key="碳足迹", total=0,
                                 surface="results", searched_at=clock()))
        session.flush()
        actions.dismiss(lina.actor, "碳足迹", clock())
    sample.remove()
    assert [row.person_id for row in db.session.query(LoggedSearch)] == [alice.id]
    assert db.session.query(GapDecision).count() == 0
