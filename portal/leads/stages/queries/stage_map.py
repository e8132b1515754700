"""The stage map in force: read once and kept for the unit of work."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal.core.once import once
from portal.extensions import db
from portal.leads.stages.content import read
from portal.leads.stages.models import StageVersion
from portal.leads.stages.rules import Content, Stage, StageMap, Words
from portal.leads.stages.seeds import SEEDS
from portal.lists.models import Term
from portal.lists.queries import vocabulary


@once(Term, StageVersion)
def stage_map() -> StageMap:
    """Every stage in the order of the list, with the newest content of each."""
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
    stage_map.forget()
