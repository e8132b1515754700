"""Names of companies: the table of shapes, and what holds for every name."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from portal.customers.identity.comparing import compare_names, verdict_of
from portal.customers.identity.folding import LONGEST
from portal.customers.identity.held import sound_of
from portal.customers.identity.names import LONGEST_PART, name_key
from portal.customers.identity.places import gazetteer
from portal.customers.identity.rules import NameKey

TABLE = Path(__file__).with_name("companies.csv")
with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = [(row["a"], row["b"], row["expect"]) for row in csv.DictReader(file)]
NAMES = sorted({name for a, b, _ in ROWS for name in (a, b)})

SIGNS = "北京上海深圳市省区县科技集团有限公司（）()分第一二云杉华远A b.&·-,\u3000\u200b"
names = st.one_of(
    st.sampled_from(NAMES),
    st.text(st.sampled_from(SIGNS), max_size=30),
    st.text(max_size=60),
)
# No two of these signs together are a place, which a name could begin with.
brands = st.text(st.sampled_from("云杉华远迈锐恒泰星瀚博飞鹏凯旋隆"), min_size=2, max_size=4)
trades = st.sampled_from(["科技", "软件", "电子", "精密机械", "数据通信", "食品", "环保科技"])
cities = st.sampled_from(["上海", "北京", "深圳", "苏州", "杭州", "成都", "重庆"])
forms = st.sampled_from(["", "有限公司", "有限责任公司", "股份有限公司", "集团", "集团有限公司",
                         "（集团）有限公司", "公司", "总公司", "集团股份有限公司"])


@pytest.mark.parametrize(("a", "b", "expect"), ROWS)
def test_the_table_of_shapes(a, b, expect):
    assert compare_names(a, b).verdict == expect


def test_the_table_holds_every_verdict_often():
    verdicts = [expect for _, _, expect in ROWS]
    assert len(ROWS) > 300 and min(map(verdicts.count, ("block", "warn", "different"))) > 50


@given(names)
def test_every_name_is_the_same_as_itself(name):
    key = name_key(name)
    assert compare_names(name, name).verdict == ("different" if key is None else "block")


@given(names, names)
def test_a_verdict_knows_no_order(a, b):
    assert compare_names(a, b).verdict == compare_names(b, a).verdict


@given(names)
def test_keys_are_bounded_and_bare(name):
    key = name_key(name)
    if key is not None:
        assert key.core and len(key.core) <= LONGEST and len(key.branch) <= LONGEST_PART
        assert len(key.region) <= LONGEST_PART
        assert not set(key.core) & set(" ()（）·.,，\u200b%_")
        assert len(sound_of(key.core)) <= 80


@given(st.text(min_size=200, max_size=5000))
def test_endless_names_have_short_keys(name):
    key = name_key(name)
    assert key is None or len(key.core) <= LONGEST


def test_two_endless_names_stay_different():
    one, other = (name_key("x" * 150 + end) for end in "ab")
    assert one is not None and other is not None and one.core != other.core


@given(cities, brands, trades, forms)
def test_how_a_name_is_written_does_not_matter(city, brand, trade, form):
    plain = name_key(f"{city}{brand}{trade}有限公司")
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign
                   for sign in f"{brand}{trade}({city}){form}")
    for written in (
        f"{city}市{brand}{trade}{form}", f"{brand}{trade}（{city}）{form}",
        f"{brand}（{city}）{trade}{form}", f" {city} {brand} {trade}{form}\u200b",
        f"「{brand}」{trade}【{city}】{form}", wide,
        OpenCC("s2t").convert(f"{city}市{brand}{trade}{form}"),
    ):
        assert name_key(written) == plain, written


@given(cities, cities, brands, trades)
def test_the_place_decides_between_block_and_warn(one, other, brand, trade):
    a, b = f"{one}{brand}{trade}有限公司", f"{brand}{trade}（{other}）有限公司"
    assert compare_names(a, b).verdict == ("block" if one == other else "warn")
    assert compare_names(a, f"{brand}{trade}").verdict == "block"


@given(cities, brands, trades, cities)
def test_a_branch_is_related_to_its_company(city, brand, trade, place):
    company = f"{city}{brand}{trade}有限公司"
    assert compare_names(company, f"{company}{place}分公司").verdict == "warn"


@given(st.sampled_from(["银行", "地铁", "大学", "汽车集团", "机场", "第一人民医院", "自来水公司"]),
       cities, cities)
def test_where_the_place_is_the_name_it_is_never_folded(what, one, other):
    assert compare_names(f"{one}{what}", f"{other}{what}").verdict == (
        "block" if one == other else "different")


def test_every_listed_place_is_known_with_and_without_its_ending():
    for name, place in gazetteer().places.items():
        if name == "中国":
            continue
        written = f"{name}市" if place.kind == "k" else name
        key = name_key(f"{written}博远数据通信有限公司")
        assert key == NameKey("博远数据通信", name), written
        assert name_key(f"博远数据通信（{written}）有限公司") == key


def test_a_verdict_is_explained_key_by_key():
    told = compare_names("上海博远数据通信有限公司", "北京博远数据通信有限公司南京分公司")
    assert told.verdict == "warn"
    assert [(why.a, why.b) for why in told.why] == [
        ("博远数据通信", "博远数据通信"), ("上海", "北京"), ("", "南京分公司")]
    assert verdict_of(NameKey("a"), NameKey("b")) == "different"
