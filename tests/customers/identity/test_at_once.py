"""Two people who save the same company at the same moment: the first one has it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from portal.core.unit_of_work import transaction
from portal.customers.identity import holding
from portal.customers.identity.keys import Identity, Taken, hold
from portal.customers.models import Customer, IdentityKey
from portal.extensions import db
from tests.customers.identity.conftest import new_customer

PAIRS = {
    "equal names": (Identity("上海博远数据通信有限公司"), Identity("博远数据通信（上海）有限公司")),
    "one without a region": (Identity("迈锐电子"), Identity("深圳市迈锐电子有限公司")),
    "one phone": (Identity("甲子科技", phones=("021-62345678",)),
                  Identity("乙丑贸易", phones=("+86 21 62345678",))),
    "one alias": (Identity("云杉科技", aliases=("Yunshan Tech",)), Identity("YUNSHAN TECH LTD")),
    "one code": (Identity("云杉科技", credit_code="91310000MA1FL0LF0P"),
                 Identity("别的公司", credit_code="91310000 MA1FL0LF0P")),
    "several keys in another order": (
        Identity("云杉科技", aliases=("博远数据",), phones=("13800138000", "13900139000")),
        Identity("博远数据", aliases=("云杉科技",), phones=("13900139000", "13800138000"))),
}


@pytest.fixture
def at_once(app, clock):
    def run(*identities):
        together = Barrier(len(identities))

        def save(identity):
            together.wait(10)
            try:
                with app.app_context(), transaction():
                    customer = new_customer(identity.name, clock())
                    db.session.flush()
                    hold(customer, identity, clock())
                    return customer.id
            except Taken as taken:
                return taken

        with ThreadPoolExecutor(len(identities)) as threads:
            return list(threads.map(save, identities))

    return run


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_exactly_one_wins(at_once, pair):
    results = at_once(*pair)
    assert sorted(type(each).__name__ for each in results) == ["Taken", "int"]
    winner = next(each for each in results if isinstance(each, int))
    taken = next(each for each in results if isinstance(each, Taken))
    assert {match.customer_id for match in taken.matches} == {winner}
    assert {match.verdict for match in taken.matches} == {"block"}
    assert list(db.session.scalars(select(Customer.id))) == [winner]
    assert set(db.session.scalars(select(IdentityKey.customer_id))) == {winner}


def test_of_eight_one_wins(at_once):
    results = at_once(*[Identity("上海博远数据通信有限公司", phones=("13800138000",))] * 8)
    assert sum(isinstance(each, int) for each in results) == 1
    assert sum(isinstance(each, Taken) for each in results) == 7


def test_different_companies_do_not_disturb_each_other(at_once):
    results = at_once(*[Identity(f"第{number}号云杉科技") for number in "一二三四"])
    assert all(isinstance(each, int) for each in results)


def test_the_unique_row_is_the_last_judge(at_once, monkeypatch):
    """Even if nobody looked before: the loser is told, not given an error page."""
    monkeypatch.setattr(holding, "lock", lambda: None)
    monkeypatch.setattr(holding, "_refuse_taken", lambda wanted, others: None)
    results = at_once(Identity("云杉科技"), Identity("云杉科技有限公司"))
    assert sorted(type(each).__name__ for each in results) == ["Taken", "int"]
    assert db.session.scalar(select(func.count(IdentityKey.id))) == 1
