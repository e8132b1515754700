"""Replays what is not of one customer alone: duplicate claims, rules of allocation, kept views."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from flask import current_app

from portal.core import access
from portal.customers.content import ContactFacts, CustomerFacts
from portal.customers.identity.keys import Identity, matches
from portal.leads.board.actions import save_view
from portal.leads.claims.actions.deciding import Decision, decide_claim
from portal.leads.claims.actions.evidence import Said, Shelf, add_evidence
from portal.leads.claims.actions.opening import open_claim
from portal.leads.claims.actions.sending import send_claim
from portal.leads.claims.content import typed_values
from portal.leads.claims.models import Claim
from portal.leads.content import LeadFacts
from portal.leads.pool.actions.ruling import RuleContent, add_rule
from portal.sample.people import Act
from portal.sample.selling import Told
from portal.sample.selling_script import (
    Around,
    ClaimScript,
    DecidedScript,
    EvidenceScript,
    RuleScript,
    ViewScript,
)


def acts(script: Around, told: Told) -> Iterator[tuple[str, Act]]:
    """Each with its moment."""
    for claim in script.claims:
        yield from _Dispute(claim, told).acts()
    yield from ((each.when, partial(_rule, each, told)) for each in script.rules)
    yield from ((each.when, partial(_keep, each, told)) for each in script.views)


@dataclass
class _Dispute:
    """One claim while its story is told."""

    script: ClaimScript
    told: Told
    row: Claim | None = None

    @property
    def claim(self) -> Claim:
        if self.row is None:
            raise ValueError(f"{self.script.name}: there is no claim yet")
        return self.row

    def acts(self) -> Iterator[tuple[str, Act]]:
        script = self.script
        yield script.when, self._open
        yield script.sent.when, self._send
        if script.answered:
            yield script.answered.when, partial(self._answer, script.answered)
        if script.decided:
            yield script.decided.when, partial(self._decide, script.decided)

    def _open(self, now: datetime) -> None:
        script = self.script
        found = matches(Identity(script.name, phones=(script.phone,)))
        typed = typed_values(
            CustomerFacts(script.name), [ContactFacts(script.contact, phone=script.phone)],
            LeadFacts(script.wants))
        self.row = open_claim(self.told.cast.actor(script.by, now), typed, found, now)

    def _send(self, now: datetime) -> None:
        sent = self.script.sent
        send_claim(self.told.cast.actor(sent.by, now), self.claim, self._said(sent), (), _shelf(),
                   now)

    def _answer(self, script: EvidenceScript, now: datetime) -> None:
        add_evidence(self.told.cast.actor(script.by, now), self.claim, self._said(script), (),
                     _shelf(), now)

    def _decide(self, script: DecidedScript, now: datetime) -> None:
        actor = self.told.cast.actor(script.by, now)
        if self.claim.decider_id != actor.id:
            raise ValueError(f"{self.script.name}: {script.by} does not decide this claim")
        decide_claim(actor, self.claim, Decision(script.outcome, script.reason), now)

    def _said(self, script: EvidenceScript) -> Said:
        met = self.told.calendar.day_named(script.met)
        return Said(script.reaches, script.role, met, script.note)


def _shelf() -> Shelf:
    settings = current_app.extensions["settings"]
    folder: Path = settings.files
    return Shelf(folder, settings.upload_mb)


def _rule(script: RuleScript, told: Told, now: datetime) -> None:
    actor = told.cast.actor(script.by, now)
    if not access.allows(actor, "allocation:manage"):
        raise ValueError(f"{script.by} may not write rules of allocation")
    add_rule(actor, RuleContent(
        regions=tuple(script.regions), industries=tuple(script.industries),
        channels=tuple(script.channels), products=tuple(script.products),
        people=tuple(told.cast.user(login, now).id for login in script.people)), now)


def _keep(script: ViewScript, told: Told, now: datetime) -> None:
    save_view(told.cast.actor(script.by, now), script.name, script.page, script.filters, now)
