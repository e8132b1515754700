"""Reads of imports."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal.cases.models import Case
from portal.cases.queries.cases import readable_by
from portal.cases.transfer.models import CaseImport, ImportRow
from portal.extensions import db
from portal.people.rules import Actor


def own_imports(actor: Actor) -> Select[CaseImport]:
    """What this person uploaded, newest first."""
    return (
        select(CaseImport).where(CaseImport.person_id == actor.id)
        .options(joinedload(CaseImport.rehearsal), joinedload(CaseImport.commit_task),
                 joinedload(CaseImport.revert))
        .order_by(CaseImport.id.desc())
    )


def rows_of(found: CaseImport) -> Select[ImportRow]:
    return select(ImportRow).where(ImportRow.import_id == found.id).order_by(ImportRow.number)


def verdict_counts(found: CaseImport) -> Mapping[str, int]:
    return _counts(found, ImportRow.verdict)


def outcome_counts(found: CaseImport) -> Mapping[str, int]:
    """What was written; rows whose turn never came are "waiting"."""
    return _counts(found, func.coalesce(ImportRow.outcome, "waiting"))


def reverted_counts(found: CaseImport) -> Mapping[str, int]:
    return _counts(found, func.coalesce(ImportRow.reverted, ""))


def _counts(found: CaseImport, column: object) -> Mapping[str, int]:
    query = select(column, func.count()).where(ImportRow.import_id == found.id)  # type: ignore[call-overload]
    return dict(db.session.execute(query.group_by(column)).all())


def readable_titles(actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    """Titles of those of these cases that the person may read."""
    query = select(Case.id, Case.title).where(Case.id.in_(ids), readable_by(actor))
    return dict(db.session.execute(query).all()) if ids else {}
