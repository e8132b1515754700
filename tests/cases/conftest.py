"""Texts and files under a case, made by the real actions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from io import BytesIO
from threading import Barrier
from typing import Any

import pytest
from flask import Flask

from portal.cases.actions import attachments, talk
from portal.cases.content import RetrospectiveContent
from portal.cases.models import Attachment, Case, Comment, Solution
from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.extensions import db
from tests.characters import Character
from tests.conftest import Recorder
from tests.frozen_clock import FrozenClock


@pytest.fixture
def problem(record: Recorder, alice: Character) -> Case:
    """Alice asks; everyone may read it."""
    return record(alice, title="Two reps claim one customer", body="Who owns it?")


@pytest.fixture
def draft(record: Recorder, alice: Character) -> Case:
    """Alice's unfinished case."""
    return record(alice, title="Half a thought", body="Not yet", draft=True)


@pytest.fixture
def propose(app: Flask, clock: FrozenClock) -> Callable[..., Solution]:
    def propose_one(person: Character, case: Case, body: str = "Ask for the call log") -> Solution:
        with transaction():
            return talk.propose_solution(person.actor, _fresh(case), body, clock())

    return propose_one


@pytest.fixture
def remark(app: Flask, clock: FrozenClock) -> Callable[..., Comment]:
    def remark_one(person: Character, case: Case, body: str = "Met this too") -> Comment:
        with transaction():
            return talk.add_comment(person.actor, _fresh(case), body, clock())

    return remark_one


@pytest.fixture
def attach(app: Flask, clock: FrozenClock) -> Callable[..., Attachment]:
    def attach_one(
        person: Character, case: Case, name: str = "list.csv", content: bytes = b"a,b\n1,2\n",
        limit_mb: int = 1,
    ) -> Attachment:
        settings = app.extensions["settings"]
        with transaction():
            return attachments.attach(
                person.actor, _fresh(case), attachments.Upload(name, BytesIO(content)),
                settings.files, limit_mb, clock(),
            )

    return attach_one


@pytest.fixture
def act(app: Flask) -> Callable[..., Any]:
    """`act(action, actor, row, …)`: run an action in a transaction of its own."""

    def run(action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with transaction():
            return action(*args, **kwargs)

    return run


@pytest.fixture
def at_once(app: Flask) -> Callable[..., list[Any]]:
    """Run actions in transactions of their own that have all read before one writes."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one write at a time")

    def run(*acts: Callable[..., Any]) -> list[Any]:
        together = Barrier(len(acts))
        db.session.rollback()

        def one(act: Callable[..., Any]) -> Any:
            try:
                with app.app_context(), transaction():
                    return act(lambda: together.wait(10))
            except Refused as refused:
                return refused

        with ThreadPoolExecutor(len(acts)) as threads:
            return list(threads.map(one, acts))

    return run


def _fresh(case: Case) -> Case:
    return db.session.get_one(Case, case.id)


@pytest.fixture
def deal() -> RetrospectiveContent:
    """Every fact of a retrospective (K4)."""
    return RetrospectiveContent(
        amount_band="500k_1m", cycle_days=95, competitors=("金蝶", "Oracle"),
        stage_reached="negotiation", roles_reached=("decision_maker", "coach"),
        main_reason="price", contributing_reasons=("timing", "relationship"),
        price_gap=Decimal("12.50"), actions=("first visit", "reference call"),
        repeat="bring the expert", avoid="late offer",
    )
