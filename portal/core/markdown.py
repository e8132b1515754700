"""Markdown to safe HTML: every extension first, then one sanitiser over the result."""

import re
import threading
from collections.abc import Iterable
from typing import Any

import markdown
import nh3
from markupsafe import Markup, escape

from portal.core import mentions, pictures, placeholders
from portal.core.memory import remembered

EXTENSIONS: list[Any] = [
    mentions.Mentions(),
    "tables", "sane_lists", "nl2br",
    "pymdownx.superfences", "pymdownx.tilde", "pymdownx.magiclink", "pymdownx.tasklist",
]
TAGS = {
    "a", "abbr", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "img", "input", "ins", "kbd", "li", "mark", "ol", "p", "pre",
    "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "input": {"type", "checked", "disabled"},
    "li": {"class"}, "ul": {"class"}, "ol": {"start"},
    "td": {"align"}, "th": {"align"}, "span": {"class"},
}
HEADING = re.compile("<h([1-6])>")
HEADING_TAG = re.compile("(</?h)([1-6])>")
LONGEST = 200_000
# The converter's time grows with the square of these; no text that somebody reads has so many.
CROWDED = {"[": 2000, "<": 2000, "```": 1000, "@": 2000}
# Likewise with the lines of one block; blank lines part the blocks.
MOST_LINES = 2000
BLANK_LINES = re.compile(r"\n[ \t]*\n")
PICTURE = re.compile(r"/attachments/[0-9]+(?:\?download)?")
# Some thousand usual texts; what is remembered stays below 40 MB.
REMEMBERED = 8_000_000
_local = threading.local()


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Narrow the few attributes whose value matters."""
    if tag == "span":
        return value if value == "mention" else None
    if name == "class":
        return value if value in ("task-list", "task-list-item") else None
    if tag == "img" and name == "src":
        # A picture from elsewhere would tell its host who reads the case; and a path that climbs
        # out of the attachments would open other pages in the reader's name.
        return value if PICTURE.fullmatch(value) else None
    return value


def render(text: str) -> Markup:
    """Safe HTML for any text whatever, with the names of the people it calls, and what is to be
    filled in marked."""
    return placeholders.marked(with_names(text))


def with_names(text: str) -> Markup:
    """The same with `{{…}}` as they were typed."""
    html = pictures.with_sizes(mentions.with_names(converted(text)))
    return Markup(html)  # noqa: S704 - cleaned, and escaped


def prepare(texts: Iterable[str]) -> None:
    """Look up the people whom these texts call in one statement, and the sizes of their pictures
    in another, before they are rendered."""
    texts = list(texts)
    mentions.meet(converted(text) for text in texts if "@" in text)
    pictures.meet(converted(text) for text in texts if "/attachments/" in text)


def called_in(text: str) -> list[list[str]]:
    """The logins that may be meant by each "@…" of a text, the likeliest first; what stands in
    code, in links and in addresses calls nobody."""
    words = mentions.words_in(converted(text)) if "@" in text else []
    return [mentions.candidates(word) for word in words]


@remembered(REMEMBERED)
def converted(text: str) -> str:
    """Safe HTML in which people are only marked; a text that takes too long to convert is shown
    as typed."""
    if _takes_too_long(text):
        return str(_as_typed(text))
    try:
        html = _converter().reset().convert(text)
    except RecursionError:
        return str(_as_typed(text))
    clean = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "tel"}, link_rel="noopener noreferrer nofollow",
        # Whatever else a text calls an input, it becomes the box of a list, and cannot be used.
        set_tag_attribute_values={"input": {"type": "checkbox", "disabled": ""}},
    )
    # The page has its title: the first level of the text stands just below it.
    return _level_headings(clean)


def _converter() -> markdown.Markdown:
    """One converter a thread: making one costs more than using it."""
    if not hasattr(_local, "converter"):
        _local.converter = markdown.Markdown(
            extensions=EXTENSIONS,
            # Alignment as an attribute: inline styles do not pass the sanitiser.
            extension_configs={"tables": {"use_align_attribute": True}},
        )
    converter: markdown.Markdown = _local.converter
    return converter


def _takes_too_long(text: str) -> bool:
    return (
        len(text) > LONGEST
        or any(text.count(sign) > most for sign, most in CROWDED.items())
        or any(block.count("\n") > MOST_LINES for block in BLANK_LINES.split(text))
    )


def _as_typed(text: str) -> Markup:
    return Markup("<pre>") + escape(text[:LONGEST]) + Markup("</pre>")


def _level_headings(html: str) -> str:
    levels = [int(level) for level in HEADING.findall(html)]
    if not levels:
        return html
    shift = 2 - min(levels)
    return HEADING_TAG.sub(lambda tag: f"{tag[1]}{min(int(tag[2]) + shift, 6)}>", html)
