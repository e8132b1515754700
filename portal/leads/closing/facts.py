"""What the portal knows of a deal for its retrospective (K4): no name, no exact amount."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from portal.cases.content import RetrospectiveContent
from portal.cases.rules import DECISION_ROLES
from portal.core.clock import local_day, today
from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext
from portal.core.templating import day
from portal.customers.models import Contact
from portal.customers.words import listed, term_word
from portal.extensions import db
from portal.leads import rules as leads
from portal.leads.closing import rules
from portal.leads.loop.meetings import all_meetings
from portal.leads.models import Lead, LeadMove


def retrospective_facts(lead: Lead) -> RetrospectiveContent:
    """The typed facts as far as they are known."""
    amount = lead.amount if lead.contract_amount is None else lead.contract_amount
    return RetrospectiveContent(
        amount_band=rules.amount_band(amount, lead.currency), cycle_days=days_of(lead),
        competitors=tuple(lead.competitors), stage_reached=lead.stage,
        roles_reached=_roles(lead), main_reason=lead.lost_reason, actions=deeds_of(lead),
    )


def days_of(lead: Lead) -> int:
    """From the day it was recorded to its end."""
    end = local_day(lead.closed_at) if lead.closed_at else today()
    return rules.cycle_days(local_day(lead.created_at), end)


def meetings_count(lead: Lead) -> int:
    """Visits and follow-ups that took place."""
    return sum(meetings.count(lead.id) for meetings in all_meetings())


def title_for(lead: Lead) -> str:
    """What the retrospective may be called: what was sold where, and why it ended so."""
    what = listed([word for word in (term_word("product", lead.product),
                                     term_word("industry", lead.industry)) if word])
    if lead.status == leads.WON:
        return _("Won: %(what)s", what=what) if what else ""
    if lead.lost_reason and what:
        return _("Lost because of “%(reason)s”: %(what)s", what=what,
                 reason=term_word("reason", lead.lost_reason))
    return _("Lost: %(what)s", what=what) if what else ""


def in_numbers(lead: Lead) -> str:
    """The deal in one line: days, visits, the way through the stages."""
    count = meetings_count(lead)
    said = [ngettext("%(num)d day from the first word to the end",
                     "%(num)d days from the first word to the end", days_of(lead))]
    if count:
        said.append(ngettext("%(num)d visit or follow-up", "%(num)d visits and follow-ups", count))
    stages = [term_word("stage", move.to_stage) for move in _moves(lead)]
    if len(stages) > 1:
        said.append(" → ".join(stages))
    return _("In numbers: %(said)s", said=listed(said))


def deeds_of(lead: Lead) -> tuple[str, ...]:
    """What was done, in order, with its day; when there was very much, the latest."""
    moved = ((local_day(move.at), _("Reached “%(stage)s”",
                                    stage=term_word("stage", move.to_stage)))
             for move in _moves(lead) if move.from_stage is not None)
    done = (deed for meetings in all_meetings() for deed in meetings.deeds(lead.id))
    return _lines([*moved, *done])


def _lines(deeds: Iterable[tuple[date, str]]) -> tuple[str, ...]:
    in_order = sorted(deeds, key=lambda deed: deed[0])[-rules.MOST_DEEDS:]
    return tuple(_("%(day)s: %(what)s", day=day(when), what=what) for when, what in in_order)


def _moves(lead: Lead) -> Sequence[LeadMove]:
    query = select(LeadMove).where(LeadMove.lead_id == lead.id).order_by(LeadMove.id)
    return db.session.scalars(query).all()


def _roles(lead: Lead) -> tuple[str, ...]:
    """The roles that were met; where nobody recorded a visit, those of the contacts we have."""
    met = {role for meetings in all_meetings() for role in meetings.roles(lead.id)}
    if not met:
        query = select(Contact.decision_role).where(
            Contact.customer_id == lead.customer_id, Contact.voided_at.is_(None),
            Contact.decision_role != "")
        met = set(db.session.scalars(query))
    return tuple(role for role in DECISION_ROLES if role in met)
