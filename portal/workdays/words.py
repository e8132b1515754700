"""Words of the working calendar."""

from portal.core.i18n import lazy_gettext as _l
from portal.workdays import lines

VERDICT_WORDS = {
    lines.SET: _l("will be set"),
    lines.UNREADABLE: _l("not understood: write date, 休 or 班, why"),
    lines.NO_DATE: _l("no such date between 2000 and 2100"),
    lines.NO_WORD: _l("neither 休 nor 班 (off, work) behind the date"),
    lines.TOO_LONG: _l("too many days at once: at most 400"),
    lines.TWICE: _l("a day of this line stands above already"),
}
