"""Finding and filling what a playbook leaves open."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.playbooks.filling import escaped, fields, filled_markdown, pieces, values_of
from portal.cases.playbooks.messages import as_message
from portal.core import markdown
from portal.core.text import line


def keys(text):
    return [field.key for field in fields(text, "zh")]


@pytest.mark.parametrize(
    ("text", "found"),
    [("{{customer}} {{客户}} {{ Customer }}", ["customer"]),
     ("`{{customer}}` {{amount}}", ["amount"]),
     ("```\n{{customer}}\n```\n{{product}}", ["product"]), ("~~~\n{{a}}", []),
     ("``a ` {{a}}`` {{b}}", ["b"]), ("` {{a}}", ["a"]), ("`x\n\n{{a}}`", ["a"]),
     ("> ```\n> {{a}}\n> ```\n{{b}}", ["b"]), ("{{我们的词}}", ["我们的词"]), ("no", [])],
)
def test_what_is_to_be_filled_in(text, found):
    assert keys(text) == found


def test_one_field_for_all_its_places_with_the_first_default():
    (field,) = fields("{{amount}} {{金额|待定}} {{price|面议}}", "zh")
    assert (field.label, field.default, field.kind, field.times) == ("金额", "待定", "amount", 3)
    assert fields("{{amount}}", "en")[0].label == "Amount"


@given(st.text(alphabet="`~{}ab>\n |", max_size=80))
def test_the_pieces_of_a_text_are_the_text(text):
    assert "".join(piece for piece, _is_code in pieces(text)) == text


@given(st.text(max_size=40))
def test_a_value_is_shown_as_it_was_typed(value):
    value = line(value)
    shown = str(markdown.converted(filled_markdown("前{{x}}后", {"x": value})))
    text = html.unescape(re.sub("<[^>]*>", "", shown))
    if value:
        assert line(text) == f"前{value}后"


@given(st.sampled_from(["# a", "1. b", "- c", "> d", "| e |", "**f**", "<b>g</b>", "[h](i)",
                        "`j`", "{{customer}}", "2026.5", "=", "~~k~~", "@alice", "&lt;"]))
def test_marks_in_a_value_do_nothing_even_at_the_start_of_a_line(value):
    shown = str(markdown.converted(filled_markdown("{{x}}", {"x": value})))
    assert html.unescape(re.sub("</?(p|a)[^>]*>", "", shown)).strip() == value


def test_a_value_is_not_filled_again():
    text = "{{customer}} {{amount}}"
    values = {"customer": "{{amount}}", "amount": "5"}
    assert filled_markdown(text, values) == f"{escaped('{{amount}}')} 5"


def test_what_nobody_fills_keeps_its_default_or_stays_open():
    assert filled_markdown("{{amount|待定}} {{customer}}", {}) == "待定 {{customer}}"


def test_values_are_known_by_any_of_their_names():
    assert values_of({"客户": " 华东 机械 ", "amount": "5", "x": "?"}, "{{客户}} {{金额}}") == {
        "customer": "华东 机械", "amount": "5"}


def test_a_message_reads_well_without_marks():
    text = ("## 开场\n\n- **先问** [资料](https://e.example/a)\n- [ ] 带名片\n- [x] 已约\n\n"
            "> 您好\n\n"
            "| 项 | 价 |\n|---|---|\n| 软件 | 10 |\n\n1. 一\n\n```\ncode\n```")
    assert as_message(text) == (
        "【开场】\n\n• 先问 资料 https://e.example/a\n☐ 带名片\n☑ 已约\n\n您好\n\n"
        "项 – 价\n软件 – 10\n\n1. 一\n\ncode")


@pytest.mark.parametrize("sign", ["`", "``` ", "{{a}}", "`{{a}}", "[", "> ", "~~~\n", "| "])
def test_no_text_takes_long(sign):
    text = sign * 20_000
    assert sum(len(piece) for piece, _is_code in pieces(text)) == len(text)
    as_message(text)
    fields(text, "zh")
