"""What the page and the history of a case show of merges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, g

from portal.cases.merging import queries, rules
from portal.cases.merging.models import Merge
from portal.cases.models import Case
from portal.cases.queries.merged import kept_case
from portal.core import access, clock
from portal.people.rules import Actor


@dataclass(frozen=True)
class Shown:
    """A merge, and how long this reader may undo it; None when they may not."""

    merge: Merge
    undo_until: datetime | None


def init_app(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.globals.update(merges_of=merges_of)


def merges_of(case: Case) -> Mapping[str, Any]:
    """`taken_in`: the merges into this case that the reader may know of; `merged`: how this case
    itself was merged, and `kept`: where it stands now."""
    actor = g.actor
    if case.merged_into_id is not None:
        own, kept = queries.merge_of(case), kept_case(case)
        return {"taken_in": (), "merged": _shown(actor, own) if own else None,
                "kept": kept, "kept_is_open": access.allows(actor, "case:read", kept)}
    return {"taken_in": _readable(actor, queries.taken_in(case)), "merged": None, "kept": None}


def _readable(actor: Actor, merges: Sequence[Merge]) -> list[Shown]:
    return [_shown(actor, merge) for merge in merges
            if access.allows(actor, "case:read", merge.case)]


def _shown(actor: Actor, merge: Merge) -> Shown:
    open_still = rules.may_be_undone(merge.merged_at, merge.undone_at is not None, clock.now())
    may = open_still and access.allows(actor, "merge:undo", merge)
    return Shown(merge, rules.undo_ends(merge.merged_at) if may else None)
