"""Handing out the whole pool by the rules, as long work."""

from collections.abc import Sequence

from flask import url_for
from sqlalchemy import select

from portal.core import clock
from portal.core.i18n import lazy_gettext as _l
from portal.core.i18n import ngettext
from portal.core.unit_of_work import reading_only
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.pool.actions.allocating import allocate
from portal.leads.pool.queries.pool import pool_size
from portal.leads.pool.rules import Traits
from portal.leads.pool.turns import Turns
from portal.leads.queries.reading import IN_POOL
from portal.tasks.kinds import Link, kind
from portal.tasks.models import Task
from portal.tasks.progress import Progress


def _links(task: Task) -> Sequence[Link]:
    return (Link(_l("See the pool"), url_for("pool.show")),)


def _outcome(task: Task) -> str:
    given, left = int(task.result.get("given", 0)), pool_size()
    handed = ngettext("%(num)d lead was handed out.", "%(num)d leads were handed out.", given)
    waits = ngettext("%(num)d lead waits in the pool.", "%(num)d leads wait in the pool.", left)
    return f"{handed} {waits}"


@kind("allocation", _l("Hand out the pool"), resumes=True, links=_links, outcome=_outcome,
      steps={"allocating": _l("Handing out")},
      when_cancelled=_l("What was handed out so far stays so; the rest is in the pool."))
def hand_out(task: Task, progress: Progress) -> None:
    """The longest waiting first; each in a transaction of its own, so that somebody may claim
    meanwhile."""
    with reading_only():
        waiting = _fitting()
    given = int(progress.result.get("given", 0))
    start = progress.done
    progress(start, start + len(waiting), "allocating")
    for number, lead_id in enumerate(waiting, start=1):
        with progress.batch():
            lead = db.session.get(Lead, lead_id)
            if lead is not None and lead.in_pool:
                given += allocate(lead, clock.now(), actor_id=task.person_id) is not None
                progress.note(given=given)
            progress(start + number)


def _fitting() -> list[int]:
    """Leads of the pool for which there is a rule at all, the longest waiting first."""
    turns = Turns()
    query = (
        select(Lead.id, Lead.region, Lead.industry, Lead.channel, Lead.product)
        .where(IN_POOL).order_by(Lead.owned_since, Lead.id)
    )
    return [row.id for row in db.session.execute(query)
            if turns.next(Traits(*row[1:])).rule is not None]
