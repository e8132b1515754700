"""A small sales library for the tests of search, and short ways to ask for it."""

from datetime import UTC, datetime

from portal.search.document import Document
from portal.search.engine import SearchRequest
from portal.search.query import parse

ALL = frozenset({"all"})
TEAM = frozenset({"all", "team:3"})


def document(number, title, body="", *, access=("all",), tags=(), names=(), day=1, **facets):
    moment = datetime(2026, 1, day, 12, tzinfo=UTC)
    return Document(
        ref=f"case:{number}",
        title=title,
        body=body,
        access=frozenset(access),
        facets={"tag": tuple(tags), **{name: (value,) for name, value in facets.items()}},
        names=tuple(names),
        created=moment,
        updated=moment,
    )


LIBRARY = [
    document(1, "两个销售撞单怎么处理", "同一客户被两个人同时跟进，以报备时间为准。",
             tags=["撞单", "客户归属"], names=["张伟"], kind="problem", day=1),
    document(2, "价格太贵被拒：丢单复盘", "客户嫌贵，竞品报价低12%，最终输给友商。U8接口也要钱。",
             tags=["价格"], kind="loss", day=2),
    document(3, "軟體專案驗收延期", "客戶的資訊系統驗收延誤，專案經理沒有跟進。",
             kind="problem", day=3),
    document(4, "机密：大客户底价", "撞单时的底价", access=("team:3",), tags=["撞单"], kind="intel",
             day=4),
    document(5, "Handling price objections", "When it is too expensive, quote value first.",
             kind="playbook", day=5),
    document(6, "用友U8-ERP接口报价", "Ｕ８－ＥＲＰ 接口 二次开发 报价 方法。",
             kind="playbook", day=6),
    document(7, "重点客户拜访", "重点在于制定计划", kind="lesson", day=7),
]


def ask(engine, text, access=ALL, **wanted):
    return engine.search(SearchRequest(parse(text), access, **wanted))


def found(engine, text, access=ALL, **wanted):
    return [int(hit.ref.removeprefix("case:")) for hit in ask(engine, text, access, **wanted).hits]
