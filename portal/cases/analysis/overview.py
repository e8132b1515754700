"""All tables of the analysis of some facts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.cases.analysis import counting
from portal.cases.analysis.counting import UNSAID, Sides, Tally
from portal.cases.analysis.filters import Linker
from portal.cases.analysis.periods import Bucket
from portal.cases.analysis.tables import Cell, Column, Row, Table, count, part, rate
from portal.cases.analysis.words import NAMES, OUTCOMES, word
from portal.core.i18n import gettext as _
from portal.lists.queries import vocabulary

TONES = {"win": "green", "loss": "red"}
# Competitors and rows beyond these stand together; all of them are in the workbook.
MOST_COMPETITORS = 8


@dataclass(frozen=True)
class Overview:
    """Facts, how their values are called, and where their cases are listed.

    `before` are the facts of the span before, with the addresses of their lists; None without one.
    """

    sides: Sides
    spellings: Mapping[str, str]
    link: Callable[..., str]
    steps: Sequence[Bucket]
    step: str
    before: Sides | None = None
    link_before: Linker | None = None
    # Every row, for a workbook; a page shows the most frequent competitors.
    whole: bool = False

    def word(self, dimension: str, value: str) -> str:
        return word(dimension, value, self.spellings)

    def tables(self) -> Iterator[Table]:
        """In the order of the page."""
        shown = [outcome for outcome in ("loss", "win") if self.sides.of(outcome)]
        yield self.trend()
        yield from (self.reasons(outcome) for outcome in shown)
        yield from (self.heat_map(outcome) for outcome in shown[:1])
        for name in ("product", "industry", "competitor", "region", "amount"):
            yield self.breakdown(name)
        if "loss" in shown:
            yield self.stages_of_losses()
        yield self.cycle()
        yield self.gaps()
        yield self.roles()

    def trend(self) -> Table:
        counts = counting.tallies(self.sides, self.step)
        rows = [
            Row(self.word(self.step, each.code), self._outcomes(
                counts.get(each.code, Tally()), **{self.step: each.code}))
            for each in self.steps
        ]
        told = any(row.cells[-1].value is not None for row in rows)
        columns = [*_won_and_lost(), Column(_("Win rate"), "blue", "line" if told else "none", "%")]
        return Table("trend", _("Wins and losses over time"), NAMES[self.step], columns,
                     [*rows, self._sum()], "bar", stacked=True, wide=True)

    def reasons(self, outcome: str) -> Table:
        facts = self.sides.of(outcome)
        main, also = counting.counts(facts, "reason"), counting.counts(facts, "also")
        past = counting.counts(self.before.of(outcome) if self.before else (), "reason")
        named = {value: main[value] for value in (*main, *also, *past)
                 if value != UNSAID or value in main or value in past}
        rows = [
            Row(self.word("reason", value), [
                count(named[value], self.link(outcome=outcome, reason=value)),
                part(named[value], len(facts)),
                count(0 if value == UNSAID else also[value],
                      self.link(outcome=outcome, also=value)),
                *self._earlier(past[value], outcome=outcome, reason=value),
            ])
            for value in counting.in_order(named)
        ]
        columns = [Column(_("Main reason"), TONES[outcome]), Column(_("Share"), drawn="none"),
                   Column(_("Contributing"), "grey")]
        if self.before is not None:
            columns.append(Column(_("Previous span"), drawn="none"))
        title = _("Why we lost") if outcome == "loss" else _("Why we won")
        return Table(f"reasons_{outcome}", title, NAMES["reason"], columns, rows, "rows",
                     note=_("Each deal has one main reason; contributing ones are counted apart. "
                            "The last column is the main reason in the span before."),
                     unfolded=True)

    def heat_map(self, outcome: str) -> Table:
        facts = self.sides.of(outcome)
        cells = counting.pairs(facts, "reason", "competitor")
        reasons = counting.in_order(counting.counts(facts, "reason"))
        rivals = counting.in_order(counting.counts(facts, "competitor"))
        if not self.whole:
            rivals = rivals[:MOST_COMPETITORS]
        most = max((cells[pair] for pair in cells), default=0)
        rows = [
            Row(self.word("reason", reason), [
                Cell(str(number) if number else "", number or None,
                     self.link(outcome=outcome, reason=reason, competitor=rival) if number
                     else None, counting.heat(number, most))
                for rival in rivals for number in (cells[reason, rival],)
            ])
            for reason in reasons
        ]
        title = (_("Why we lost, by competitor") if outcome == "loss"
                 else _("Why we won, by competitor"))
        return Table("heat", title, NAMES["reason"],
                     [Column(self.word("competitor", rival)) for rival in rivals], rows, "heat",
                     note=_("A deal with several competitors counts under each of them."),
                     wide=True, unfolded=True)

    def breakdown(self, name: str) -> Table:
        counts = counting.tallies(self.sides, name)
        values = self._in_order(counts, counting.ORDERED.get(name, ()))
        if name == "competitor" and not self.whole:
            values = values[:MOST_COMPETITORS]
        rows = [Row(self.word(name, value), self._outcomes(counts[value], **{name: value}))
                for value in values]
        several = name == "competitor"
        titles = {"product": _("By product"), "industry": _("By industry"),
                  "region": _("By region"), "amount": _("By amount"),
                  "competitor": _("By competitor")}
        note = _("A deal with several competitors counts under each of them.") if several else ""
        return Table(name, titles[name], NAMES[name],
                     [*_won_and_lost(), Column(_("Win rate"), drawn="none")],
                     rows if several else [*rows, self._sum()], "rows", stacked=True, note=note)

    def stages_of_losses(self) -> Table:
        facts = self.sides.lost
        counts = counting.counts(facts, "stage")
        rows = [
            Row(self.word("stage", value), [
                count(counts[value], self.link(outcome="loss", stage=value)),
                part(counts[value], len(facts))])
            for value in counting.in_order(counts, list(vocabulary()["stage"]))
        ]
        return Table("stage", _("How far lost deals had come"), NAMES["stage"],
                     [Column(OUTCOMES["loss"], "red"), Column(_("Share"), drawn="none")], rows,
                     "rows")

    def cycle(self) -> Table:
        rows = []
        for outcome, label in OUTCOMES.items():
            facts = self.sides.of(outcome)
            days = counting.cycle(facts)
            middle = (_("%(lower)d to %(upper)d days", lower=days.lower, upper=days.upper)
                      if days.lower is not None and days.upper is not None else "–")
            median = Cell("–") if days.median is None else Cell(
                _("%(days)d days", days=days.median), days.median)
            rows.append(Row(str(label), [
                median, Cell(middle), part(days.known, len(facts),
                                           self.link(outcome=outcome, cycle="known"))]))
        return Table("cycle", _("How long deals took"), NAMES["outcome"],
                     [Column(_("Median"), "blue"), Column(_("The middle half"), drawn="none"),
                      Column(_("Deals that say so"), drawn="none")], rows, "rows", unfolded=True)

    def gaps(self) -> Table:
        counts = counting.tallies(self.sides, "gap")
        rows = [Row(self.word("gap", value), self._outcomes(counts[value], gap=value))
                for value in self._in_order(counts, counting.GAPS)]
        return Table("gap", _("Price gap"), NAMES["gap"],
                     [*_won_and_lost(), Column(_("Win rate"), drawn="none")],
                     [*rows, self._sum()], "rows",
                     note=_("Our price compared with the competitor's."))

    def roles(self) -> Table:
        found = counting.tallies(self.sides, "role")
        rows = [
            Row(self.word("role", value), [
                part(number, len(self.sides.of(outcome)), self.link(outcome=outcome, role=value))
                for outcome, number in zip(counting.OUTCOMES, found[value], strict=True)])
            for value in self._in_order(found, counting.ORDERED["role"])
        ]
        drawn = any(cell.value is not None for row in rows for cell in row.cells)
        columns = [Column(_("Of the deals won"), "green", unit="%"),
                   Column(_("Of the deals lost"), "red", unit="%")]
        return Table("role", _("Whom we reached"), NAMES["role"], columns, rows,
                     "rows" if drawn else "",
                     note=_("A deal counts under every role that was reached."), unfolded=not drawn)

    def _outcomes(self, tally: Tally, **narrower: str) -> list[Cell]:
        return [count(tally.won, self.link(outcome="win", **narrower)),
                count(tally.lost, self.link(outcome="loss", **narrower)), rate(tally)]

    def _in_order(self, found: Mapping[str, Tally], order: Sequence[str]) -> list[str]:
        return counting.in_order({value: tally.total for value, tally in found.items()}, order)

    def _sum(self) -> Row:
        return Row(_("Altogether"), self._outcomes(self.sides.tally), is_sum=True)

    def _earlier(self, number: int, **narrower: str) -> Iterator[Cell]:
        if self.before is not None and self.link_before is not None:
            yield count(number, self.link_before(**narrower))


def _won_and_lost() -> list[Column]:
    return [Column(OUTCOMES["win"], "green"), Column(OUTCOMES["loss"], "red")]
