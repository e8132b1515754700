"""Reads of the editable lists."""

from collections.abc import Iterable, Mapping

from flask import g, has_app_context
from sqlalchemy import Select, func, select

from portal.core.text import folded
from portal.extensions import db
from portal.lists.models import LISTS, Term

Vocabulary = Mapping[str, Mapping[str, Term]]


def vocabulary() -> Vocabulary:
    """Every list but the tags, code → entry in its order; read once a request."""
    if has_app_context() and "vocabulary" in g:
        kept: Vocabulary = g.vocabulary
        return kept
    lists: dict[str, dict[str, Term]] = {name: {} for name in LISTS if name != "tag"}
    query = select(Term).where(Term.list != "tag").order_by(Term.list, Term.position, Term.id)
    for term in db.session.scalars(query):
        lists[term.list][term.code] = term
    if has_app_context():
        g.vocabulary = lists
    return lists


def forget_vocabulary() -> None:
    """Read the lists anew when they are next asked for: one of them has changed."""
    if has_app_context():
        g.pop("vocabulary", None)


def choices(name: str, language: str, keep: str | None = None) -> list[tuple[str, str]]:
    """Code and label of the active entries, and of `keep` even when it is retired."""
    terms = vocabulary()[name].values()
    return [(t.code, t.label(language)) for t in terms if t.active or t.code == keep]


def term_of(name: str, written: str) -> Term | None:
    """The entry that a person or a file means: by code or by either label, however spelled."""
    wanted = folded(written)
    for term in vocabulary()[name].values():
        if wanted in (term.code, folded(term.label_zh), folded(term.label_en or "")):
            return term
    return None


def terms(name: str) -> Select[tuple[Term]]:
    """A whole list in its order, retired entries included."""
    return select(Term).where(Term.list == name).order_by(Term.position, Term.label_zh, Term.id)


def tags_with_codes(codes: Iterable[str]) -> dict[str, Term]:
    """The tags with these codes."""
    wanted = set(codes)
    if not wanted:
        return {}
    query = select(Term).where(Term.list == "tag", Term.code.in_(wanted))
    return {term.code: term for term in db.session.scalars(query)}


def next_position(name: str) -> int:
    """The place after the last entry."""
    last = db.session.scalar(select(func.max(Term.position)).where(Term.list == name))
    return (last or 0) + 1
