"""Finds and fills the placeholders of a Markdown text, on plain values.

What is filled in is text, whatever it looks like: it is never read as Markdown, nor for further
placeholders. What stands in code stays as it is. (Indented code is not looked for: in lists it
cannot be told from the text of an item.)
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from portal.core.placeholders import PLACEHOLDER, Placeholder, key_of, of_match
from portal.core.text import line

FENCE = re.compile(r"^[ >]{0,12}(`{3,}|~{3,})", re.MULTILINE)
TICKS = re.compile(r"`+")
BLANK_LINE = re.compile(r"\n[ \t]*\n")
LONGEST_VALUE = 200
# A line to write on by hand, where nothing but signs can be sent.
BLANK = "____"
ESCAPED = re.compile(r"([\\`*_{}\[\]()~|])")
ENTITIES = {"&": "&amp;", "<": "&lt;", "@": "&#64;"}
# What begins a heading, a list or a quotation at the start of a line.
AT_START = re.compile(r"^(\d{0,9})([#>+\-.)])")


@dataclass(frozen=True)
class Field:
    """One thing to fill in, wherever it stands in the text."""

    key: str
    label: str
    kind: str
    default: str = ""
    times: int = 1


def fields(text: str, language: str) -> list[Field]:
    """What the text asks for, in the order of the text; the first default is offered."""
    found: dict[str, Field] = {}
    for place in placeholders(text):
        known = found.get(place.key)
        found[place.key] = Field(
            place.key, place.label(language), place.kind,
            (known.default if known else "") or place.default, known.times + 1 if known else 1,
        )
    return list(found.values())


def placeholders(text: str) -> Iterator[Placeholder]:
    """Every placeholder outside of code."""
    if "{{" in text:
        for piece, is_code in pieces(text):
            if not is_code:
                yield from (of_match(match) for match in PLACEHOLDER.finditer(piece))


def replaced(text: str, make: Callable[[Placeholder], str | None]) -> str:
    """The text with `make` in place of its placeholders; None leaves one as it is."""
    if "{{" not in text:
        return text
    return "".join(
        piece if is_code else PLACEHOLDER.sub(lambda match: _made(match, make), piece)
        for piece, is_code in pieces(text)
    )


def filled_markdown(text: str, values: Mapping[str, str]) -> str:
    """The Markdown with these values as text; what nobody fills stays to be filled later."""

    def value(place: Placeholder) -> str | None:
        said = values.get(place.key) or place.default
        return escaped(said) if said else None

    return replaced(text, value)


def escaped(value: str) -> str:
    """A value as Markdown that shows exactly the value."""
    value = ESCAPED.sub(r"\\\1", line(value))
    for sign, entity in ENTITIES.items():
        value = value.replace(sign, entity)
    # No backslash keeps a row of these from making the line above a heading.
    value = f"&#61;{value[1:]}" if value.startswith("=") else value
    return AT_START.sub(r"\1\\\2", value)


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is code; together they are the text again."""
    at = 0
    while match := FENCE.search(text, at):
        end = _end_of_fence(text, match)
        yield from _inline(text[at : match.start()])
        yield text[match.start() : end], True
        at = end
    yield from _inline(text[at:])


def _end_of_fence(text: str, opening: re.Match[str]) -> int:
    """After the line that closes a block of code; one that is never closed reaches to the end."""
    sign = re.escape(opening[1][0])
    closing = re.compile(rf"^[ >]{{0,12}}{sign}{{{len(opening[1])},}}[ \t]*$", re.MULTILINE)
    line_end = text.find("\n", opening.end())
    found = closing.search(text, line_end) if line_end >= 0 else None
    return found.end() if found else len(text)


def _inline(text: str) -> Iterator[tuple[str, bool]]:
    """Code between equal runs of backticks; a blank line ends a paragraph, and with it code."""
    start = 0
    for gap in BLANK_LINE.finditer(text):
        yield from _in_paragraph(text[start : gap.end()])
        start = gap.end()
    yield from _in_paragraph(text[start:])


def _in_paragraph(text: str) -> Iterator[tuple[str, bool]]:
    runs: dict[int, list[int]] = {}
    for match in TICKS.finditer(text):
        runs.setdefault(len(match[0]), []).append(match.start())
    at = 0
    for match in TICKS.finditer(text):
        length, same = len(match[0]), runs[len(match[0])]
        place = bisect_right(same, match.start())
        if match.start() < at or place == len(same):
            continue
        end = same[place] + length
        yield text[at : match.start()], False
        yield text[match.start() : end], True
        at = end
    yield text[at:], False


def _made(match: re.Match[str], make: Callable[[Placeholder], str | None]) -> str:
    made = make(of_match(match))
    return match[0] if made is None else made


def values_of(given: Mapping[str, str], text: str) -> dict[str, str]:
    """The values for the placeholders of the text, by any of their names."""
    said = {key_of(name): line(value)[:LONGEST_VALUE] for name, value in given.items()}
    return {place.key: said[place.key] for place in placeholders(text) if said.get(place.key)}
