"""Reads of the editable lists."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, func, or_, select

from portal.core.text import folded
from portal.extensions import db
from portal.lists.models import LISTS, LONGEST_LABEL, Term
from portal.lists.vocabulary import Entry, Vocabulary, vocabulary

__all__ = [
    "Vocabulary", "choices", "counts", "next_position", "similar_tags", "tag_named",
    "tags_with_codes", "term_of", "terms", "uses", "vocabulary",
]


def choices(name: str, language: str, *keep: str | None) -> list[tuple[str, str]]:
    """Code and label of the active entries, and of those in `keep` even when they are retired."""
    entries = vocabulary()[name].values()
    return [(e.code, e.label(language)) for e in entries if e.active or e.code in keep]


def term_of(name: str, written: str) -> Entry | None:
    """The entry that a person or a file means: by code or by either label, however spelled."""
    wanted = folded(written)
    for entry in vocabulary()[name].values():
        if wanted in (entry.code, folded(entry.label_zh), folded(entry.label_en or "")):
            return entry
    return None


def terms(name: str, text: str = "") -> Select[Term]:
    """A list in its order, retired entries included; tags by their wording."""
    query = select(Term).where(Term.list == name)
    if wanted := folded(text):
        query = query.where(
            func.lower(Term.label_zh).contains(wanted, autoescape=True)
            | func.lower(Term.label_en).contains(wanted, autoescape=True)
            | Term.code.contains(wanted, autoescape=True)
        )
    return query.order_by(Term.position, Term.label_zh, Term.id)


def counts() -> dict[str, tuple[int, int]]:
    """For each list its active and its retired entries."""
    active = func.count().filter(Term.active)
    rows = db.session.execute(select(Term.list, active, func.count()).group_by(Term.list))
    found = {name: (used, total - used) for name, used, total in rows}
    return {name: found.get(name, (0, 0)) for name in LISTS}


def uses(terms: Sequence[Term]) -> dict[int, int]:
    """How many records carry each of these tags.

    Counted in every table that refers to the terms, so that this room need not know whose it is.
    """
    ids = [term.id for term in terms]
    found = dict.fromkeys(ids, 0)
    for table in db.metadata.tables.values():
        for key in table.foreign_keys:
            if key.references(Term.__table__):
                column = key.parent
                query = select(column, func.count()).where(column.in_(ids)).group_by(column)
                for term_id, count in db.session.execute(query):
                    found[term_id] += count
    return found


def tag_named(written: str) -> Term | None:
    """The tag of this wording, however spelled."""
    code = folded(written)[:LONGEST_LABEL]
    return tags_with_codes([code]).get(code)


def similar_tags(tag: Term, limit: int = 100) -> list[Term]:
    """Other tags to choose from, those that share a sign with this one first."""
    shares = or_(*(Term.code.contains(sign, autoescape=True) for sign in set(tag.code[:12])))
    query = select(Term).where(Term.list == "tag", Term.id != tag.id)
    return list(db.session.scalars(query.order_by(shares.desc(), Term.label_zh).limit(limit)))


def tags_with_codes(codes: Iterable[str]) -> dict[str, Term]:
    """The tags with these codes."""
    wanted = set(codes)
    if not wanted:
        return {}
    query = select(Term).where(Term.list == "tag", Term.code.in_(wanted))
    return {term.code: term for term in db.session.scalars(query)}


def next_position(name: str) -> int:
    """The place after the last entry; tags have none, they stand by their wording."""
    if name == "tag":
        return 0
    last = db.session.scalar(select(func.max(Term.position)).where(Term.list == name))
    return (last or 0) + 1
