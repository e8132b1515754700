"""The texts of cases beside title and body, so that a hit can say where it was found."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from portal.cases.attached_texts import texts_of
from portal.cases.facets import LIST_FACETS
from portal.cases.models import Case, Comment, Retrospective, Solution
from portal.core.plain_text import plain
from portal.extensions import db
from portal.lists.queries import vocabulary
from portal.people.models import User
from portal.people.rules import Actor
from portal.search.sources import Passage, Place

# Signs of one case's files that are looked through for a snippet.
MOST_SIGNS = 50_000


def passages_of(actor: Actor, ids: Collection[int]) -> Mapping[int, Sequence[Passage]]:
    """Solutions, comments, files and facts of cases that the actor may read; few statements."""
    if not ids:
        return {}
    found: dict[int, list[Passage]] = {}
    for case_id, passage in (*_talk(ids), *_files(ids), *_facts(ids)):
        found.setdefault(case_id, []).append(passage)
    return found


def _talk(ids: Collection[int]) -> Iterator[tuple[int, Passage]]:
    places: tuple[tuple[Any, Place], ...] = ((Solution, "solution"), (Comment, "comment"))
    for model, where in places:
        query = (
            select(model.case_id, model.id, model.body, model.byline, User.name)
            .join(model.author)
            .where(model.case_id.in_(ids), model.withdrawn_at.is_(None))
            .order_by(model.id)
        )
        for case_id, number, body, byline, name in db.session.execute(query):
            author = (byline or name).split(" <")[0]
            yield case_id, Passage(where, author, plain(body), f"{where}-{number}")


def _files(ids: Collection[int]) -> Iterator[tuple[int, Passage]]:
    for case_id, files in texts_of(ids, MOST_SIGNS).items():
        for name, text in files:
            yield case_id, Passage("attachment", name, text, "attachments")


def _facts(ids: Collection[int]) -> Iterator[tuple[int, Passage]]:
    columns = [getattr(Case, name) for name in LIST_FACETS]
    query = (
        select(Case.id, Retrospective, *columns).outerjoin(Case.retrospective)
        .where(Case.id.in_(ids))
    )
    for case_id, retrospective, *codes in db.session.execute(query):
        lines = [line for name, code in zip(LIST_FACETS, codes, strict=True)
                 for line in labels_of(name, code)]
        if retrospective is not None:
            lines += facts_of(retrospective)
        if lines:
            yield case_id, Passage("facts", "", "\n".join(lines))


def facts_of(retrospective: Retrospective) -> Iterator[str]:
    """What a retrospective says in words."""
    content = retrospective.content
    yield from (*content.competitors, *content.actions, content.repeat, content.avoid)
    yield from labels_of("reason", content.main_reason, *content.contributing_reasons)


def labels_of(name: str, *codes: str | None) -> Iterator[str]:
    """List entries in both languages."""
    for code in codes:
        term = vocabulary()[name].get(code or "")
        if term is not None:
            yield f"{term.label_zh} {term.label_en or ''}"
