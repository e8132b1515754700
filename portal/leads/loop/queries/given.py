"""What a deal gave to the library, and what the library offers for it."""

from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, literal, or_, select, union_all
from sqlalchemy import case as when

from portal.cases.models import Case
from portal.cases.queries.cases import visible_to
from portal.cases.rules import DISCARDED, LIVE
from portal.core.i18n import current_language
from portal.leads.loop.meetings import all_meetings
from portal.leads.models import Lead
from portal.people.rules import Actor

MOST_PLAYBOOKS = 8


def cases_from_lead(actor: Actor, lead: Lead) -> Select[Case]:
    """Cases that come from the deal or from its visits; one's own drafts too."""
    return _from(actor, select(literal(lead.ref)), lead.customer_id, lead.id)


def cases_from_customer(actor: Actor, customer_id: int) -> Select[Case]:
    """Those that come from any of its deals and visits."""
    deals = select("lead:" + cast(Lead.id, String)).where(Lead.customer_id == customer_id)
    return _from(actor, deals, customer_id, None)


def _from(
    actor: Actor, own: Select[Any], customer_id: int, lead_id: int | None
) -> Select[Case]:
    refs = union_all(own, *(each.refs(customer_id, lead_id) for each in all_meetings()))
    return (
        visible_to(actor).where(Case.source_ref.in_(refs), Case.confidence != DISCARDED)
        .order_by(Case.created_at.desc(), Case.id.desc())
    )


def playbooks_for(
    actor: Actor, product: str | None, stage: str | None = None
) -> Select[Case]:
    """Playbooks with something to fill in for this product at this stage, those that fit best
    first, in the reader's language before others; what names neither fits everything."""
    fits = [Case.kind == "playbook", Case.confidence.in_(LIVE), Case.body.contains("{{"),
            or_(Case.product.is_(None), Case.product == product)]
    own_language = when((Case.language == current_language(), 1), else_=0)
    score: ColumnElement[Any] = when((Case.product == product, 2), else_=0)
    if stage is not None:
        fits.append(or_(Case.stage.is_(None), Case.stage == stage))
        score = score + when((Case.stage == stage, 1), else_=0)
    return (
        visible_to(actor).where(*fits)
        .order_by(score.desc(), own_language.desc(), Case.used.desc(), Case.id.desc())
        .limit(MOST_PLAYBOOKS)
    )
