"""What a room gives to the whole: the portal is these, put together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from flask import Blueprint, Flask

from portal.cases.health.measures import Maker
from portal.cases.origins import Origin
from portal.cases.playbooks.sources import Source as Placeholders
from portal.core import recording
from portal.core.events import Event, Reaction
from portal.core.today import Provider
from portal.customers.timeline.kinds import Kind as EntryKind
from portal.drafts.writings import Writing
from portal.features.navigation import Place
from portal.leads.loop.meetings import Meetings
from portal.options.registry import Option
from portal.reminders.calendar.sources import Source as DatesOf
from portal.reminders.kinds import Kind
from portal.reminders.subjects import Subject
from portal.search.sources import Source

Reactions = Mapping[type[Event], Sequence[Reaction]]


@dataclass(frozen=True)
class Gives:
    """Each room declares its own; here they are listed."""

    blueprints: Sequence[Blueprint] = ()
    # Where a person may go.
    places: Sequence[Place] = ()
    # What each feature gives to the templates.
    displays: Sequence[Callable[[Flask], None]] = ()
    # What can be searched.
    sources: Sequence[Source] = ()
    # What an administrator may change.
    options: Sequence[Option] = ()
    # Where bytes of files are named, besides attachments.
    files: Sequence[Any] = ()
    # What can be a draft.
    writings: Sequence[Writing] = ()
    # What waits for a person, for the start page: of two rows about the same, the first counts.
    today: Sequence[Provider] = ()
    # What the page of library health shows.
    measures: Sequence[Maker] = ()
    # What cases come from besides somebody's head.
    origins: Sequence[Origin] = ()
    # What meets customers about a deal, for what the deal gives to the library.
    meetings: Sequence[Meetings] = ()
    # What the placeholders of a playbook are filled from.
    placeholders: Sequence[Placeholders] = ()
    # What people are told.
    kinds: Sequence[Kind] = ()
    # How the entries of a customer's timeline read.
    timeline: Sequence[EntryKind] = ()
    # What news and reminders are about.
    subjects: Sequence[Subject] = ()
    # What stands in a person's calendar.
    dates: Sequence[DatesOf] = ()
    # What runs by the clock; it is declared where it stands.
    jobs: Sequence[Callable[[], None]] = ()
    # What can be recorded besides cases.
    forms: Sequence[recording.Form] = ()
    # How it reacts to what happens elsewhere: inside the transaction, and after it.
    during: Reactions = field(default_factory=dict)
    afterwards: Reactions = field(default_factory=dict)


def together(*parts: Gives) -> Gives:
    """Everything that these parts give, in their order."""
    given: dict[str, Any] = {}
    for each in fields(Gives):
        values = [getattr(part, each.name) for part in parts]
        given[each.name] = _table(values) if each.name in ("during", "afterwards") else tuple(
            one for value in values for one in value)
    return Gives(**given)


def _table(tables: Sequence[Reactions]) -> Reactions:
    """Who reacts to the same stands behind each other."""
    kinds = dict.fromkeys(kind for table in tables for kind in table)
    return {kind: [one for table in tables for one in table.get(kind, ())] for kind in kinds}
