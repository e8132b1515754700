"""What search sees, and shows, of a case."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from portal.cases import rules
from portal.cases.models import Attachment, Case, Comment, Retrospective, Solution
from portal.cases.queries import cases as queries
from portal.cases.words import kind_icon, kind_word, language_word, trust_word
from portal.core import clock
from portal.core.i18n import current_language
from portal.core.plain_text import plain
from portal.core.text import folded
from portal.extensions import db
from portal.lists.models import Term
from portal.lists.queries import vocabulary
from portal.people.models import User
from portal.people.rules import Actor
from portal.search.document import Document
from portal.search.sources import Badge, Card, Source

LIST_FACETS = ("stage", "industry", "product", "region")


def touched(row: Any) -> int | None:
    """The case that a changed row belongs to."""
    if isinstance(row, Case):
        return row.id
    if isinstance(row, Solution | Comment | Retrospective | Attachment):
        return row.case_id
    return None


def documents(ids: Collection[int]) -> Iterator[Document]:
    """Cases with their solutions and comments, as search documents."""
    cases = db.session.scalars(
        select(Case)
        .where(Case.id.in_(ids))
        .options(joinedload(Case.owner), joinedload(Case.retrospective), selectinload(Case.tags))
    ).unique().all()
    below = _texts_below(ids)
    for case in cases:
        texts, names = below.get(case.id, ([], []))
        yield _document(case, texts, names)


def _texts_below(ids: Collection[int]) -> dict[int, tuple[list[str], list[str]]]:
    below: dict[int, tuple[list[str], list[str]]] = {}
    for model in (Solution, Comment):
        query = (
            select(model)
            .where(model.case_id.in_(ids), model.withdrawn_at.is_(None))
            .options(joinedload(model.author))
            .order_by(model.id)
        )
        for row in db.session.scalars(query):
            texts, names = below.setdefault(row.case_id, ([], []))
            texts.append(plain(row.body))
            names.append(row.author_name)
    return below


def _document(case: Case, texts: list[str], names: list[str]) -> Document:
    now = clock.now()
    facets: dict[str, tuple[str, ...]] = {
        "kind": (case.kind,), "language": (case.language,),
        "tag": tuple(tag.code for tag in case.tags), "author": (str(case.owner_id),),
        "confidence": (case.confidence,), "state": (case.state,) if case.kind == "problem" else (),
    }
    for name in LIST_FACETS:
        value = getattr(case, name)
        facets[name] = (value,) if value else ()
    # Archived cases open only to who asks for the archive.
    archive = "archived:" if case.confidence in ("archived", rules.DISCARDED) else ""
    return Document(
        ref=case.search_ref, title=case.title, body="\n".join(searchable_text(case, texts)),
        access=frozenset(f"{archive}{token}" for token in case.access_tokens),
        facets=facets, names=(*(tag.label_zh for tag in case.tags), case.author_name, *names),
        created=case.created_at, updated=case.updated_at,
        quality=rules.quality(
            confidence=case.confidence, overdue=case.is_overdue(clock.today()),
            helped=case.helped, age_days=rules.age_in_days(case.updated_at, now),
        ),
    )


def searchable_text(case: Case, below: list[str]) -> Iterator[str]:
    """Everything in words: labels in both languages, text, typed facts, what stands below."""
    yield plain(case.body)
    if case.retrospective is not None:
        content = case.retrospective.content
        yield from (*content.competitors, *content.actions, content.repeat, content.avoid)
        yield from _labels("reason", content.main_reason, *content.contributing_reasons)
    for name in LIST_FACETS:
        yield from _labels(name, getattr(case, name))
    yield from below


def _labels(name: str, *codes: str | None) -> Iterator[str]:
    for code in codes:
        term = vocabulary()[name].get(code or "")
        if term is not None:
            yield f"{term.label_zh} {term.label_en or ''}"


def cards(actor: Actor, ids: Collection[int]) -> Mapping[int, Card]:
    """Cases as result cards, those the actor may read."""
    today = clock.today()
    return {
        case_id: Card(
            ref=case.search_ref, name=case.ref, kind=case.kind, title=case.title,
            url=url_for("cases.show", case_id=case.id), text=plain(case.body),
            author=case.author_name, created=case.created_at, icon=kind_icon(case.kind),
            badges=_badges(case, today),
        )
        for case_id, case in queries.by_ids(actor, ids).items()
    }


def _badges(case: Case, today: Any) -> tuple[Badge, ...]:
    badge = rules.trust(case.confidence, case.verified_until, today)
    found = [Badge(kind_word(case.kind), "blue")]
    if case.kind == "problem" and case.state == "solved":
        found.append(Badge(str(trust_word("solved")), "green"))
    return (*found, Badge(trust_word(badge.word), badge.tone))


def labels(actor: Actor, facet: str, codes: Collection[str]) -> Mapping[str, str]:
    """The words for facet values, in the reader's language."""
    language = current_language()
    if facet in LIST_FACETS:
        terms = vocabulary()[facet]
        return {code: terms[code].label(language) for code in codes if code in terms}
    if facet == "tag":
        return queries.tag_words(actor, codes)
    if facet == "author":
        ids = [int(code) for code in codes if code.isdigit()]
        rows = db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
        return {str(user_id): name for user_id, name in rows}
    word = {"kind": kind_word, "language": language_word}.get(facet, trust_word)
    return {code: str(word(code)) for code in codes}


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
        return [str(user_id) for user_id in db.session.scalars(query.limit(50))]
    if field == "tag":
        worded = Term.code.contains(wanted, autoescape=True)
        tags = select(Term.code).where(Term.list == "tag", worded)
        return list(db.session.scalars(tags.limit(50)))
    if field == "kind":
        return [kind for kind in rules.KINDS
                if wanted == kind or any(wanted in folded(word) for word in kind_words(kind))]
    terms = vocabulary().get(field, {}).values()
    return [t.code for t in terms
            if wanted in (t.code, folded(t.label_zh), folded(t.label_en or ""))]


def kind_words(kind: str) -> tuple[str, ...]:
    """The words for a kind in both languages, so that either may be typed."""
    from portal.core.i18n import LANGUAGES, force_locale

    found = []
    for language in LANGUAGES:
        with force_locale(language):
            found.append(str(kind_word(kind)))
    return tuple(found)


def all_ids() -> Collection[int]:
    return db.session.scalars(select(Case.id)).all()


SOURCE = Source(
    prefix="case", touched=touched, documents=documents, all_ids=all_ids, cards=cards,
    labels=labels, resolve=resolve,
)
