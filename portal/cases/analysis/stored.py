"""Facts as the database keeps them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select

from portal.cases.analysis.counting import UNSAID, Fact, competitor_key
from portal.cases.models import Case, Retrospective
from portal.core.clock import local_day
from portal.extensions import db

AT_ONCE = 500


def stored_facts(ids: Sequence[int]) -> Iterator[tuple[int, Fact]]:
    """What these cases say, each with its revision."""
    for start in range(0, len(ids), AT_ONCE):
        query = (
            select(
                Case.id, Case.revision, Case.kind, Case.created_at, Case.product, Case.industry,
                Case.region, Retrospective,
            )
            .join(Case.retrospective).where(Case.id.in_(ids[start : start + AT_ONCE]))
        )
        for row in db.session.execute(query):
            yield row.revision, _fact(row)


def _fact(row: Any) -> Fact:
    said: Retrospective = row.Retrospective
    names = tuple(name.strip() for name in _words(said.competitors))
    return Fact(
        case_id=row.id, outcome=row.kind, day=local_day(row.created_at),
        product=row.product or UNSAID, industry=row.industry or UNSAID,
        region=row.region or UNSAID, reason=said.main_reason or UNSAID,
        stage=said.stage_reached or UNSAID, amount=said.amount_band or UNSAID,
        cycle_days=said.cycle_days,
        price_gap=None if said.price_gap is None else float(said.price_gap),
        names=names, competitors=_once(competitor_key(name) for name in names),
        also=_once(_words(said.contributing_reasons)), roles=_once(_words(said.roles_reached)),
    )


def _words(values: Any) -> list[str]:
    return [str(value) for value in values] if isinstance(values, list) else []


def _once(values: Iterable[str]) -> tuple[str, ...]:
    """Without repetition, and without what is empty."""
    return tuple(value for value in dict.fromkeys(values) if value)
