"""A table as a folder: each row is read like a file with front matter."""

import hashlib
from collections.abc import Mapping, Sequence

from portal.cases.exchange.columns import LEFT_OUT, SECTION, guessed
from portal.cases.exchange.folders import Entry
from portal.cases.exchange.front_matter import Page
from portal.cases.exchange.records import Problem, Wrong
from portal.cases.exchange.tables import Rows
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import folded, line


class Table:
    """The rows of a table under the names `row-2`, `row-3` …; nothing else lies beside them."""

    def __init__(self, rows: Rows, mapping: Sequence[str] | None = None) -> None:
        self.header = rows.header
        self.mapping = list(mapping or guessed(rows.header))
        self.problems: list[Problem] = []
        self.others = 0
        self._lines: Mapping[str, tuple[int, tuple[str, ...]]] = {
            f"row-{number}": (number, cells) for number, cells in rows.lines
        }

    def entries(self) -> list[Entry]:
        return [Entry(name, None) for name in self._lines]

    def read(self, path: str, limit: int) -> bytes:
        raise Wrong(_l("A table brings no files along."))

    def cells(self, path: str) -> tuple[str, ...]:
        return self._lines[path][1]

    def line(self, path: str) -> int:
        return self._lines[path][0]

    def page(self, path: str) -> Page:
        """The row as front matter and text; empty cells say nothing. Raises `Wrong`."""
        number, cells = self._lines[path]
        fields: dict[str, str] = {}
        parts: list[str] = []
        for title, field, cell in zip(self.header, self.mapping, cells, strict=True):
            if not cell or field == LEFT_OUT:
                continue
            if field == SECTION:
                parts.append(f"## {title}\n\n{cell}")
            elif field == "body":
                parts.insert(0, cell)
            else:
                fields[field] = cell
        if not fields and not parts:
            raise Wrong(_l("The row is empty."), number)
        if not line(fields.get("title")):
            raise Wrong(_l("The row has no title."), number)
        fields.setdefault("ref", _ref(fields))
        heads = dict(zip(self.mapping, self.header, strict=True))
        return Page(fields, "\n\n".join(parts), dict.fromkeys(fields, number), heads)


def _ref(fields: Mapping[str, str]) -> str:
    """A row without a name of its own is known by its title: the next import finds it again."""
    digest = hashlib.sha256(folded(fields["title"]).encode()).hexdigest()
    return f"row-{digest[:12]}"
