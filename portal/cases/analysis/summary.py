"""What the numbers say in sentences, and no more than that."""

from collections.abc import Iterator, Sequence

from portal.cases.analysis import counting
from portal.cases.analysis.counting import ENOUGH, UNSAID, Fact, Sides, Tally
from portal.cases.analysis.words import word
from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext


def sentences(sides: Sides, before: Sides | None) -> Iterator[str]:
    """How many were won and lost, against the span before, and why most were lost."""
    tally = sides.tally
    yield _deals(tally)
    if tally.total < ENOUGH:
        yield ngettext("Only %(num)d deal: too few for a conclusion.",
                       "Only %(num)d deals: too few for a conclusion.", tally.total)
        return
    if before is not None and before.tally.total:
        yield _earlier(before.tally)
    yield from _main_reason(sides.lost)


def _deals(tally: Tally) -> str:
    said = _("%(won)d won, %(lost)d lost.", won=tally.won, lost=tally.lost)
    if tally.rate is None:
        return said
    return f"{said} " + _("Win rate %(rate)d %%.", rate=tally.rate)


def _earlier(tally: Tally) -> str:
    if tally.rate is None:
        return _("The span before has %(won)d won and %(lost)d lost: too few to compare.",
                 won=tally.won, lost=tally.lost)
    return _("The span before: %(won)d won, %(lost)d lost, win rate %(rate)d %%.",
             won=tally.won, lost=tally.lost, rate=tally.rate)


def _main_reason(losses: Sequence[Fact]) -> Iterator[str]:
    counts = counting.counts(losses, "reason")
    ranked = [value for value in counting.in_order(counts) if value != UNSAID]
    if not ranked or len(losses) < ENOUGH:
        return
    first = counts[ranked[0]]
    # Two reasons that lead together are not one that leads.
    if len(ranked) > 1 and counts[ranked[1]] == first:
        return
    yield _("The most frequent main reason of losses is %(reason)s: %(part)d of %(whole)d, "
            "%(percent)d %%.", reason=word("reason", ranked[0], {}), part=first,
            whole=len(losses), percent=counting.share(first, len(losses)))
