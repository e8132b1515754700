"""Changes of the list of stages that leads under way could not bear."""

from sqlalchemy import func, select

from portal.core import clock
from portal.core.errors import Refused
from portal.core.i18n import current_language
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.leads.events import LeadReopened, LeadRestored
from portal.leads.models import Lead
from portal.leads.rules import OPEN
from portal.leads.stages.actions.moving import move_lead
from portal.leads.stages.queries import forget, stage_map
from portal.leads.stages.rules import Stage
from portal.lists.events import TermRetired, TermsReordered
from portal.people.models import User
from portal.people.queries import actor_for

STAGE = "stage"
# A way needs a beginning and an end.
FEWEST = 2


def refuse_retiring(event: TermRetired) -> None:
    """A stage at which leads stand stays; so do the last two, and what would leave open leads at
    the end."""
    if event.list != STAGE:
        return
    _read_anew()
    stages = stage_map()
    if len(stages.active) < FEWEST:
        raise Refused(_l("At least two stages must stay in use."))
    retired = stages.get(event.code)
    if retired is not None and (count := _open_at(retired)):
        raise Refused(_l("Open leads at the stage “%(stage)s”: %(count)d. It can be retired once "
                         "their owners have moved or closed them.", count=count,
                         stage=retired.label(current_language())))
    _refuse_open_at_the_end(stages.last)


def refuse_order(event: TermsReordered) -> None:
    """The last stage is reached by closing alone."""
    if event.list == STAGE:
        _read_anew()
        _refuse_open_at_the_end(stage_map().last)


def leave_retired_stage(event: LeadReopened | LeadRestored) -> None:
    """Its stage may have been retired while it was closed: then it goes back to the one before."""
    lead, stages = db.session.get_one(Lead, event.lead_id), stage_map()
    stage, place = stages.get(lead.stage), stages.place(lead.stage)
    before = [each.code for each in stages.active if stages.place(each.code) < place]
    if lead.is_open and lead.owner_id is not None and before and stage and not stage.active:
        actor = actor_for(db.session.get_one(User, event.actor_id))
        why = _l("The stage “%(stage)s” is not in use any more.",
                 stage=stage.label(current_language()))
        move_lead(actor, lead, before[-1], clock.now(), reason=str(why))


def _refuse_open_at_the_end(last: Stage | None) -> None:
    if last is not None and (count := _open_at(last)):
        raise Refused(_l("“%(stage)s” would be the last stage, where only closed leads stand. Open "
                         "leads there: %(count)d. Their owners move or close them first.",
                         stage=last.label(current_language()), count=count))


def _open_at(stage: Stage) -> int:
    query = select(func.count()).where(Lead.stage == stage.code, Lead.status == OPEN)
    return db.session.scalar(query) or 0


def _read_anew() -> None:
    """What was just changed decides."""
    db.session.flush()
    forget()
