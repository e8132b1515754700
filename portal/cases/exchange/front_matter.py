"""Front matter: `key: value` lines before a Markdown text, read and written without surprises.

Reading is stricter and plainer than YAML: no aliases, no tags, no dates or octal numbers made of
what a person wrote as words. `parse(compose(fields, body))` gives the same fields and body back.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from portal.cases.exchange.yaml_values import DUMPER, TooMuchError, values

OPENING = re.compile(r"---[ \t]*\r?\n")
CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
KEY = re.compile(r"\s*[\w-]+[ \t]*:(?:\s|\Z)")
# What YAML calls unprintable; the parser names only its place in the text, not its line.
UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


class FrontMatterError(ValueError):
    """The front matter cannot be read: `code` says why, `detail` is the parser's own word."""

    def __init__(self, line: int, code: str, detail: str = "") -> None:
        super().__init__(f"line {line}: {code} {detail}".strip())
        self.line = line
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Page:
    """A file taken apart; `lines` says where each key stands, `names` how a table heads it."""

    fields: Mapping[str, Any]
    body: str
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    names: Mapping[str, str] = field(default_factory=dict, compare=False)


def parse(text: str) -> Page:
    """Fields and body of a text; without front matter everything is body.

    Raises `FrontMatterError` with the line of the file.
    """
    opening = OPENING.match(text)
    if opening is None:
        return Page({}, text)
    closing = CLOSING.search(text, opening.end())
    if closing is None:
        if KEY.match(text, opening.end()):
            raise FrontMatterError(1, "not_closed")
        # A text may begin with a rule.
        return Page({}, text)
    fields, lines = _mapping(text[opening.end() : closing.start()])
    if fields is None:
        return Page({}, text)
    return Page(fields, text[closing.end() :], lines)


def compose(fields: Mapping[str, Any], body: str) -> str:
    """The text of a file: front matter, always, then the body untouched."""
    head = ""
    if fields:
        head = yaml.dump(
            dict(fields), Dumper=DUMPER, allow_unicode=True, sort_keys=False,
            default_flow_style=False, width=2**31 - 1,
        )
    return f"---\n{head}---\n{body}"


def _mapping(text: str) -> tuple[dict[str, Any] | None, dict[str, int]]:
    """The mapping and the line of each key; None when it is plain text between two rules."""
    bad = UNPRINTABLE.search(text)
    if bad:
        raise FrontMatterError(text.count("\n", 0, bad.start()) + 2, "unprintable")
    try:
        found, lines = values(text)
    except TooMuchError as error:
        raise FrontMatterError(error.line + 2, error.code, error.detail) from None
    except yaml.MarkedYAMLError as error:
        mark, problem = error.problem_mark or error.context_mark, error.problem or ""
        # By far the most frequent slip: `title: Lost: the tender`.
        code = "colon" if problem.startswith("mapping values") else "invalid"
        raise FrontMatterError((mark.line if mark else 0) + 2, code, problem) from None
    except yaml.YAMLError as error:
        raise FrontMatterError(2, "invalid", str(error)) from None
    if found is None:
        return {}, {}
    if isinstance(found, dict):
        return found, {key: line + 2 for key, line in lines.items()}
    if isinstance(found, str):
        return None, {}
    raise FrontMatterError(2, "no_keys")
