"""Replays the visits and follow-ups of the sample story."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial

from portal.customers.models import Customer
from portal.sample.people import Act
from portal.sample.selling import Told
from portal.sample.selling_parts import (
    FollowUpScript,
    NextScript,
    ReviewScript,
    TalkScript,
    VisitScript,
)
from portal.sample.selling_script import CustomerScript
from portal.visits.actions.arriving import check_in
from portal.visits.actions.following_up import record_follow_up
from portal.visits.actions.joining import add_companion, comment_on_visit
from portal.visits.actions.planning import cancel_visit, plan_visit
from portal.visits.actions.reviewing import review_visit
from portal.visits.content import FollowUp, Met, NextStep, ReviewFacts, VisitPlan, Written
from portal.visits.models import Visit


def acts(script: CustomerScript, told: Told) -> Iterator[tuple[str, Act]]:
    """What was planned, done and said, each with its moment. An act raises `ValueError` when its
    person may not do this."""
    for each in script.visits:
        yield from _Trip(script, each, told).acts()
    for call in script.calls:
        yield call.when, partial(_follow_up, script, call, told)


@dataclass
class _Trip:
    """One visit while its story is told."""

    customer: CustomerScript
    script: VisitScript
    told: Told
    row: Visit | None = None

    @property
    def visit(self) -> Visit:
        if self.row is None:
            raise ValueError(f"{self.customer.name}: the visit is not planned yet")
        return self.row

    def acts(self) -> Iterator[tuple[str, Act]]:
        script = self.script
        yield script.when, self._plan
        if script.arrived:
            yield script.arrived, self._arrive
        if script.review:
            yield script.review.when, partial(self._review, script.review)
        if script.cancelled:
            yield f"{script.day} 08:30", self._cancel
        yield from ((each.when, partial(self._talk, each)) for each in script.comments)

    def _plan(self, now: datetime) -> None:
        script, customer = self.script, self.told.customers[self.customer.name]
        actor = self.told.may(script.by, "customer:read", customer, now)
        lead = self.told.leads[script.lead].id if script.lead else None
        plan = VisitPlan(
            self.told.calendar.day_named(script.day),
            time.fromisoformat(script.at) if script.at else None, script.purpose, "",
            script.goal, lead, _contacts(customer, script.wants),
        )
        self.row = plan_visit(actor, customer, plan, now)
        self.row.is_sample = True
        for login in script.joined:
            add_companion(actor, self.row, self.told.cast.user(login, now), now)
        if script.key:
            self.told.visits[script.key] = self.row

    def _arrive(self, now: datetime) -> None:
        check_in(self.told.cast.actor(self.script.by, now), self.visit, now)

    def _review(self, script: ReviewScript, now: datetime) -> None:
        facts = ReviewFacts(script.result, script.words, script.worked, script.not_worked)
        met = Met(tuple(each.contact_id for each in self.visit.contacts))
        review_visit(self.told.cast.actor(self.script.by, now), self.visit,
                     Written(facts, met, _next(script.next, self.told)), now)

    def _cancel(self, now: datetime) -> None:
        cancel_visit(self.told.cast.actor(self.script.by, now), self.visit,
                     self.script.cancelled or "", now)

    def _talk(self, script: TalkScript, now: datetime) -> None:
        actor = self.told.may(script.by, "visit:read", self.visit, now)
        comment_on_visit(actor, self.visit, script.body, now)


def _follow_up(script: CustomerScript, call: FollowUpScript, told: Told, now: datetime) -> None:
    customer = told.customers[script.name]
    actor = told.may(call.by, "customer:read", customer, now)
    lead = told.leads[call.lead].id if call.lead else None
    day = now.astimezone(told.calendar.zone).date()
    record_follow_up(actor, customer, FollowUp(
        day, call.words, call.channel, lead, Met(), _next(call.next, told)), now).is_sample = True


def _next(script: NextScript | None, told: Told) -> NextStep:
    return NextStep(script.text, told.calendar.day_named(script.due)) if script else NextStep()


def _contacts(customer: Customer, names: Sequence[str]) -> tuple[int, ...]:
    known = {each.name: each.id for each in customer.contacts}
    return tuple(known[name] for name in names)
