"""The words in which people write the headings of columns, and what they mean."""

import hashlib
import re
from collections.abc import Mapping, Sequence

from portal.core.text import folded

# Field → how its heading is written, Chinese and English; the first of each heads our own files.
Fields = Mapping[str, tuple[Sequence[str], Sequence[str]]]
NOT_A_LETTER = re.compile(r"[（(][^（）()]*[)）]|[\s_*:：.·\-（）()]+")
# A column that is left out.
LEFT_OUT = ""


def plain_key(key: str) -> str:
    """The name that a key means, however it is spelled."""
    return folded(key).replace("-", "_").replace(" ", "_")


class Headings:
    """The fields of one kind of table, found by their headings."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self._meanings = {
            **{_key(field): field for field in fields},
            **{_key(word): field for field, words in fields.items()
               for language in words for word in language},
        }

    def field_of(self, heading: str) -> str | None:
        """The field that a heading means, whatever its language, case or remark in brackets."""
        key = plain_key(heading)
        return key if key in self.fields else self._meanings.get(_key(heading))

    def heading_of(self, field: str, language: str) -> str:
        """The heading of a field in a file that the portal writes."""
        return self.fields[field][0 if language == "zh" else 1][0]

    def guessed(self, header: Sequence[str]) -> list[str]:
        """For each column the field that it most likely is; none twice."""
        found: list[str] = []
        for title in header:
            field = self.field_of(title) or LEFT_OUT
            found.append(LEFT_OUT if field in found else field)
        return found


def shape_of(header: Sequence[str], kind: str = "") -> str:
    """The same for every table of a kind with these headings in this order."""
    signs = "\x1f".join((*((kind,) if kind else ()), *(folded(title) for title in header)))
    return hashlib.sha256(signs.encode()).hexdigest()


def _key(written: str) -> str:
    return NOT_A_LETTER.sub("", folded(written))
