"""One page of a list, and the address of the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request
from sqlalchemy import Select, func, inspect, select

from portal.core.render import this_page
from portal.extensions import db

Item = TypeVar("Item")
PER_PAGE = 25
# Deep pages cost the database as much as the whole list; nobody reads that far.
DEEPEST_PAGE = 10_000
# So many of a very long list are counted and can be paged through.
MANY = 10_000


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Items `first` to `last` of `total`, counted from 1."""

    items: Sequence[Item]
    number: int
    total: int
    per_page: int = PER_PAGE
    # The address's parameter, for a page with two lists.
    parameter: str = "page"
    # There are more than `total`, and nobody counted them.
    is_more: bool = False

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))

    @property
    def shown(self) -> list[int]:
        """The pages one can go to at once: first, last, and those around this one."""
        around = range(max(1, self.number - 2), min(self.pages, self.number + 2) + 1)
        return sorted({1, *around, self.pages})

    @property
    def first(self) -> int:
        return (self.number - 1) * self.per_page + 1 if self.items else 0

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1 if self.items else 0

    @property
    def has_prev(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.pages

    def url(self, number: int) -> str:
        """The present address with another page number; filters stay."""
        return this_page({**request.args.to_dict(flat=False), self.parameter: number})


def page_number(parameter: str = "page") -> int:
    """The page asked for in the address; 1 when it is missing or nonsense."""
    text = request.args.get(parameter, "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return min(max(number, 1), DEEPEST_PAGE)


def paginate(
    query: Select[Any], *, per_page: int = PER_PAGE, parameter: str = "page",
    most: int | None = None, total: int | None = None,
) -> Page[Any]:
    """The page of `query` that the address asks for, in one statement when it is not full.

    A page past the end becomes the last one. Of a list that may be very long no more than `most`
    are counted; the pages end there: whoever looks for more narrows the list. Nothing is counted
    when it is known that there are `total`.
    """
    number = page_number(parameter)
    if most is not None:
        number = min(number, -(-most // per_page))
    rows = _rows(query, number, per_page)
    if (rows and len(rows) < per_page) or (not rows and number == 1):
        # The last page tells how many there are.
        return Page(rows, number, (number - 1) * per_page + len(rows), per_page, parameter)
    if total is None:
        total = db.session.scalar(_count(query, most)) or 0
    is_more = most is not None and total > most
    total = min(total, most) if most is not None else total
    last = max(1, -(-total // per_page))
    if number > last:
        number, rows = last, _rows(query, last, per_page)
    return Page(rows, number, total, per_page, parameter, is_more)


def _count(query: Select[Any], most: int | None) -> Select[Any]:
    """How many rows there are, or one more than `most`, looking at nothing but their keys."""
    keys = inspect(query.column_descriptions[0]["entity"]).primary_key
    counted = query.with_only_columns(*keys).order_by(None)
    if most is not None:
        counted = counted.limit(most + 1)
    return select(func.count()).select_from(counted.subquery())


def _rows(query: Select[Any], number: int, per_page: int) -> Sequence[Any]:
    """The items of one page."""
    found = db.session.scalars(query.limit(per_page).offset((number - 1) * per_page))
    return found.unique().all()
