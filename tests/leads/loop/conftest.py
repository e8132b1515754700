"""A deal, and cases that may help with it."""

from collections.abc import Callable
from typing import Any

import pytest

from portal.cases.actions.cases import record_case
from portal.cases.content import CaseContent
from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.leads.models import Lead
from portal.search.indexer import index_pending
from tests.characters import Character

COMPANY = "苏州恒通机电有限公司"


@pytest.fixture
def lead(deal: Any, alice: Character) -> Lead:
    return deal(alice, COMPANY, product="erp", title="客户嫌ERP报价太高",
                note="竞品低价，采购要求降价")


@pytest.fixture
def case(app: Any, clock: Any, bob: Character) -> Callable[..., Case]:
    """`case(by=bob, title=…, source_ref=…)`: published, and found."""

    def make(by: Character = bob, *, source_ref: str | None = None, draft: bool = False,
             **content: Any) -> Case:
        values = {"kind": "problem", "title": "客户嫌报价太高怎么办", "body": "竞品低价抢单",
                  "product": "erp", **content}
        with transaction():
            made = record_case(by.actor, CaseContent(**values), clock(), draft=draft,
                               source_ref=source_ref)
        index_pending()
        return made

    return make
