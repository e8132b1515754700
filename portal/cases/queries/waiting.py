"""What waits for a person in the case library: for Today."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, exists, literal_column, select
from sqlalchemy.orm import joinedload

from portal.cases.models import Case, Solution
from portal.cases.queries.cases import readable_by, visible_to
from portal.cases.rules import LIVE
from portal.people.models import User
from portal.people.rules import Actor

MOST = 20
# As the index of such cases says it: what is bound to a statement later, no index is chosen by.
NOT_VALIDATED = Case.confidence == literal_column("'not_validated'")


def _listed_for(actor: Actor) -> Select[Case]:
    """The cases a person may read, for a list that shows no tags."""
    return select(Case).where(readable_by(actor)).options(joinedload(Case.owner))


def to_accept(actor: Actor) -> Select[Case]:
    """One's own problems with an answer by somebody else, none accepted yet."""
    answered = exists().where(
        Solution.case_id == Case.id, Solution.author_id != actor.id,
        Solution.withdrawn_at.is_(None),
    )
    return (
        _listed_for(actor)
        .where(Case.owner_id == actor.id, Case.kind == "problem", Case.accepted_id.is_(None),
               Case.confidence.in_(LIVE), answered)
        .order_by(Case.updated_at).limit(MOST)
    )


def answers_to(cases: Collection[int], actor: Actor) -> Select[Solution]:
    """What others answered to these problems, the newest last."""
    return (
        select(Solution)
        .where(Solution.case_id.in_(cases), Solution.author_id != actor.id,
               Solution.withdrawn_at.is_(None))
        .order_by(Solution.created_at, Solution.id)
    )


def to_verify(actor: Actor, today: date) -> Select[Case]:
    """One's own cases whose verification has run out."""
    return (
        _listed_for(actor)
        .where(Case.owner_id == actor.id, Case.confidence == "validated",
               Case.verified_until < today)
        .order_by(Case.verified_until).limit(MOST)
    )


def drafts(actor: Actor) -> Select[Case]:
    """One's own unfinished cases."""
    return (
        _listed_for(actor)
        .where(Case.owner_id == actor.id, Case.confidence == "draft")
        .order_by(Case.updated_at.desc()).limit(MOST)
    )


def asked_of(actor: Actor) -> Select[Case]:
    """Problems addressed to this person, not solved yet and not answered by them."""
    answered = exists().where(
        Solution.case_id == Case.id, Solution.author_id == actor.id,
        Solution.withdrawn_at.is_(None),
    )
    return (
        _listed_for(actor)
        .where(Case.asked_id == actor.id, Case.kind == "problem", Case.accepted_id.is_(None),
               Case.confidence.in_(LIVE), ~answered)
        .order_by(Case.created_at).limit(MOST)
    )


def unanswered(actor: Actor) -> Select[Case]:
    """Problems of people one leads that nobody has answered; those addressed to oneself wait
    by that name."""
    return (
        _listed_for(actor)
        .join(User, User.id == Case.owner_id)
        .where(User.team_id.in_(actor.tree.led_by(actor.id)), Case.owner_id != actor.id,
               Case.kind == "problem", Case.state == "open",
               Case.asked_id.is_distinct_from(actor.id),
               Case.confidence.in_(LIVE))
        .order_by(Case.created_at).limit(MOST)
    )


def to_validate(actor: Actor) -> Select[Case]:
    """Published cases of people one leads that nobody has vouched for; problems excepted:
    they are answered, not vouched for."""
    return (
        _listed_for(actor)
        .join(User, User.id == Case.owner_id)
        .where(User.team_id.in_(actor.tree.led_by(actor.id)), Case.owner_id != actor.id,
               Case.kind != "problem", NOT_VALIDATED)
        .order_by(Case.created_at).limit(MOST)
    )


def newest(actor: Actor, limit: int = 6) -> Select[Case]:
    """What is new in the library."""
    return (
        visible_to(actor)
        .where(Case.confidence.in_(LIVE))
        .order_by(Case.created_at.desc(), Case.id.desc()).limit(limit)
    )


def best_to_start(actor: Actor, language: str, limit: int = 5) -> Select[Case]:
    """Validated playbooks in the reader's language that helped most: for the first days."""
    return (
        visible_to(actor)
        .where(Case.confidence == "validated", Case.language == language,
               Case.kind.in_(("playbook", "problem")))
        .order_by(Case.used.desc(), Case.id).limit(limit)
    )

