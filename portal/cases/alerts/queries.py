"""Reads of difficulty alerts: whom one goes to, and which are open for whom."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.cases.alerts import rules
from portal.cases.alerts.models import Alert, AlertStep
from portal.cases.models import Case
from portal.cases.queries.cases import readable_by
from portal.cases.rules import LIVE, readable
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import Actor, TeamTree

MOST = 20
IS_OPEN = and_(
    Alert.answered_at.is_(None), Alert.withdrawn_at.is_(None), Alert.solved_at.is_(None)
)


def is_answered(source_ref: str) -> bool:
    """Whether a manager replied to an alert raised from this record, such as "lead:7"."""
    query = select(Alert.id).where(Alert.source_ref == source_ref, Alert.answered_at.is_not(None),
                                   Alert.withdrawn_at.is_(None))
    return db.session.scalar(query.limit(1)) is not None


def alert_of(case_id: int) -> Alert | None:
    return db.session.scalar(select(Alert).where(Alert.case_id == case_id))


def shown_with(case: Case) -> Alert | None:
    """The alert of a case with its people and its way, for the case's page."""
    query = (
        select(Alert)
        .options(
            joinedload(Alert.manager), joinedload(Alert.handed_to), joinedload(Alert.answered_by),
            selectinload(Alert.steps).options(joinedload(AlertStep.person),
                                              joinedload(AlertStep.to)),
        )
        .where(Alert.case_id == case.id)
    )
    return db.session.scalar(query)


def chain_of(case: Case, tree: TeamTree) -> tuple[int, ...]:
    """Who is to answer an alert of this problem, one after another (`rules.chain`)."""
    leaders = tree.leaders_above(case.owner_id, case.owner.team_id)
    found = rules.chain(leaders, (), (), asker_id=case.owner_id,
                        readers=_readers(case, tree, leaders))
    if found:
        return found
    heads, managers = tree.heads(), _managers()
    return rules.chain((), heads, managers, asker_id=case.owner_id,
                       readers=_readers(case, tree, {*heads, *managers}))


def _readers(case: Case, tree: TeamTree, people: Collection[int]) -> set[int]:
    """Those of these people who work here and may read the problem once it is published."""
    if not people:
        return set()
    query = select(User.id, User.role, User.team_id).where(
        User.id.in_(people), User.deactivated_at.is_(None)
    )
    actors = [Actor(*row, tree) for row in db.session.execute(query)]
    return {
        actor.id for actor in actors
        if readable(
            audience=case.audience, confidence="not_validated", owner_id=case.owner_id,
            team_id=case.team_id, reader_id=actor.id, reader_teams=actor.reads_teams,
            reader_is_manager=actor.is_manager,
        )
    }


def _managers() -> Sequence[int]:
    query = select(User.id).where(User.role == "manager", User.deactivated_at.is_(None))
    return db.session.scalars(query.order_by(User.id).limit(MOST)).all()


def open_alerts() -> Select[Alert]:
    """Every alert whose clock runs, with its problem and its asker. The clock of a problem that
    is archived stands still."""
    return (
        select(Alert)
        .join(Alert.case)
        .options(contains_eager(Alert.case).joinedload(Case.owner))
        .where(IS_OPEN, Case.confidence.in_(LIVE))
        .order_by(Alert.id)
    )


def waiting_for(actor: Actor) -> Select[Alert]:
    """Open alerts that this person is to answer, and their own, the oldest first."""
    mine = or_(Alert.manager_id == actor.id, Alert.handed_to_id == actor.id,
               Case.owner_id == actor.id)
    return _listed(actor).where(IS_OPEN, mine).order_by(Alert.due_at, Alert.id).limit(MOST)


def alerts_for(actor: Actor, shown: str) -> Select[Alert]:
    """Alerts of the people this person leads, and those that are or were with them."""
    led = actor.tree.led_by(actor.id)
    theirs = or_(Alert.manager_id == actor.id, Alert.handed_to_id == actor.id,
                 Alert.answered_by_id == actor.id, User.team_id.in_(led))
    query = _listed(actor).join(User, User.id == Case.owner_id)
    query = query.where(theirs, Case.owner_id != actor.id)
    query = query.where(_state(shown))
    order = (Alert.due_at,) if shown == rules.OPEN else (Alert.raised_at.desc(),)
    return query.order_by(*order, Alert.id)


def _state(shown: str) -> ColumnElement[bool]:
    if shown == rules.OPEN:
        return IS_OPEN
    if shown == rules.DONE:
        return Alert.answered_at.is_not(None)
    return Alert.withdrawn_at.is_(None)


def _listed(actor: Actor) -> Select[Alert]:
    """Alerts of living problems that the person may read, with what a list shows."""
    return (
        select(Alert)
        .join(Alert.case)
        .options(
            contains_eager(Alert.case).joinedload(Case.owner), joinedload(Alert.manager),
            joinedload(Alert.handed_to), joinedload(Alert.answered_by),
        )
        .where(readable_by(actor), Case.confidence.in_(LIVE))
    )
