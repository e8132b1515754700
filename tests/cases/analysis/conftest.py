"""Deals to count."""

from decimal import Decimal
from typing import Any

import pytest

from portal.cases.content import RetrospectiveContent


@pytest.fixture
def deal(record, alice):
    """`deal("loss", reason="price", competitors=("金蝶",), product="erp", …)`."""

    def record_deal(outcome: str = "loss", *, by: Any = None, draft: bool = False, **said: Any):
        facts = {name: said.pop(name) for name in (
            "amount_band", "cycle_days", "competitors", "stage_reached", "roles_reached",
            "contributing_reasons", "price_gap") if name in said}
        if "price_gap" in facts:
            facts["price_gap"] = Decimal(facts["price_gap"])
        content = RetrospectiveContent(main_reason=said.pop("reason", None), **facts)
        return record(by or alice, kind=outcome, title=f"{outcome} deal", draft=draft,
                      retrospective=content, **said)

    return record_deal
