"""Two who merge, or write, at the very same moment: one wins, nobody's words are lost."""


from sqlalchemy import func, select

from portal.cases.actions import talk
from portal.cases.merging import actions
from portal.cases.merging.actions import Wanted
from portal.cases.merging.models import Merge
from portal.cases.models import Case, Comment
from portal.core.errors import Refused
from portal.extensions import db


def merging(person, gone, kept, now):
    def act(wait):
        one, other = db.session.get_one(Case, gone), db.session.get_one(Case, kept)
        wanted = Wanted(other.title, other.body, other.revision, one.revision)
        wait()
        return actions.merge_cases(person.actor, one, other, wanted, now).id

    return act


def test_two_opposite_merges_make_no_circle(gone, kept, at_once, mei, wang, clock):
    results = at_once(merging(mei, gone.id, kept.id, clock()),
                      merging(wang, kept.id, gone.id, clock()))
    assert sum(isinstance(result, Refused) for result in results) == 1
    merged = db.session.scalars(select(Case.id).where(Case.merged_into_id.is_not(None))).all()
    assert len(merged) == 1


def test_the_same_merge_twice_is_one(gone, kept, at_once, mei, wang, clock):
    results = at_once(merging(mei, gone.id, kept.id, clock()),
                      merging(wang, gone.id, kept.id, clock()))
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert db.session.scalar(select(func.count(Merge.id))) == 1


def test_a_comment_at_that_moment_is_not_lost(gone, kept, at_once, mei, bob, clock):
    number = gone.id

    def remark(wait):
        case = db.session.get_one(Case, number)
        wait()
        return talk.add_comment(bob.actor, case, "Just now", clock())

    at_once(merging(mei, gone.id, kept.id, clock()), remark)
    where = db.session.scalars(select(Comment.case_id)).all()
    assert len(where) <= 1
    kept_now = db.session.get_one(Case, kept.id)
    assert where in ([], [kept.id]) or kept_now.comments_count == 0


def test_an_undo_happens_once(gone, kept, merge, at_once, mei, wang, clock):
    number = merge(mei, gone, kept).id

    def undo(person):
        def act(wait):
            row = db.session.get_one(Merge, number)
            wait()
            actions.undo_merge(person.actor, row, clock())
        return act

    results = at_once(undo(mei), undo(wang))
    assert sum(isinstance(result, Refused) for result in results) == 1
