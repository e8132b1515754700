"""What lists of hits show of cases: columns and words, asked at every keystroke.

Putting these statements together takes longer than their answers, so they are kept.
"""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from portal.cases.models import Case, case_tags
from portal.cases.queries.cases import Reader, met_by, readable, reader_of
from portal.extensions import db
from portal.lists.models import Term
from portal.people.models import User
from portal.people.rules import Actor


def lines_by_ids(
    actor: Actor, ids: Collection[int], *, with_body: bool = False
) -> Sequence[Any]:
    """What a list shows of each of these cases, as far as the person may read them: columns, as
    whole records take three times as long."""
    if not ids:
        return []
    query = _lines(reader_of(actor), with_body)
    return db.session.execute(query, {"ids": list(ids)}).all()


def tags_of(ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The wordings of the tags of cases that the person may read."""
    found: dict[int, tuple[str, ...]] = {}
    if ids:
        for case_id, label in db.session.execute(_TAGS, {"ids": list(ids)}):
            found[case_id] = (*found.get(case_id, ()), label)
    return found


def tag_words(actor: Actor, codes: Collection[str]) -> dict[str, str]:
    """The wordings of these tags by their code, as far as the person may meet them."""
    query = _tag_words(reader_of(actor))
    return dict(row for row in db.session.execute(query, {"codes": list(set(codes))}))


@lru_cache(maxsize=256)
def _lines(reader: Reader, with_body: bool) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(Case.id, Case.ref, Case.kind, Case.title, Case.byline, Case.created_at, Case.state,
               Case.confidence, Case.verified_until, Case.urgent, User.name.label("owner"))
        .join(Case.owner)
        .where(readable(reader), Case.id.in_(bindparam("ids", expanding=True)))
    )
    return query.add_columns(Case.body) if with_body else query


_TAGS = (
    select(case_tags.c.case_id, Term.label_zh).join(Term)
    .where(case_tags.c.case_id.in_(bindparam("ids", expanding=True))).order_by(Term.label_zh)
)


@lru_cache(maxsize=256)
def _tag_words(reader: Reader) -> Select[str, str]:
    return select(Term.code, Term.label_zh).where(
        Term.list == "tag", Term.code.in_(bindparam("codes", expanding=True)), met_by(reader)
    )
