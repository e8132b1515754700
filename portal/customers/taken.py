"""What may be said when somebody else has a customer already: whose, since when, at which stage;
never more of the file. Each such answer is counted and kept, as those of the check are."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from flask_babel import format_date
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.core.i18n import gettext as _
from portal.core.unit_of_work import abandon
from portal.customers.identity.keys import Match, Taken
from portal.customers.models import Customer
from portal.extensions import db

# `stages(customer ids)`: at which stage each is, in words; deals are a room above.
Stages = Callable[[Collection[int]], Mapping[int, Any]]


# `told(person id, refusal)`: keep that they were told; False for whoever asks too often.
Told = Callable[[int, Taken], bool]


def _no_stages(ids: Collection[int]) -> Mapping[int, Any]:
    return {}


def _nobody_counts(person_id: int, taken: Taken) -> bool:
    return True


_stages: list[Stages] = [_no_stages]
_told: list[Told] = [_nobody_counts]


def install(stages: Stages, told: Told) -> None:
    """Who knows how far the deals with a customer are, and who counts what is told."""
    _stages[:], _told[:] = [stages], [told]


def answer(person_id: int, taken: Taken) -> list[str]:
    """What a form says to this person, who typed it; to whoever asks too often no more than that it
    is here. Whatever was written before is given up."""
    abandon()
    if not _told[0](person_id, taken):
        return [_("This is in the portal already. You were told whose customers are very often in "
                  "the last hour; what you typed is kept, try again in some minutes.")]
    return sentences(taken)


def sentences(taken: Taken) -> list[str]:
    """One sentence for each customer that has something of what was typed; the refusal's own words
    when it is not known which."""
    matches = {match.customer_id: match for match in reversed(taken.matches)}
    query = select(Customer).where(Customer.id.in_(matches)).options(joinedload(Customer.owner))
    found = db.session.scalars(query).all()
    stages = _stages[0](matches.keys())
    said = [_sentence(matches[each.id], each, stages.get(each.id)) for each in found]
    return said or [str(taken.message)]


def _sentence(match: Match, customer: Customer, stage: Any) -> str:
    since = format_date(customer.owned_since, "medium")
    if customer.owner is None:
        return _("%(value)s stands in the pool since %(since)s. Claim it there.",
                 value=match.value, since=since)
    if stage:
        return _("%(value)s belongs to a customer of %(name)s since %(since)s (%(stage)s).",
                 value=match.value, name=customer.owner.name, since=since, stage=stage)
    return _("%(value)s belongs to a customer of %(name)s since %(since)s.",
             value=match.value, name=customer.owner.name, since=since)
