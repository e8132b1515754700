"""Reads about merges: what was merged, whether two cases may be, and what looks alike."""

from collections.abc import Sequence

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload

from portal.cases import rules as case_rules
from portal.cases.alerts.models import Alert
from portal.cases.merging.models import Merge
from portal.cases.merging.rules import Side, kinds_fit
from portal.cases.models import Case, Solution
from portal.cases.queries.alike import Alike, cases_alike
from portal.cases.queries.cases import readable_by, reads
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import Actor
from portal.search import find

MOST = 8


def taken_in(case: Case) -> Sequence[Merge]:
    """The merges into this case that stand, the newest first."""
    query = (
        select(Merge)
        .options(joinedload(Merge.case), joinedload(Merge.merged_by))
        .where(Merge.into_id == case.id, Merge.undone_at.is_(None))
        .order_by(Merge.id.desc())
    )
    return list(db.session.scalars(query))


def merge_of(case: Case) -> Merge | None:
    """How this case was merged, as far as it is."""
    if case.merged_into_id is None:
        return None
    query = (
        select(Merge).options(joinedload(Merge.into), joinedload(Merge.merged_by))
        .where(Merge.case_id == case.id, Merge.undone_at.is_(None))
        .order_by(Merge.id.desc()).limit(1)
    )
    return db.session.scalar(query)


def sides(actor: Actor, gone: Case, kept: Case) -> tuple[Side, Side]:
    """What the rule asks of both."""
    return _side(actor, gone, kept), _side(actor, kept, gone)


def looking_like(actor: Actor, case: Case) -> list[Alike]:
    """Cases like this one into which it may go."""
    # Some of them are of kinds that do not merge.
    found = cases_alike(actor, case.title, case.body[:300], 3 * MOST)
    return [each for each in found
            if each.case.id != case.id and kinds_fit(case.kind, each.case.kind)][:MOST]


def named(actor: Actor, typed: str) -> Case | None:
    """The case whose number or address somebody typed or pasted."""
    last = typed.strip().rstrip("/").rpartition("/")[2].partition("?")[0].partition("#")[0]
    if not (last.isascii() and last.isdigit() and len(last) < 10):
        return None
    return db.session.scalar(select(Case).where(Case.id == int(last), readable_by(actor)))


def found_for(actor: Actor, case: Case, typed: str) -> list[Case]:
    """Published cases that a search for the typed words finds."""
    if not typed.strip():
        return []
    wanted = {"kind": case_rules.KINDS, "confidence": case_rules.LIVE}
    hits = find.search(actor, typed, filters=wanted, limit=MOST + 1, facets=()).found
    numbers = [int(hit.card.ref[5:]) for hit in hits if hit.card.ref.startswith("case:")]
    rows = db.session.scalars(_published(actor, numbers)).all()
    order = {number: place for place, number in enumerate(numbers)}
    return sorted((row for row in rows if row.id != case.id), key=lambda row: order[row.id])[:MOST]


def _published(actor: Actor, numbers: Sequence[int]) -> Select[Case]:
    return select(Case).options(joinedload(Case.owner)).where(
        readable_by(actor), Case.id.in_(numbers), Case.confidence.in_(case_rules.LIVE))


def _side(actor: Actor, case: Case, other: Case) -> Side:
    alert = db.session.execute(
        select(Alert.answered_at, Alert.withdrawn_at, Alert.solved_at)
        .where(Alert.case_id == case.id)
    ).one_or_none()
    has_solutions = db.session.scalar(select(exists().where(Solution.case_id == case.id)))
    return Side(
        id=case.id, kind=case.kind, confidence=case.confidence,
        merged=case.merged_into_id is not None, audience=case.audience, team_id=case.team_id,
        owner_reads_other=_reads(actor, case.owner, other), solutions=int(bool(has_solutions)),
        has_alert=alert is not None,
        waits_for_answer=alert is not None and not any(alert),
        solved=case.accepted_id is not None,
    )


def _reads(actor: Actor, person: User, case: Case) -> bool:
    return reads(Actor(person.id, person.role, person.team_id, actor.tree), case)
