"""The settings of scoring in force, read once for each unit of work."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.core.once import once
from portal.extensions import db
from portal.leads.scoring.models import ScoringVersion
from portal.leads.scoring.rules import DIMENSIONS, SHIPPED, Band, Settings


def settings() -> Settings:
    """What holds now."""
    return newest()[1]


@once()
def newest() -> tuple[int, Settings]:
    """The number of the version in force, 0 as shipped, and what it says."""
    row = db.session.execute(
        select(ScoringVersion.number, ScoringVersion.content)
        .order_by(ScoringVersion.number.desc()).limit(1)).first()
    return (row[0], read(row[1])) if row is not None else (0, SHIPPED)


def versions() -> Select[ScoringVersion]:
    """What was ever decided, newest first."""
    return (select(ScoringVersion).options(joinedload(ScoringVersion.made_by))
            .order_by(ScoringVersion.number.desc()))


def version(number: int) -> Settings | None:
    """What a version said; 0 is what the portal ships with."""
    if number == 0:
        return SHIPPED
    content = db.session.scalar(
        select(ScoringVersion.content).where(ScoringVersion.number == number))
    return None if content is None else read(content)


def stored(wanted: Settings) -> dict[str, Any]:
    """Plain values for the database."""
    return {
        "weights": {name: wanted.weights.get(name, 0) for name in DIMENSIONS},
        "industry": dict(wanted.industry), "region": dict(wanted.region),
        "sizes": [[band.employees, band.value] for band in wanted.sizes],
    }


def read(plain: Mapping[str, Any]) -> Settings:
    """The settings again."""
    return Settings(plain["weights"], plain["industry"], plain["region"],
                    tuple(Band(*band) for band in plain["sizes"]))


def forget() -> None:
    """Read them anew: this transaction has changed them."""
    newest.forget()
