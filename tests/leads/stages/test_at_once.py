"""Two people at the same moment: one move wins, one review is asked, one decision counts."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.models import Lead, LeadMove
from portal.leads.stages.actions import ask_review, decide_review, move_lead
from portal.leads.stages.models import StageReview


def together(app, *actions):
    """Run them in threads of their own, as nearly at once as the database allows; what each came
    to: "done", or the refusal."""
    ready = Barrier(len(actions))
    db.session.rollback()

    def run(action):
        try:
            with app.app_context():
                ready.wait(10)
                with transaction():
                    action()
                return "done"
        except Refused as refused:
            return str(refused.message)

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(run, actions))


def test_one_of_two_moves_wins(app, lead, alice, mei, clock):
    actors, number, at = (alice.actor, mei.actor), lead.id, clock()

    def move(actor):
        return lambda: move_lead(actor, db.session.get_one(Lead, number), "screened", at,
                                 answers={"acquired.reached": "yes"}, seen="acquired")

    said = together(app, *(move(actor) for actor in actors))
    assert said.count("done") == 1 and any("meantime" in each for each in said)
    assert db.session.query(LeadMove).filter_by(to_stage="screened").count() == 1


def test_one_review_is_asked(app, at_needs, alice, bob, clock):
    number, at, actor = at_needs.id, clock(), alice.actor

    def ask():
        ask_review(actor, db.session.get_one(Lead, number), "proposal", "product_review", at)

    said = together(app, ask, ask)
    assert said.count("done") == 1
    assert db.session.query(StageReview).count() == 1


def test_one_decision_counts(app, at_needs, alice, mei, wang, clock):
    at, actors = clock(), (mei.actor, wang.actor)
    with transaction():
        review = ask_review(alice.actor, db.session.get_one(Lead, at_needs.id), "proposal",
                            "product_review", at)
    number = review.id

    def decide(actor, passes):
        return lambda: decide_review(actor, db.session.get_one(StageReview, number), passes,
                                     "看过了", at)

    said = together(app, decide(actors[0], True), decide(actors[1], False))
    assert said.count("done") == 1
    assert db.session.query(StageReview).filter(StageReview.decided_at.is_not(None)).count() == 1
