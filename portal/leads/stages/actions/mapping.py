"""Changing what a stage asks for, and going back to what it asked for before."""

from datetime import datetime

from sqlalchemy import select

from portal.core import audit
from portal.core.errors import Conflict, Refused
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.leads.stages.checking import problem_with
from portal.leads.stages.content import read, stored
from portal.leads.stages.models import StageVersion
from portal.leads.stages.queries import forget, stage_map
from portal.leads.stages.queries.stage_map import as_shipped
from portal.leads.stages.rules import Content
from portal.people.rules import Actor


def change_stage(
    actor: Actor, code: str, content: Content, now: datetime, *, base: int
) -> bool:
    """Let this hold for a stage from now on; whether anything changed. What leads answered stays.

    `base` is the version that was changed. Raises `Refused` for what cannot hold, and `Conflict`
    when somebody else changed the stage since.
    """
    stage = stage_map().get(code)
    if stage is None:
        raise Refused(_l("This stage does not exist."))
    if base != stage.number:
        raise Conflict(_l("Somebody else changed this stage in the meantime. Look at what holds "
                          "now, then change it again."))
    if problem := problem_with(content):
        raise Refused(problem)
    if content == stage.content:
        return False
    db.session.add(StageVersion(code=code, number=stage.number + 1, content=stored(content),
                                made_at=now, made_by_id=actor.id))
    # Two who save at once: the second learns of it here.
    db.session.flush()
    forget()
    audit.record(actor.id, "stage.changed", f"stage:{code}", now, number=stage.number + 1,
                 before=stored(stage.content), after=stored(content))
    return True


def restore_stage(actor: Actor, code: str, number: int, now: datetime, *, base: int) -> bool:
    """Let a former version hold again, 0: what the portal ships with. Raises `Refused`,
    `Conflict`."""
    return change_stage(actor, code, version_of(code, number), now, base=base)


def version_of(code: str, number: int) -> Content:
    """What a version said. Raises `Refused` when there is none."""
    if number == 0:
        return as_shipped(code)
    content = db.session.scalar(select(StageVersion.content).where(
        StageVersion.code == code, StageVersion.number == number))
    if content is None:
        raise Refused(_l("This version does not exist."))
    return read(content)
