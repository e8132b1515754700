"""Cases as rows of a table that an import reads back: words in the reader's language."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from typing import Any

from portal.cases import words
from portal.cases.exchange.columns import FIELDS, header_of
from portal.cases.exchange.writing import case_fields
from portal.cases.models import Case
from portal.lists.queries import Vocabulary

# Fields that hold codes of a fixed vocabulary, and of an editable list.
FIXED = {
    "kind": {code: word for code, (word, _) in words.KINDS.items()},
    "audience": words.AUDIENCES, "source": words.SOURCES, "confidence": words.TRUST,
    "amount_band": words.AMOUNT_BANDS, "roles_reached": words.DECISION_ROLES,
}
LISTED = {
    "stage": "stage", "industry": "industry", "product": "product", "region": "region",
    "stage_reached": "stage", "main_reason": "reason", "contributing_reasons": "reason",
}
# Its entries may hold commas; a line is one entry.
BY_LINE = ("actions",)


def header(language: str) -> list[str]:
    """The words over the columns."""
    return [header_of(field, language) for field in FIELDS]


def rows(
    cases: Iterable[Case], zone: tzinfo, language: str, lists: Vocabulary
) -> Iterator[list[str]]:
    """One row for each case, in the order of `FIELDS`."""
    for case in cases:
        values = {**case_fields(case, (), zone), "body": case.body}
        yield [_cell(field, values.get(field), language, lists) for field in FIELDS]


def _cell(field: str, value: Any, language: str, lists: Vocabulary) -> str:
    if isinstance(value, list):
        parts = [_word(field, part, language, lists) for part in value]
        return ("\n" if field in BY_LINE else _comma(language)).join(parts)
    return "" if value is None else _word(field, value, language, lists)


def _comma(language: str) -> str:
    return "、" if language == "zh" else ", "


def _word(field: str, value: Any, language: str, lists: Vocabulary) -> str:
    if field in FIXED:
        return str(FIXED[field].get(value, value))
    if field in LISTED:
        entry = lists[LISTED[field]].get(value)
        return entry.label(language) if entry else str(value)
    return str(value)


def sample(language: str) -> list[Sequence[str]]:
    """A file to start from: the header and three cases, one of them with as little as needed."""
    fields = ("title", "kind", "body", "tags", "stage", "industry", "product", "author",
              "created", "main_reason", "competitors")
    chosen = SAMPLES["zh" if language == "zh" else "en"]
    return [[header_of(field, language) for field in fields], *chosen]


SAMPLES: dict[str, list[Sequence[str]]] = {
    "zh": [
        ("两位同事同时跟进一家客户怎么办", "问题",
         "客户收到了两份不同的报价，问我们以谁为准。\n\n现在需要决定由谁继续跟进。",
         "撞单、客户归属", "需求", "制造业", "ERP系统", "张三", "2026-03-02", "", ""),
        ("某医院项目丢单复盘", "丢单复盘", "技术评分第一，商务评分第三。", "招投标", "谈判",
         "医疗健康", "CRM系统", "李四", "2026-04-18", "价格", "甲公司、乙公司"),
        ("拜访前先看对方的招聘信息", "", "", "", "", "", "", "", "", "", ""),
    ],
    "en": [
        ("Two of us follow the same customer", "Problem",
         "The customer got two quotations and asks which one counts.\n\nWho goes on?",
         "double claim, ownership", "Needs", "Manufacturing", "ERP", "Ann Example",
         "2026-03-02", "", ""),
        ("Lost: a hospital's tender", "Loss retrospective",
         "First in the technical part, third in price.", "tender", "Negotiation", "Healthcare",
         "CRM", "Ben Example", "2026-04-18", "Price", "A Corp, B Corp"),
        ("Read their job advertisements before a visit", *[""] * 10),
    ],
}
