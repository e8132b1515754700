"""How the entries about duplicate claims read in the timeline."""

from portal.core.i18n import gettext as _
from portal.customers.timeline.kinds import Detail, Kind
from portal.leads.claims.words import OUTCOMES


def _decided(detail: Detail, text: str) -> str:
    outcome = OUTCOMES.get(detail.get("outcome", ""))
    return _("Duplicate claim of %(name)s decided: %(outcome)s", name=detail.get("name", ""),
             outcome=outcome[0] if outcome else "–")


KINDS = (
    Kind("claim.opened", "gavel", "file", lambda d, t: _("Typed as a new customer, and blocked")),
    Kind("claim.sent", "gavel", "file", lambda d, t: _("Claimed by a colleague")),
    Kind("claim.withdrawn", "gavel", "file", lambda d, t: _("Duplicate claim withdrawn")),
    Kind("claim.decided", "gavel", "file", _decided),
)
