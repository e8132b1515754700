"""What search sees, and shows, of a case."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from portal.cases import facets, rules
from portal.cases.attached_texts import texts_of
from portal.cases.cards import briefs, cards
from portal.cases.facets import LIST_FACETS
from portal.cases.models import Attachment, Case, Comment, Retrospective, Solution
from portal.cases.passages import facts_of, labels_of, passages_of
from portal.core import clock
from portal.core.plain_text import plain
from portal.extensions import db
from portal.search.document import Document
from portal.search.sources import Source


def touched(row: Any) -> int | None:
    """The case that a changed row belongs to."""
    if isinstance(row, Case):
        return row.id
    if isinstance(row, Solution | Comment | Retrospective | Attachment):
        return row.case_id
    return None


def documents(ids: Collection[int]) -> Iterator[Document]:
    """Cases with their solutions, comments and the words of their files, as search documents."""
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
    for case_id, files in texts_of(ids).items():
        texts, _ = below.setdefault(case_id, ([], []))
        texts.extend(f"{name}\n{words}" for name, words in files)
    return below


def _document(case: Case, texts: list[str], names: list[str]) -> Document:
    now = clock.now()
    values: dict[str, tuple[str, ...]] = {
        "scope": ("library",), "kind": (case.kind,), "language": (case.language,),
        "tag": tuple(tag.code for tag in case.tags), "author": (str(case.owner_id),),
        "confidence": (case.confidence,), "state": (case.state,) if case.kind == "problem" else (),
    }
    for name in LIST_FACETS:
        value = getattr(case, name)
        values[name] = (value,) if value else ()
    # Archived cases open only to who asks for the archive.
    archive = "archived:" if case.confidence in ("archived", rules.DISCARDED) else ""
    return Document(
        ref=case.search_ref, title=case.title, body="\n".join(searchable_text(case, texts)),
        access=frozenset(f"{archive}{token}" for token in case.access_tokens),
        facets=values, names=(*(tag.label_zh for tag in case.tags), case.author_name, *names),
        created=case.created_at, updated=case.updated_at,
        quality=rules.quality(
            confidence=case.confidence, overdue=case.is_overdue(clock.today()),
            helped=case.helped, reused=case.reused, not_helped=case.not_helped,
            age_days=rules.age_in_days(case.updated_at, now),
        ),
    )


def searchable_text(case: Case, below: list[str]) -> Iterator[str]:
    """Everything in words: labels in both languages, text, typed facts, what stands below."""
    yield plain(case.body)
    if case.retrospective is not None:
        yield from facts_of(case.retrospective)
    for name in LIST_FACETS:
        yield from labels_of(name, getattr(case, name))
    yield from below


def all_ids() -> Collection[int]:
    return db.session.scalars(select(Case.id)).all()


def waiting(ids: Collection[int]) -> Collection[int]:
    """Problems among these that are neither solved nor put away."""
    open_ones = select(Case.id).where(
        Case.id.in_(ids), Case.kind == "problem", Case.state != "solved",
        Case.confidence.in_(("draft", *rules.LIVE)),
    )
    return db.session.scalars(open_ones).all()


SOURCE = Source(
    prefix="case", touched=touched, documents=documents, all_ids=all_ids, cards=cards,
    labels=facets.labels, resolve=facets.resolve, briefs=briefs, passages=passages_of,
    offers=facets.offers, waiting=waiting,
)
