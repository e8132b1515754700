"""Changing options, and going back to what the portal ships with."""

from datetime import datetime

from portal.core import audit
from portal.core.errors import Conflict
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.options import queries
from portal.options.models import ChangedOption
from portal.options.registry import option
from portal.people.rules import Actor


def change_option(
    actor: Actor, name: str, text: str, now: datetime, *, base: str | None = None
) -> bool:
    """Let what is typed hold from now on; whether that changed anything.

    `base` is the value the form showed. Raises `Refused` for what the option's kind refuses, and
    `Conflict` when somebody else changed it since.
    """
    wanted = option(name)
    row = _held(name)
    before = wanted.kind.write(queries.value(name))
    if base is not None and base != before:
        raise Conflict(_l("Somebody else changed this to “%(value)s” in the meantime; save again "
                          "to replace that.", value=before))
    after = wanted.kind.write(wanted.kind.read(text))
    if after == before:
        return False
    if row is None:
        row = ChangedOption(name=name)
        db.session.add(row)
    row.value, row.changed_by_id, row.changed_at = after, actor.id, now
    audit.record(actor.id, "option.changed", f"option:{name}", now, before=before, after=after)
    queries.forget()
    return True


def reset_option(actor: Actor, name: str, now: datetime) -> None:
    """Let the default hold again; without a change nothing happens."""
    wanted, row = option(name), _held(name)
    if row is not None:
        before = wanted.kind.write(queries.value(name))
        db.session.delete(row)
        audit.record(actor.id, "option.reset", f"option:{name}", now, before=before,
                     after=wanted.kind.write(wanted.default))
        queries.forget()


def _held(name: str) -> ChangedOption | None:
    return db.session.get(ChangedOption, name, with_for_update=True, populate_existing=True)
