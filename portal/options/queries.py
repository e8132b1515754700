"""Reads of the options in force: one statement for all of them in each unit of work."""

from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session, SessionTransaction, joinedload

from portal.core.errors import Refused
from portal.extensions import db
from portal.options.models import ChangedOption
from portal.options.registry import option

KEPT = "options"


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


def forget() -> None:
    """Read them anew: this transaction has changed one."""
    db.session.info.pop(KEPT, None)


def _stored() -> dict[str, str]:
    kept: dict[str, str] | None = db.session.info.get(KEPT)
    if kept is None:
        rows = db.session.execute(select(ChangedOption.name, ChangedOption.value))
        kept = {name: str(text) for name, text in rows}
        db.session.info[KEPT] = kept
    return kept


@event.listens_for(Session, "after_transaction_end")
def _forget_with_transaction(session: Session, ended: SessionTransaction) -> None:
    if ended.parent is None:
        session.info.pop(KEPT, None)
