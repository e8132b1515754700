"""Keys of customers: held, changed, released, and found again."""

import pytest
from sqlalchemy import select

from portal.core.errors import Conflict
from portal.core.unit_of_work import transaction
from portal.customers.identity.keys import (
    Identity,
    Taken,
    hold,
    matches,
    matches_of_many,
    release,
)
from portal.customers.models import Customer, IdentityKey
from portal.extensions import db
from portal.options.actions import change_option
from tests.customers.identity.conftest import new_customer

BOYUAN = "上海博远数据通信有限公司"


def found(identity, **more):
    return [(each.customer_id, each.key, each.verdict) for each in matches(identity, **more)]


def keys_of(customer_id):
    rows = db.session.scalars(select(IdentityKey).where(IdentityKey.customer_id == customer_id))
    return sorted((row.kind, row.value, row.region, row.branch) for row in rows)


def test_nobody_has_what_is_new(known):
    known(BOYUAN)
    assert matches(Identity("深圳市迈锐电子有限公司", phones=("13800138000",))) == []


def test_equal_keys_block(known):
    number = known(BOYUAN, phones=("021-62345678转803",), credit_code="91310000MA1FL0LF0P")
    assert found(Identity("博远数据通信")) == [(number, "name", "block")]
    assert found(Identity("别的", phones=("+86 21 6234 5678-803",))) == [(number, "phone", "block")]
    assert found(Identity("别的", credit_code="91310000ma1fl0lf0p")) == [(number, "code", "block")]
    assert found(Identity(BOYUAN), except_id=number) == []


def test_related_names_warn(known):
    number = known(BOYUAN)
    for name in ("北京博远数据通信有限公司", "博远数据通信有限公司南京分公司", "上海博远",
                 "上海博远数据通信技术有限公司"):
        assert found(Identity(name)) == [(number, "name", "warn")], name


def test_one_switchboard_with_two_extensions_warns(known):
    number = known(BOYUAN, phones=("021-62345678转803",))
    assert found(Identity("别的", phones=("021-62345678",))) == [(number, "phone", "warn")]
    assert found(Identity("别的", phones=("021-62345678-804",))) == [(number, "phone", "warn")]


def test_what_is_only_spelled_or_spoken_alike_is_suggested(known):
    boyuan, maierui = known(BOYUAN), known("深圳市迈锐电子有限公司")
    assert found(Identity("博源数据通信")) == [(boyuan, "name", "suggest")]
    assert found(Identity("迈瑞电子")) == [(maierui, "name", "suggest")]
    assert found(Identity("迈锐电字")) == [(maierui, "name", "suggest")]
    assert found(Identity("迈瑞电子"), fuzzy=False) == []


def test_the_surest_stands_first(known):
    same = known("云杉科技")
    elsewhere, alike = known("北京云杉科技有限公司成都分公司"), known("云山科技")
    assert found(Identity("云杉科技")) == [
        (same, "name", "block"), (elsewhere, "name", "warn"), (alike, "name", "suggest")]


def test_an_alias_counts_like_the_name(known):
    number = known(BOYUAN, aliases=("Boyuan Datacom",))
    assert found(Identity("BOYUAN DATACOM CO., LTD")) == [(number, "name", "block")]
    assert found(Identity("别的", aliases=("博远数据通信",))) == [(number, "name", "block")]


def test_whoever_comes_second_is_told_who_was_first(known, clock):
    first = known(BOYUAN, phones=("13800138000",))
    with pytest.raises(Taken) as taken, transaction():
        hold(new_customer("x", clock()), Identity("博远数据通信", phones=("13800138000",)), clock())
    assert isinstance(taken.value, Conflict)
    assert {(each.customer_id, each.key) for each in taken.value.matches} == {
        (first, "name"), (first, "phone")}
    assert db.session.scalars(select(Customer.id)).all() == [first]


def test_new_keys_take_the_place_of_the_old(known, clock):
    number = known(BOYUAN, aliases=("Boyuan",), phones=("13800138000",))
    with transaction():
        hold(db.session.get_one(Customer, number),
             Identity("杭州博远数据通信", phones=("13800138000", "13900139000")), clock())
    assert keys_of(number) == [
        ("name", "博远数据通信", "杭州", ""), ("phone", "+8613800138000", "", ""),
        ("phone", "+8613900139000", "", "")]
    assert found(Identity("Boyuan Ltd")) == []


def test_what_is_released_is_free(known):
    number = known(BOYUAN, phones=("13800138000",))
    with transaction():
        release(number)
    assert matches(Identity(BOYUAN, phones=("13800138000",))) == []
    assert known(BOYUAN) != number


def test_a_name_without_a_letter_has_no_key(known):
    number = known("…", phones=("13800138000",))
    assert keys_of(number) == [("phone", "+8613800138000", "", "")]
    assert matches(Identity("！！")) == []


def test_the_area_code_of_the_office_completes_numbers(known, admin, clock):
    number = known(BOYUAN, phones=("021-62345678",))
    assert matches(Identity("", phones=("62345678",))) == []
    with transaction():
        change_option(admin.actor, "identity.area_code", "021", clock())
    assert found(Identity("", phones=("62345678",))) == [(number, "phone", "block")]


def test_many_at_once_find_the_same_as_each_alone(known):
    known(BOYUAN, phones=("021-62345678转803",), aliases=("Boyuan Datacom",))
    known("迈锐电子", credit_code="91310000MA1FL0LF0P")
    known("云山科技")
    asked = [
        Identity("博远数据通信（上海）"), Identity("北京博远数据通信"), Identity("上海博远"),
        Identity("boyuan datacom inc"), Identity("", phones=("021-62345678",)),
        Identity("x", credit_code="91310000MA1FL0LF0P"), Identity("迈瑞电子"),
        Identity("云杉科技"), Identity("迈锐电子科技"), Identity("无关公司"), Identity("…"),
    ]
    assert matches_of_many(asked) == [matches(each) for each in asked]


def test_statements_do_not_grow_with_what_is_known(known, statements):
    known(BOYUAN)
    identity = Identity("博远数据通信", aliases=("博远", "Boyuan"), phones=("13800138000",))
    matches(identity)
    db.session.rollback()
    statements.clear()
    matches(identity)
    few = len(statements)
    for place in ("北京", "广州", "成都", "武汉"):
        known(f"{place}博远数据通信有限公司{place}分公司")
    db.session.rollback()
    statements.clear()
    assert len(matches(identity)) == 5
    assert len(statements) == few
