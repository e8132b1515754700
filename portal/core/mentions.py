"""People called by "@login" in a text: marked while it is converted, named when it is shown.

What is converted is remembered for long, and names change: so the two are done apart.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from flask import Flask, current_app, g, has_app_context, has_request_context
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString
from markupsafe import escape

# Chinese is written without spaces, so any Han sign may stand before it; but no letter, or it is
# an e-mail address, and no slash, or it is part of another address.
WORD = r"(?<![A-Za-z0-9._%+\-@/\\])@([A-Za-z0-9][A-Za-z0-9._@+-]{0,62}[A-Za-z0-9_])"
MARK = '<span class="mention">'
# Nobody is called inside of links and code, which the sanitised text may hold as raw HTML, too.
TOKEN = re.compile(
    rf"<(?P<end>/?)(?:a|code|pre)\b[^>]*>|{MARK}@(?P<word>[A-Za-z0-9._@+-]+)</span>"
)
CUT = re.compile(r"[._@+-]")


@dataclass(frozen=True)
class Called:
    """A person as a link shows them."""

    name: str
    login: str
    url: str


# Gives those of these logins that exist.
Lookup = Callable[[Collection[str]], Mapping[str, Called]]


def _nobody(logins: Collection[str]) -> Mapping[str, Called]:
    """Outside of the portal nobody is known."""
    return {}


def init_app(app: Flask, lookup: Lookup) -> None:
    """Let texts be shown with these people's names."""
    app.extensions["people_called"] = lookup


class Mentions(Extension):
    """Marks every "@login", after code and links have been taken out of the text."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        md.inlinePatterns.register(_Mention(WORD, md), "mention", 70)


class _Mention(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        mark = Element("span", {"class": "mention"})
        mark.text = AtomicString(m[0])
        return mark, m.start(0), m.end(0)


def candidates(word: str) -> list[str]:
    """The logins that may be meant, the longest first: in "bob.thanks" it is "bob", unless
    somebody is called so in full."""
    word = word.lower()
    ends = [len(word), *reversed([cut.start() for cut in CUT.finditer(word)])]
    return [word[:end] for end in ends if end > 1]


def words_in(html: str) -> list[str]:
    """The words after "@" in a converted text, in their order."""
    return list(dict.fromkeys(word for _before, word in _pieces(html) if word))


def with_names(html: str) -> str:
    """The converted text with each known person as a link, and the rest as it was typed."""
    if MARK not in html:
        return html
    known = _people(candidate for word in words_in(html) for candidate in candidates(word))
    return "".join(before + _shown(word, known) for before, word in _pieces(html))


def meet(pages: Iterable[str]) -> None:
    """Look the people of several converted texts up together, before each is shown."""
    words = {word for html in pages if MARK in html for word in words_in(html)}
    _people(candidate for word in words for candidate in candidates(word))


def _pieces(html: str) -> Iterator[tuple[str, str]]:
    """The text before each mention and the word of it; the rest with an empty word."""
    depth = done = 0
    before = ""
    for token in TOKEN.finditer(html):
        before += html[done : token.start()]
        done, word = token.end(), token["word"]
        if not word:
            depth = max(depth - 1, 0) if token["end"] else depth + 1
            before += token[0]
        elif depth:
            before += f"@{word}"
        else:
            yield before, word
            before = ""
    yield before + html[done:], ""


def _shown(word: str, known: Mapping[str, Called | None]) -> str:
    if not word:
        return ""
    for candidate in candidates(word):
        if person := known.get(candidate):
            link = (f'<a class="mention" href="{escape(person.url)}" '
                    f'title="{escape(person.login)}">@{escape(person.name)}</a>')
            return link + word[len(candidate):]
    return f"@{word}"


def _people(logins: Iterable[str]) -> Mapping[str, Called | None]:
    """Each asked for once in a request."""
    met: dict[str, Called | None] = {}
    if has_request_context():
        met = g.setdefault("people_called", met)
    if new := [login for login in dict.fromkeys(logins) if login not in met]:
        lookup: Lookup = current_app.extensions["people_called"] if has_app_context() else _nobody
        met |= {**dict.fromkeys(new), **lookup(new)}
    return met
