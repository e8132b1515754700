"""Entries of the timeline as a page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.customers.actions.notes import may_correct
from portal.customers.models import TimelineEntry
from portal.customers.timeline.kinds import Kind, kind_of
from portal.customers.timeline.queries import Entries
from portal.people.rules import Actor
from portal.reminders.subjects import About, about, is_ref


@dataclass(frozen=True)
class Change:
    """What a correction changed, in words."""

    field: Any
    before: str
    after: str


@dataclass(frozen=True)
class Shown:
    """One entry in words. `link` is the record behind it and `deal` its deal, as far as the reader
    may open them; `corrected_by` is the entry that corrects this one; `may_correct` says that it is
    a note of the reader's own that stands as it is."""

    entry: TimelineEntry
    kind: Kind
    says: str
    text: str
    link: About | None
    deal: About | None
    changes: Sequence[Change]
    corrected_by: TimelineEntry | None
    may_correct: bool = False

    @property
    def id(self) -> int:
        return self.entry.id


def shown(actor: Actor, entries: Entries) -> list[Shown]:
    """Every entry in the reader's language; the records behind all of them are looked up together,
    one question for each sort."""
    refs = {ref for entry in entries.items for ref in (entry.subject, _deal_ref(entry))
            if is_ref(ref)}
    records = about(actor, refs)
    return [_shown(actor, entry, records, entries) for entry in entries.items]


def _shown(
    actor: Actor, entry: TimelineEntry, records: dict[str, About], entries: Entries
) -> Shown:
    kind = kind_of(entry.kind)
    link = records.get(entry.subject)
    if link is None and entry.subject and (url := kind.url(entry.subject)):
        link = About("", url)
    return Shown(
        entry, kind, str(kind.says(entry.detail, entry.text)),
        entry.text if kind.shows_text else "", link, records.get(_deal_ref(entry)),
        changes_of(kind, entry), entries.corrections.get(entry.id),
        may_correct=may_correct(actor, entry) and entry.id not in entries.corrections,
    )


def changes_of(kind: Kind, entry: TimelineEntry) -> list[Change]:
    """Field by field in words; fields that nobody knows any more under their own name."""
    return [
        Change(kind.fields.get(name, name), kind.value(name, before), kind.value(name, after))
        for name, (before, after) in entry.detail.get("changes", {}).items()
    ]


def _deal_ref(entry: TimelineEntry) -> str:
    return "" if entry.lead_id is None else f"lead:{entry.lead_id}"
