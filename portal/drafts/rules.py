"""Rules of drafts on plain values."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Fields = dict[str, list[str]]

LARGEST = 600_000
MOST_FIELDS = 200
MOST_OPEN = 200
KEY = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
# "case:lesson", "case:12", "comment-on:12": what is written, and about which record.
FORM = re.compile(r"[a-z-]{2,40}:[a-z0-9_-]{1,32}", re.ASCII)
# What a form carries along besides what somebody typed.
CARRIED = frozenset({"csrf_token", "as", "looked", "named", "kind", "held", "tab"})
OWN = "draft_"


@dataclass(frozen=True)
class Typed:
    """The fields of a form as one window shows them, and the version that it began with."""

    form: str
    fields: Fields
    version: int = 0
    tab: str = ""


def is_key(text: str) -> bool:
    return KEY.fullmatch(text) is not None


def typed_fields(pairs: Iterable[tuple[str, str]]) -> Fields:
    """What somebody typed, by name, without what the form carries along."""
    fields: Fields = {}
    for name, value in pairs:
        if name not in CARRIED and not name.startswith(OWN):
            # Browsers send other line ends than scripts read; PostgreSQL stores no NUL.
            plain = value.replace("\r\n", "\n").replace("\x00", "")
            fields.setdefault(name, []).append(plain)
    return fields


def digest_of(fields: Mapping[str, Sequence[str]]) -> str:
    """The same for the same words; a field left empty is as good as none."""
    filled = {name: list(values) for name, values in fields.items() if any(values)}
    text = json.dumps(filled, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def size_of(fields: Mapping[str, Sequence[str]]) -> int:
    """In bytes, as they are stored."""
    return sum(len(value.encode("utf-8", "replace")) + len(name)
               for name, values in fields.items() for value in values)


def title_of(fields: Mapping[str, Sequence[str]]) -> str:
    """What a list calls it: its title, or the first line of its text."""
    for name in ("title", "body"):
        for line in "\n".join(fields.get(name, ())).splitlines():
            if words := line.strip(" #*->\t"):
                return words[:200]
    return ""


def is_elsewhere(*, version: int, tab: str, seen: int, mine: str) -> bool:
    """Whether another window saved since this one last looked."""
    return version > seen and tab != mine


def key_beside(key: str, mark: str) -> str:
    """The key of a second draft, the same whenever the same window asks again."""
    return hashlib.sha256(f"{key}:{mark}".encode()).hexdigest()[:32]
