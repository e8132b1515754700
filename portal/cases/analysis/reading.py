"""Everything that an address of the analysis stands for: its filters, its facts, its tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from portal.cases.analysis import counting
from portal.cases.analysis.counting import Fact, Sides
from portal.cases.analysis.facts import facts_of
from portal.cases.analysis.filters import Filters, Linker
from portal.cases.analysis.overview import Overview
from portal.cases.analysis.periods import Bucket, buckets, step_of
from portal.extensions import db
from portal.people.models import Team
from portal.people.rules import Actor


@dataclass(frozen=True)
class Reading:
    """`all` are the facts of the span, `facts` those that meet the filters, `before` likewise."""

    filters: Filters
    all: Sequence[Fact]
    facts: Sequence[Fact]
    before: Sequence[Fact] | None
    spellings: Mapping[str, str]

    @cached_property
    def sides(self) -> Sides:
        return counting.parted(self.facts)

    @cached_property
    def sides_before(self) -> Sides | None:
        return None if self.before is None else counting.parted(self.before)

    def overview(self, path: str, *, whole: bool = False) -> Overview:
        """The tables, whose numbers open lists at `path`."""
        steps, step = self._steps()
        before = self.filters.before
        link_before = Linker(path, before.arguments) if before else None
        return Overview(
            self.sides, self.spellings, Linker(path, self.filters.arguments), steps, step,
            self.sides_before, link_before, whole,
        )

    @property
    def newest_first(self) -> list[int]:
        """The ids of the counted cases."""
        return [fact.case_id for fact in
                sorted(self.facts, key=lambda fact: (fact.day, fact.case_id), reverse=True)]

    def _steps(self) -> tuple[list[Bucket], str]:
        period = self.filters.period
        # All time begins with the first deal, not in the year 2000.
        days = [fact.day for fact in self.facts] or [period.last]
        start = min(days) if period.name == "all" else period.start
        step = step_of(start, period.end)
        return buckets(start, period.end, step), step


def read(actor: Actor, filters: Filters, *, compare: bool = True) -> Reading:
    """Read the span, and with it the one before when they are to be compared."""
    period, previous = filters.period, filters.period.before if compare else None
    teams = None if filters.team is None else actor.tree.subtree(filters.team)
    found = facts_of(actor, previous.start if previous else period.start, period.end, teams)
    now = [fact for fact in found.facts if fact.day >= period.start]
    before = None
    if previous:
        earlier = [fact for fact in found.facts if fact.day < period.start]
        before = counting.chosen(earlier, filters.lasting)
    return Reading(filters, now, counting.chosen(now, filters.wanted), before, found.spellings)


def teams_offered(actor: Actor, may_choose: bool) -> dict[int, str]:
    """The teams whose deals this person may look at apart, by name."""
    if not may_choose:
        return {}
    rows = db.session.execute(select(Team.id, Team.name).order_by(Team.name))
    return dict(row for row in rows)

