"""Alice's deal, and ways to end it by the real actions."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from portal.cases.actions.talk import add_comment
from portal.cases.alerts.actions import raise_alert
from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.closing.actions import close_lead
from portal.leads.closing.content import Ending
from portal.leads.models import Lead
from tests.characters import Character

TODAY = date(2026, 6, 1)
WON = Ending("won", contract_amount=Decimal(800_000), margin=Decimal(160_000), signed_on=TODAY)
LOST = Ending("lost", "Half the price", "price", ("Kingdee",))
ABANDONED = Ending("abandoned", "The plant was closed down")


@pytest.fixture
def lead(deal: Any, alice: Character) -> Lead:
    return deal(alice, "苏州恒通机电有限公司", product="erp", amount=Decimal(750_000),
                competitors=("Yonyou",))


@pytest.fixture
def close(app: Any, clock: Any, alice: Character) -> Callable[..., Lead]:
    """`close(lead, LOST, by=mei, pass_reason=…)`."""

    def close_one(lead: Lead, ending: Ending = LOST, by: Character = alice, **more: Any) -> Lead:
        with transaction():
            kept = db.session.get_one(Lead, lead.id)
            close_lead(by.actor, kept, ending, clock(), **more)
            return kept

    return close_one


@pytest.fixture
def alert(app: Any, record: Any, clock: Any, alice: Character) -> Callable[..., Case]:
    """A difficulty alert from the lead; with `answered_by` it has a manager's reply."""

    def raise_one(lead: Lead, answered_by: Character | None = None) -> Case:
        case = record(alice, title="They do not call back")
        with transaction():
            case = db.session.get_one(Case, case.id)
            raise_alert(alice.actor, case, clock(), source_ref=f"lead:{lead.id}")
            if answered_by is not None:
                add_comment(answered_by.actor, case, "Try the plant manager", clock())
        return case

    return raise_one
