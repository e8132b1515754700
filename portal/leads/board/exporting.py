"""The list of leads as a table to keep."""

from collections.abc import Iterable, Iterator

from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.customers.words import term_word
from portal.leads.models import Lead
from portal.leads.stages.queries.stage_map import stage_map
from portal.leads.words import STATUSES


def header() -> list[str]:
    """The words over the columns."""
    return [_("Customer"), _("What they want"), _("Owner"), _("Status"), _("Stage"), _("Score"),
            _("Expected amount"), _("Contract amount"), _("Currency"), _("Expected close"),
            _("Channel"), _("Product"), _("Industry"), _("Region"), _("Next step"),
            _("Next step on"), _("Last activity"), _("Recorded"), _("Closed")]


def rows(leads: Iterable[Lead]) -> Iterator[list[object]]:
    """One row for each; codes in words."""
    stages = {each.code: each.words.in_(current_language()) for each in stage_map()}
    for each in leads:
        yield [
            each.customer.name, each.title, each.owner.name if each.owner else _("In the pool"),
            str(STATUSES[each.status][0]), stages.get(each.stage, each.stage), each.score,
            each.amount, each.contract_amount, each.currency, each.expected_close,
            term_word("channel", each.channel), term_word("product", each.product),
            term_word("industry", each.industry), term_word("region", each.region),
            each.next_step, each.next_step_at, each.last_activity_at, each.created_at,
            each.closed_at,
        ]
