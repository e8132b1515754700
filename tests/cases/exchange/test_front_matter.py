"""Front matter by examples, and by any text at all."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.cases.exchange.front_matter import FrontMatterError, Page, compose, parse

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
awkward = st.sampled_from(
    ["---", "\n---\n", "...", "a: b", "- x", "yes", "null", "~", "1e3", "007", "1.10", "12:30",
     "2024-01-01", "#x", "'", '"', "撞单：怎么办", "a\r\nb", "\ufeff", "x\n\n y\n", "{{客户}}", " ",
     "\t", "\x85", "\u2028", "%", "@", "&a", "*a", "!t", "|", ">", "=", "<<", "a #b", "\n"]
)
words = texts | awkward | st.tuples(awkward, texts, awkward).map("".join)
# Other numbers are kept as words, which the examples below show.
numbers = st.integers(-(10**17), 10**17) | st.booleans() | st.none() | st.decimals(
    -1000, 1000, places=2
).map(float)
plain = st.recursive(
    words | numbers,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@example({"": None, "\n\u2028": []}, "\x86")
@example({"": "\n"}, "")
@given(st.dictionaries(words, plain, max_size=8), words)
def test_what_was_composed_is_parsed_equal(fields: dict[str, object], body: str) -> None:
    assert parse(compose(fields, body)) == Page(fields, body)


@settings(max_examples=400, deadline=None)
@given(words | st.tuples(st.just("---\n"), words, st.just("\n---\n"), words).map("".join))
def test_any_text_is_parsed_or_refused_with_a_line(text: str) -> None:
    try:
        page = parse(text)
    except FrontMatterError as error:
        assert 1 <= error.line <= text.count("\n") + text.count("\r") + 50
    else:
        assert parse(compose(page.fields, page.body)) == page


def test_words_stay_words() -> None:
    page = parse("---\ntitle: 12:30\nday: 2026-01-15\nno: no\nn: 007\nf: 1.10\n---\nBody\n")
    assert page.fields == {"title": "12:30", "day": "2026-01-15", "no": "no", "n": "007",
                           "f": "1.10"}
    assert page.body == "Body\n"
    assert page.lines["day"] == 3


def test_numbers_truth_and_nothing() -> None:
    page = parse('---\na: 5\nb: -12.5\nc: true\nd:\ne: "5"\n---\n')
    assert page.fields == {"a": 5, "b": -12.5, "c": True, "d": None, "e": "5"}


@pytest.mark.parametrize("text", ["", "# Title\n", "---\n\nA rule first\n", "--- \nplain\n---\nx"])
def test_a_text_without_front_matter_is_all_body(text: str) -> None:
    assert parse(text) == Page({}, text)


def test_windows_line_ends_are_kept_in_the_body() -> None:
    assert parse("---\r\ntitle: A\r\n---\r\nx\r\ny") == Page({"title": "A"}, "x\r\ny")


BOMB = "---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n"


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("---\ntitle: a\nkind: [win\n---\n", 4, "invalid"),
        ("---\ntitle: a: b\n---\n", 2, "colon"),
        ("---\ntitle: a\n", 1, "not_closed"),
        (BOMB, 3, "alias"),
        ("---\nx: 1\na: " + "[" * 5000 + "\n---\n", 3, "too_deep"),
        ("---\na: !!python/object:os.system x\n---\n", 2, "tag"),
        ("---\na: 1\nb: 2\na: 3\n---\n", 4, "twice"),
        ("---\n- a\n---\n", 2, "no_keys"),
        ("---\na: 1\nb: \x01\n---\n", 3, "unprintable"),
        ("---\n? [a]\n: b\n---\n", 2, "invalid"),
        ("---\na:\n" + "- x\n" * 20_000 + "---\n", 10_000, "too_deep"),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, line: int, code: str) -> None:
    with pytest.raises(FrontMatterError) as caught:
        parse(text)
    assert (caught.value.code, caught.value.line) == (code, line)
