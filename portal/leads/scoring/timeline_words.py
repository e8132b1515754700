"""How changes of a score read in the timeline."""

from portal.core.i18n import gettext as _
from portal.customers.timeline.kinds import Detail, Kind
from portal.leads.scoring.words import DIMENSIONS, level_word


def _scored(detail: Detail, text: str) -> str:
    before, after = detail.get("before"), detail.get("after")
    if before is None or after is None:
        return _("Score answered")
    return _("Score answered: %(before)d → %(after)d points", before=before, after=after)


KINDS = (Kind("lead.scored", "chart-dots", "deals", _scored, fields=DIMENSIONS, value=level_word),)
