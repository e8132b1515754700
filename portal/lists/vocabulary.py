"""The lists as plain values, read once and forgotten with the transaction or the first change."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from portal.core.once import once
from portal.extensions import db
from portal.lists.models import LISTS, Term, label_in


@dataclass(frozen=True)
class Entry:
    """An entry of a list as it was read; unlike a row it never needs the database again."""

    list: str
    code: str
    label_zh: str
    label_en: str | None
    active: bool

    def label(self, language: str) -> str:
        return label_in(language, self.label_zh, self.label_en)


Vocabulary = Mapping[str, Mapping[str, Entry]]


@once(Term)
def vocabulary() -> Vocabulary:
    """Every list but the tags, code → entry in its order; one statement a request."""
    lists: dict[str, dict[str, Entry]] = {name: {} for name in LISTS if name != "tag"}
    query = (
        select(Term.list, Term.code, Term.label_zh, Term.label_en, Term.active)
        .where(Term.list != "tag")
        .order_by(Term.list, Term.position, Term.id)
    )
    for row in db.session.execute(query):
        entry = Entry(*row)
        lists[entry.list][entry.code] = entry
    return lists
