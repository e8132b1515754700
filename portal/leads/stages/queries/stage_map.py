"""The stage map in force: read once and kept for the unit of work."""

from typing import Any

from sqlalchemy import Select, event, func, select
from sqlalchemy.orm import Session, joinedload

from portal.extensions import db
from portal.leads.stages.content import read
from portal.leads.stages.models import StageVersion
from portal.leads.stages.rules import Content, Stage, StageMap, Words
from portal.leads.stages.seeds import SEEDS
from portal.lists.models import Term
from portal.lists.queries import vocabulary

KEPT = "stage_map"


def stage_map() -> StageMap:
    """Every stage in the order of the list, with the newest content of each."""
    kept: StageMap | None = db.session.info.get(KEPT)
    if kept is None:
        kept = _read()
        db.session.info[KEPT] = kept
    return kept


def _read() -> StageMap:
    newest = select(func.max(StageVersion.id)).group_by(StageVersion.code)
    rows = db.session.execute(
        select(StageVersion.code, StageVersion.number, StageVersion.content)
        .where(StageVersion.id.in_(newest))
    )
    changed = {code: (number, read(content)) for code, number, content in rows}
    stages: list[Stage] = []
    for place, entry in enumerate(vocabulary()["stage"].values()):
        number, content = changed.get(entry.code, (0, None))
        if content is None:
            content = as_shipped(entry.code, stages[-1].probability if stages else 0)
        words = Words(entry.label_zh, entry.label_en or "")
        stages.append(Stage(entry.code, words, place, entry.active, number, content))
    return StageMap(stages)


def as_shipped(code: str, probability: int = 0) -> Content:
    """What holds for a stage that nobody changed: one that was added to the list asks for nothing,
    and is as probable as the one before it."""
    return SEEDS.get(code) or Content(probability=probability)


def versions_of(code: str) -> Select[StageVersion]:
    """What was ever said about a stage, newest first."""
    return (
        select(StageVersion).where(StageVersion.code == code)
        .options(joinedload(StageVersion.made_by)).order_by(StageVersion.number.desc())
    )


def forget() -> None:
    """Read it anew: this transaction has changed it."""
    db.session.info.pop(KEPT, None)


@event.listens_for(Session, "after_flush")
def _forget_when_changed(session: Session, context: Any) -> None:
    if any(isinstance(row, Term | StageVersion)
           for row in (*session.new, *session.dirty, *session.deleted)):
        session.info.pop(KEPT, None)


@event.listens_for(Session, "after_commit")
def _forget_with_commit(session: Session) -> None:
    session.info.pop(KEPT, None)


@event.listens_for(Session, "after_soft_rollback")
def _forget_with_rollback(session: Session, previous: Any) -> None:
    session.info.pop(KEPT, None)
