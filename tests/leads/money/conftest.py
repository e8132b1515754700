"""A deal of alice and what is to be paid for it."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.money.actions import add_receivable
from portal.leads.money.content import ReceivableFacts
from portal.leads.money.models import Receivable
from tests.characters import Character

TODAY = date(2026, 6, 1)


@pytest.fixture
def lead(deal, alice) -> Lead:
    return deal(alice)


@pytest.fixture
def owed(app, alice, clock) -> Callable[..., Receivable]:
    """`owed(lead, 1000, due=-5)`: due five days ago."""

    def owe(lead: Lead, amount: Any, *, due: int = 30, billed: int | None = None,
            by: Character = alice) -> Receivable:
        billed_on = TODAY + timedelta(days=min(due, 0) if billed is None else billed)
        facts = ReceivableFacts(Decimal(str(amount)), billed_on, TODAY + timedelta(days=due),
                                "首付款")
        with transaction():
            return add_receivable(by.actor, db.session.merge(lead), facts, clock())

    return owe
