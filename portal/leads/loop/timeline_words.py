"""How cases read in the timeline of a customer."""

from portal.cases.words import kind_word
from portal.core.i18n import gettext as _
from portal.customers.timeline.kinds import Kind

KINDS = (
    Kind("case.recorded", "book-2", "cases", lambda d, t: _(
        "Case recorded: %(kind)s", kind=kind_word(d.get("case_kind", "")))),
    Kind("case.used", "repeat", "cases", lambda d, t: _("A case was used")),
    Kind("case.use_undone", "arrow-back-up", "cases", lambda d, t: _(
        "The case was not used after all")),
)
