"""Replays the customers of the sample story and their deals, each act at its moment."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from portal.core import access
from portal.customers.actions import ownership
from portal.customers.actions.customers import correct_customer, record_customer
from portal.customers.content import ContactFacts, CustomerFacts, facts_of
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.care.actions import (
    finish_task,
    record_feedback,
    set_renewal,
    settle_complaint,
)
from portal.leads.care.content import FeedbackFacts
from portal.leads.care.models import CareTask, Feedback
from portal.leads.care.rules import TRAINING
from portal.leads.models import Lead
from portal.people.rules import Actor
from portal.sample.calendar import Calendar
from portal.sample.people import Act, Cast
from portal.sample.selling_parts import (
    ContactScript,
    CorrectionScript,
    FeedbackScript,
)
from portal.sample.selling_script import CustomerScript
from portal.visits.models import Visit


@dataclass
class Told:
    """Where the story stands: its people, its days, and the rows that are there by now."""

    cast: Cast
    calendar: Calendar
    customers: dict[str, Customer] = field(default_factory=dict)
    leads: dict[str, Lead] = field(default_factory=dict)
    visits: dict[str, Visit] = field(default_factory=dict)

    def origin(self, written: str | None) -> str | None:
        """`lead valve` or `visit valve-demo` as the reference of the record."""
        if written is None:
            return None
        sort, name = written.split(" ", 1)
        rows: Mapping[str, Lead | Visit] = self.leads if sort == "lead" else self.visits
        if name not in rows:
            raise ValueError(f"there is no {written} yet")
        return rows[name].ref

    def may(self, login: str, permission: str, row: Any, now: datetime) -> Actor:
        """Who acts: the story keeps to the policy like everybody. Raises `ValueError`."""
        actor = self.cast.actor(login, now)
        if not access.allows(actor, permission, row):
            raise ValueError(f"{login} lacks {permission} of {row.ref} on {now:%Y-%m-%d}")
        return actor


def acts(scripts: Iterable[CustomerScript], told: Told) -> Iterator[tuple[str, Act]]:
    """What happens to the customers themselves, each with its moment."""
    for script in scripts:
        yield from _File(script, told).acts()


@dataclass
class _File:
    """One customer while its story is told."""

    script: CustomerScript
    told: Told
    said: dict[str, Feedback] = field(default_factory=dict)

    @property
    def row(self) -> Customer:
        return self.told.customers[self.script.name]

    def acts(self) -> Iterator[tuple[str, Act]]:
        script = self.script
        yield script.when, self._record
        yield from ((each.when, partial(self._correct, each)) for each in script.corrections)
        if script.trained:
            yield script.trained, self._train
        for each in script.feedback:
            yield each.when, partial(self._hear, each)
            if each.settled:
                yield each.settled, partial(self._settle, each)

    def _record(self, now: datetime) -> None:
        script = self.script
        actor = self.told.cast.actor(script.by, now)
        introduced = self.told.customers[script.introduced_by] if script.introduced_by else None
        values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value
                                  for name, value in script.facts.items()}
        facts = CustomerFacts(script.name, introduced_by_id=introduced and introduced.id, **values)
        row = record_customer(actor, facts, now, owner_id=None if script.pooled else actor.id,
                              contacts=[self._contact(each) for each in script.contacts])
        row.is_sample = True
        self.told.customers[script.name] = row
        for part, login in script.team.items():
            ownership.join(row, self.told.cast.user(login, now).id, part, now, actor_id=actor.id)
        if script.renewal:
            set_renewal(actor, row, self.told.calendar.day_named(script.renewal), "", now)

    def _contact(self, script: ContactScript) -> ContactFacts:
        facts = ContactFacts(script.name, script.job_title, script.phone, script.email,
                             script.wechat, script.decision_role,
                             preferences=script.preferences)
        if script.birthday is None:
            return facts
        day = self.told.calendar.today + timedelta(days=script.birthday)
        return replace(facts, birth_year=script.birth_year, birth_month=day.month,
                       birth_day=day.day)

    def _correct(self, script: CorrectionScript, now: datetime) -> None:
        actor = self.told.may(script.by, "customer:edit", self.row, now)
        facts = replace(facts_of(self.row), **script.set)
        correct_customer(actor, self.row, facts, script.reason, now, version=self.row.version)

    def _train(self, now: datetime) -> None:
        actor = self.told.may(self.script.by, "customer:edit", self.row, now)
        task = db.session.scalars(select(CareTask).where(
            CareTask.customer_id == self.row.id, CareTask.kind == TRAINING)).one()
        finish_task(actor, task, "", now)

    def _hear(self, script: FeedbackScript, now: datetime) -> None:
        actor = self.told.may(script.by, "customer:edit", self.row, now)
        said = FeedbackFacts(script.kind, now.astimezone(self.told.calendar.zone).date(),
                             script.score, script.text)
        self.said[script.when] = record_feedback(actor, self.row, said, now)

    def _settle(self, script: FeedbackScript, now: datetime) -> None:
        actor = self.told.may(script.by, "customer:edit", self.row, now)
        settle_complaint(actor, self.said[script.when], script.settlement, now)
