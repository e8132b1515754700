"""Links from a text to the files of its case: addresses in the portal, paths in a folder."""

import re
from collections.abc import Callable
from urllib.parse import quote, unquote

# Where Markdown and HTML name a target: `](…)`, `](<…>)`, `]: …`, `src="…"`, `href="…"`.
BEFORE = r"(?:(?<=\]\()|(?<=\]\(<)|(?<=\]: )|(?<=src=\")|(?<=href=\"))"
ADDRESS = re.compile(BEFORE + r"/attachments/(\d{1,18})(?![\w/.?#-])")
TARGET = re.compile(BEFORE + r"[^()<>\s\"]+")


def to_paths(text: str, path_of: Callable[[int], str | None]) -> str:
    """`/attachments/12` to the path of its file, where it is exported along."""

    def path(match: re.Match[str]) -> str:
        found = path_of(int(match[1]))
        return match[0] if found is None else quote(found)

    return ADDRESS.sub(path, text) if "/attachments/" in text else text


def to_addresses(text: str, id_of: Callable[[str], int | None]) -> str:
    """The paths of files that came along to `/attachments/12`."""

    def address(match: re.Match[str]) -> str:
        found = id_of(unquote(match[0]))
        return match[0] if found is None else f"/attachments/{found}"

    return TARGET.sub(address, text)


def targets(text: str) -> list[str]:
    """Everything that the text links to, unquoted."""
    return [unquote(found) for found in TARGET.findall(text)]
