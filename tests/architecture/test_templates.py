"""Templates: fragments with one root, strict about scripts and styles, no word outside `_()`."""

import re

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag

from tests.architecture.source_files import name_of, templates, written_files

TEMPLATES = templates()
IDS = [name_of(path).removeprefix("templates/") for path in TEMPLATES]
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
MACRO = re.compile(r"\{%-?\s*macro\b.*?\{%-?\s*endmacro\s*-?%\}", re.DOTALL)
STATEMENT = re.compile(r"\{%.*?%\}", re.DOTALL)
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
SPOKEN = ("alt", "title", "placeholder", "aria-label", "aria-description", "label", "summary")
# Names that are the same in both languages, and signs that are no words.
SAME_EVERYWHERE = {"Markdown", "B", "KB", "MB", "CSV", "ID"}

LANGUAGE_NAMES = {"中文", "English"}
# Compared with, never shown.
TYPE_NAMES = {"Select", "RadioField", "X-CSRFToken"}


def markup(path, *, macros=True):
    """The HTML of a template with expressions blanked out."""
    text = COMMENT.sub("", path.read_text("utf-8"))
    if not macros:
        text = MACRO.sub("", text)
    return BeautifulSoup(EXPRESSION.sub("§", STATEMENT.sub(" ", text)), "html.parser")


def elements(path):
    return [element for element in markup(path).find_all(True) if isinstance(element, Tag)]


def rendered_alone():
    """Fragments that Python code names: those are served by themselves."""
    named = set()
    for path in written_files():
        if path.suffix == ".py" and "portal" in path.parts:
            named |= set(re.findall(r'"(\w+/_\w+\.html)"', path.read_text("utf-8")))
    return sorted(named)


@pytest.mark.parametrize("name", rendered_alone())
def test_a_fragment_has_one_root_with_its_name_as_id(name):
    assert name in IDS, "there is no such template"
    path = TEMPLATES[IDS.index(name)]
    roots = [node for node in markup(path, macros=False).children if is_content(node)]
    assert len(roots) == 1
    root = roots[0]
    assert isinstance(root, Tag)
    fragment = path.stem.removeprefix("_")
    # A part that stands several times on a page carries its record's number behind the name.
    assert re.fullmatch(rf"{fragment}(-?§)?", str(root.get("id"))) or root.get("id") == "§"


def is_content(node):
    return isinstance(node, Tag) or (isinstance(node, NavigableString) and bool(node.strip()))


@pytest.mark.parametrize("path", TEMPLATES, ids=IDS)
def test_no_inline_style_script_or_handler(path):
    for element in elements(path):
        names = {name.lower() for name in element.attrs}
        assert "style" not in names, element
        assert not [n for n in names if n.startswith("on") or n.startswith("hx-on")], element
        assert element.name != "style", element
        if element.name == "script":
            assert {"src", "nonce"} <= names and not element.text.strip(), element
        for address in ("href", "src", "action", "formaction"):
            assert not str(element.get(address, "")).lower().startswith(("javascript:", "data:"))


@pytest.mark.parametrize("path", TEMPLATES, ids=IDS)
def test_nothing_is_fetched_from_elsewhere(path):
    for element in elements(path):
        for name in ("src", "srcset", "poster"):
            assert "//" not in str(element.get(name, "")), element
        if element.name == "link":
            assert "//" not in str(element.get("href", "")), element


@pytest.mark.parametrize("path", TEMPLATES, ids=IDS)
def test_every_visible_word_can_be_translated(path):
    soup = markup(path)
    spoken = [text for text in soup.find_all(string=True) if type(text) is NavigableString]
    spoken += [str(element.get(name, "")) for element in elements(path) for name in SPOKEN]
    untranslatable = [
        text.strip() for text in spoken
        if any(word not in SAME_EVERYWHERE for word in re.findall(r"[^\W\d_]+", text))
    ]
    assert untranslatable == []


@pytest.mark.parametrize("path", TEMPLATES, ids=IDS)
def test_no_word_hides_in_an_expression(path):
    text = COMMENT.sub("", path.read_text("utf-8"))
    code = " ".join(STATEMENT.findall(text) + EXPRESSION.findall(text))
    code = re.sub(r"\b(?:_|ngettext)\((?:'[^']*'|\"[^\"]*\"|[^'\"()])*", "", code)
    literals = [a or b for a, b in re.findall(r"'([^']*)'|\"([^\"]*)\"", code)]
    words = [word for word in literals if re.search(r"\b[A-Z][a-z]+\b|[\u4e00-\u9fff]{2}", word)]
    assert set(words) <= LANGUAGE_NAMES | TYPE_NAMES


@pytest.mark.parametrize("path", TEMPLATES, ids=IDS)
def test_forms_that_change_something_carry_their_token(path):
    text = COMMENT.sub("", path.read_text("utf-8"))
    for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, re.DOTALL):
        assert re.search(r"csrf\(|csrf_token|hidden_tag", form), form[:200]


@pytest.mark.parametrize("path", TEMPLATES, ids=IDS)
def test_nothing_is_marked_safe_by_hand(path):
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", path.read_text("utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=IDS)
def test_what_works_by_script_works_without(path):
    """`hx-get` stands beside an address, `hx-post` in a form or a button of a form."""
    for element in elements(path):
        if "hx-get" in element.attrs and element.name == "a":
            assert element.get("href"), element
        if "hx-post" in element.attrs and element.name != "form":
            assert element.name == "button" and element.get("type") == "submit", element
