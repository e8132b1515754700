"""Whatever is typed becomes safe HTML, quickly, and keeps its words."""

from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as some

from portal.core.markdown import ATTRIBUTES, LONGEST, TAGS, render
from tests.hostile_texts import HEAVY, PAYLOADS

# Words shown when pointing, and the language: both harmless.
EVERYWHERE = {"title", "lang"}
SCHEMES = {"", "http", "https", "mailto", "tel"}


def tree(text):
    return BeautifulSoup(str(render(text)), "html.parser")


def assert_harmless(page):
    for element in page.find_all(True):
        assert element.name in TAGS
        allowed = ATTRIBUTES.get(element.name, set()) | EVERYWHERE
        assert element.attrs.keys() <= allowed | ({"rel"} if element.name == "a" else set())
        assert urlsplit(str(element.get("href", "")).strip()).scheme.lower() in SCHEMES
        if element.name == "img":
            assert str(element.get("src", "/attachments/")).startswith("/attachments/")
        if element.name == "a" and element.get("href"):
            assert {"noopener", "noreferrer"} <= set(element["rel"])
        if element.name == "input":
            assert element["type"] == "checkbox" and element.has_attr("disabled")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_becomes_harmless(payload):
    assert_harmless(tree(payload))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_is_harmless_inside_other_text(payload):
    for around in ("before\n\n{}\n\nafter", "- {}\n", "| a |\n|---|\n| {} |", "> {}", "**{}**",
                   "[{}](/x)", "# {}"):
        assert_harmless(tree(around.replace("{}", payload)))


@given(some.lists(some.sampled_from([*PAYLOADS, "\n", "\n\n", "> ", "- ", "<", "`", "```", "|"]),
                  max_size=5))
def test_hostile_texts_together_are_harmless(parts):
    assert_harmless(tree("".join(parts)))


@given(some.text(max_size=300))
def test_any_text_becomes_harmless(text):
    assert_harmless(tree(text))


@given(some.text(alphabet="<>/=\"'`*_[]()!#-|~:&;\\ \nascriptonjhref", max_size=200))
def test_any_pile_of_signs_becomes_harmless(text):
    assert_harmless(tree(text))


# Without the bounds each takes minutes.
@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", HEAVY)
def test_heavy_text_is_converted_in_time(name):
    html = render(HEAVY[name] + " ")
    assert len(html) < 40 * LONGEST
    assert_harmless(BeautifulSoup(str(html)[:200_000].rpartition("<")[0], "html.parser"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold** and *italic*", "<strong>bold</strong> and <em>italic</em>"),
        ("~~old~~", "<del>old</del>"),
        ("one\ntwo", "one<br>\ntwo"),
        ("| a | b |\n|---|--:|\n| 1 | 2 |", "<td align=\"right\">2</td>"),
        ("- [x] done", 'type="checkbox"'),
        ("1. one\n2. two", "<ol>"),
        ("```\n<b>\n```", "&lt;b&gt;"),
        ("[原价](https://e.example/a?b=1&c=2)", 'href="https://e.example/a?b=1&amp;c=2"'),
        ("https://e.example/x", 'href="https://e.example/x"'),
        ("![图](/attachments/3)", '<img alt="图" src="/attachments/3">'),
        ("撞单**怎么办**呢", "撞单<strong>怎么办</strong>呢"),
        ("{{customer}}", ">Customer</span>"),
        ("`{{customer}}`", "{{customer}}"),
        ("5 < 6 & 7 > 3", "5 &lt; 6 &amp; 7 &gt; 3"),
    ],
)
def test_what_people_write_looks_as_meant(text, shown):
    assert shown in str(render(text))


def test_headings_of_a_text_stand_below_the_title_of_the_page():
    html = tree("# One\n\n## Two\n\n###### Six")
    assert [element.name for element in html.find_all(True)] == ["h2", "h3", "h6"]


@pytest.mark.parametrize("text", ["# One\n\n## Two", "## One\n\n### Two", "#### One\n\n##### Two"])
def test_the_first_level_of_a_text_follows_the_title_whatever_was_typed(text):
    assert [element.name for element in tree(text).find_all(True)] == ["h2", "h3"]


def test_pictures_from_elsewhere_are_not_fetched():
    assert "evil" not in str(render("![x](https://evil.example/pixel.png)"))
    assert "evil" not in str(render("![x](//evil.example/pixel.png)"))


@pytest.mark.parametrize("path", [
    "/attachments/../?lang=en", "/attachments/1/../../sign-in", "/attachments/1?lang=en",
    "/attachments/%2e%2e/?lang=en", "/attachments/", "/attachments/x",
])
def test_a_picture_opens_no_other_page_of_the_portal(path):
    assert "src=" not in str(render(f"![x]({path})"))


def test_a_long_list_or_table_is_still_one():
    assert tree("- x\n" * 1900).find("li")
    assert tree("|a|\n|-|\n" + "|x|\n" * 1900).find("td")


def test_text_longer_than_any_case_is_shown_as_typed():
    assert str(render("<b>" * LONGEST)).startswith("<pre>&lt;b&gt;")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_two_texts_mix(payload):
    """A converter that is used again must not remember the text before."""
    render(payload)
    assert str(render(f"clean {len(payload)}")) == f"<p>clean {len(payload)}</p>"
