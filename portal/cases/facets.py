"""The facets of a case in words: what their values are called, and what a typed word means."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import func, select

from portal.cases import rules
from portal.cases.queries import lines as queries
from portal.cases.words import kind_word, language_word, trust_word
from portal.core.i18n import LANGUAGES, current_language, force_locale
from portal.core.text import folded
from portal.extensions import db
from portal.lists.models import Term
from portal.lists.queries import vocabulary
from portal.people.models import User
from portal.people.rules import Actor
from portal.search.likeness import alike

LIST_FACETS = ("stage", "industry", "product", "region")
# Facets whose values are fixed.
FIXED: Mapping[str, tuple[str, ...]] = {
    "kind": rules.KINDS, "state": rules.STATES, "confidence": rules.CONFIDENCES,
    "language": tuple(LANGUAGES),
}
MOST = 50


def labels(actor: Actor, facet: str, codes: Collection[str]) -> Mapping[str, str]:
    """The words for facet values, in the reader's language."""
    language = current_language()
    if facet in LIST_FACETS:
        terms = vocabulary()[facet]
        return {code: terms[code].label(language) for code in codes if code in terms}
    if facet == "tag":
        return queries.tag_words(actor, codes)
    if facet == "author":
        # Codes come from addresses too.
        ids = [int(code) for code in codes
               if code.isascii() and code.isdigit() and len(code) < 10]
        rows = db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
        return {str(user_id): name for user_id, name in rows}
    return {code: _word(facet, code) for code in codes} if facet in FIXED else {}


def resolve(field: str, text: str) -> Collection[str]:
    """The facet codes meant by a word after `tag:`, `author:`, `kind:` …"""
    wanted = folded(text)
    if not wanted:
        return []
    if field == "author":
        # Databases differ in whether they tell large letters from small ones; here none does.
        named = func.lower(User.name).contains(wanted, autoescape=True)
        as_typed = User.name.contains(text.strip(), autoescape=True)
        query = select(User.id).where(named | as_typed | (User.login == wanted))
        query = query.order_by(func.length(User.name), User.id)
        return [str(user_id) for user_id in db.session.scalars(query.limit(MOST))]
    if field == "tag":
        worded = Term.code.contains(wanted, autoescape=True)
        tags = select(Term.code).where(Term.list == "tag", worded)
        # The shortest says nothing but what was typed.
        tags = tags.order_by(func.length(Term.code), Term.code)
        return list(db.session.scalars(tags.limit(MOST)))
    if field in FIXED:
        return _meant(wanted, {code: words_of(field, code) for code in FIXED[field]})
    terms = vocabulary().get(field, {}).values()
    return [t.code for t in terms
            if wanted in (t.code, folded(t.label_zh), folded(t.label_en or ""))]


def _meant(wanted: str, words: Mapping[str, Collection[str]]) -> list[str]:
    """The code that is called exactly so; else all whose words hold it."""
    exact = [code for code, each in words.items() if wanted == code or wanted in each]
    return exact or [code for code, each in words.items() if any(wanted in word for word in each)]


def words_of(facet: str, code: str) -> tuple[str, ...]:
    """The words for a fixed value in both languages, folded, so that either may be typed."""
    found = []
    for language in LANGUAGES:
        with force_locale(language):
            found.append(folded(_word(facet, code)))
    return tuple(found)


def _word(facet: str, code: str) -> str:
    word = {"kind": kind_word, "language": language_word}.get(facet, trust_word)
    return str(word(code))


def offers(actor: Actor, field: str, text: str) -> Mapping[str, str]:
    """Values of a field that a text begins, is part of, or sounds like; the likeliest first."""
    if field == "tag":
        return _tags_like(actor, text)
    if field == "author":
        rows = db.session.execute(select(User.id, User.name).where(User.deactivated_at.is_(None)))
        words = {str(user_id): name for user_id, name in rows}
    elif field in FIXED:
        words = {code: _word(field, code) for code in FIXED[field]}
    else:
        language = current_language()
        known = vocabulary().get(field, {}).values()
        words = {entry.code: entry.label(language) for entry in known if entry.active}
    return _in_order(words, alike(text, words))


def _tags_like(actor: Actor, text: str) -> Mapping[str, str]:
    rows = db.session.execute(
        select(Term.code, Term.label_zh).where(Term.list == "tag", Term.active)
    )
    codes = alike(text, dict(row for row in rows))
    return _in_order(queries.tag_words(actor, codes) if codes else {}, codes)


def _in_order(words: Mapping[str, str], codes: Iterable[str]) -> Mapping[str, str]:
    return {code: words[code] for code in codes if code in words}
