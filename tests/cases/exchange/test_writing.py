"""What is written as a file is read back equal, for any content at all."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.cases import rules
from portal.cases.content import CaseContent, RetrospectiveContent
from portal.cases.exchange.front_matter import parse
from portal.cases.exchange.reader import Reader
from portal.cases.exchange.reading import read
from portal.cases.exchange.records import CaseRecord
from portal.cases.exchange.writing import Attached, case_file
from portal.cases.models import Case, Retrospective
from portal.core.text import block, line
from portal.lists.models import Term
from portal.people.models import Team, User
from tests.cases.exchange.test_reading import CODES

ZONE = ZoneInfo("Asia/Shanghai")
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    ["yes", "null", "~", "12:30", "1.10", "---", "a: b", "{{客户}}", "'\"", "# x", "- a"]
)
words = text.map(line).filter(bool)
code = st.none() | st.sampled_from(["needs", "price", "华东"])
moments = st.datetimes(
    datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)
) | st.just(datetime(2026, 1, 14, 16, tzinfo=UTC))
lists = st.lists(words, max_size=4).map(tuple)
several = st.lists(words.filter(lambda word: word not in ("null", "~")), max_size=4).map(tuple)
facts = st.builds(
    RetrospectiveContent,
    amount_band=st.none() | st.sampled_from(rules.AMOUNT_BANDS),
    cycle_days=st.none() | st.integers(0, 3650), competitors=several, stage_reached=code,
    roles_reached=st.lists(st.sampled_from(rules.DECISION_ROLES), unique=True).map(tuple),
    main_reason=code, contributing_reasons=several,
    price_gap=st.none() | st.decimals(-100, 1000, places=2, allow_nan=False),
    actions=several, repeat=text.map(lambda t: block(t).strip()),
    avoid=text.map(lambda t: block(t).strip()),
)
extra = st.dictionaries(
    words.filter(lambda word: word.strip().islower() is False and not word.isascii()),
    words | st.integers(-100, 100) | st.booleans() | st.lists(words, max_size=3), max_size=3,
)
contents = st.builds(
    CaseContent, kind=st.sampled_from(rules.KINDS), title=words, body=text.map(block),
    tags=st.lists(words, max_size=4, unique=True).map(lambda found: tuple(sorted(found))),
    stage=code, industry=code, product=code, region=code,
    audience=st.sampled_from(rules.AUDIENCES), source=st.sampled_from(rules.SOURCES),
    retrospective=facts, extra=extra,
)


def row_of(content: CaseContent, created: datetime, updated: datetime, byline: str | None) -> Case:
    won_or_lost = content.kind in rules.RETROSPECTIVES
    values = vars(content.retrospective) if won_or_lost else {}
    return Case(
        ref="r-1", kind=content.kind, title=content.title, body=content.body,
        tags=[Term(list="tag", code=tag, label_zh=tag) for tag in content.tags],
        stage=content.stage, industry=content.industry, product=content.product,
        region=content.region, audience=content.audience, source=content.source,
        extra=dict(content.extra), owner=User(login="alice", name="李: 爱丽"), byline=byline,
        team=Team(name="东 区: 一"), confidence="archived", confidence_before="validated",
        verified_until=date(2026, 3, 1), created_at=created, updated_at=updated,
        retrospective=Retrospective(**{
            key: list(value) if isinstance(value, tuple) else value
            for key, value in values.items()
        }) if won_or_lost else None,
    )


@settings(max_examples=300, deadline=None)
@given(contents, moments, moments, st.none() | words)
def test_a_written_case_is_read_equal(
    content: CaseContent, created: datetime, updated: datetime, byline: str | None
) -> None:
    case = row_of(content, created, updated, byline)
    file = case_file(case, case.body, [Attached("图: 1.png", "attachments/r-1/图_ 1.png")], ZONE)
    record = read(Reader("cases/r-1.md", parse(file), CODES, ZONE))
    assert isinstance(record, CaseRecord)
    assert record.content == case.content
    assert (record.ref, record.created) == ("r-1", created)
    assert record.updated == (None if updated == created else updated)
    assert record.author == line(byline or "李: 爱丽 <alice>")[:120]
    assert record.team == ("东 区: 一" if content.audience == "team" else None)
    assert (record.confidence, record.confidence_before) == ("archived", "validated")
    assert record.verified_until == date(2026, 3, 1)
    assert [(file.name, file.path) for file in record.files] == [
        ("图: 1.png", "attachments/r-1/图_ 1.png")
    ]


def test_the_order_of_keys_and_the_look_of_a_file() -> None:
    content = CaseContent(
        kind="loss", title="丢单：价格", body="第一段\n\n---\n\n第二段", tags=("价格",),
        retrospective=RetrospectiveContent(price_gap=Decimal("12.50"), actions=("一", "二")),
        extra={"rating": 5},
    )
    created = datetime(2026, 1, 14, 16, tzinfo=UTC)
    assert case_file(row_of(content, created, created, None), content.body, [], ZONE) == (
        "---\nref: r-1\nkind: loss\ntitle: 丢单：价格\ntags:\n- 价格\naudience: everyone\n"
        "author: '李: 爱丽 <alice>'\ncreated: 2026-01-15\nconfidence: archived\n"
        "confidence_before: validated\nverified_until: 2026-03-01\nprice_gap: 12.5\nactions:\n"
        "- 一\n- 二\nrating: 5\n---\n第一段\n\n---\n\n第二段\n"
    )
