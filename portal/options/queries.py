"""Reads of the options in force: one statement for all of them in each unit of work."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.core.errors import Refused
from portal.core.once import once
from portal.extensions import db
from portal.options.models import ChangedOption
from portal.options.registry import option


def value(name: str) -> Any:
    """The typed value in force. Raises `KeyError` for an option that nobody declares."""
    wanted = option(name)
    stored = _stored().get(name)
    if stored is None:
        return wanted.default
    try:
        return wanted.kind.read(stored)
    except Refused:
        # A later version allows less than was stored.
        return wanted.default


def changed() -> dict[str, ChangedOption]:
    """The options that were changed, with who did."""
    query = select(ChangedOption).options(joinedload(ChangedOption.changed_by))
    return {row.name: row for row in db.session.scalars(query)}


@once()
def _stored() -> dict[str, str]:
    rows = db.session.execute(select(ChangedOption.name, ChangedOption.value))
    return {name: str(text) for name, text in rows}


def forget() -> None:
    """Read them anew: this transaction has changed one."""
    _stored.forget()
