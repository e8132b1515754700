"""What can be a draft: every feature says what its forms are called and where they go on."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.drafts.models import Draft
from portal.drafts.rules import Fields
from portal.people.rules import Actor


@dataclass(frozen=True)
class Shown:
    """One draft as a list shows it: what it is, what about, where to go on.

    `open` is its page of its own, when it has one; two with the same `subject` are one work.
    """

    what: str
    title: str
    go_on: str
    saved_at: datetime
    discard: str
    icon: str
    key: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Writing:
    """The forms of one feature, by what stands before the colon of their names."""

    forms: Collection[str]
    # Of these drafts, those that can still go on.
    shown: Callable[[Actor, Sequence[Draft]], Iterable[Shown]]
    # Whether a form holds more than it came with.
    is_begun: Callable[[str, Fields], bool]
    # Records that are drafts themselves.
    records: Callable[[Actor], Iterable[Shown]]


_writings: list[Writing] = []


def install(writings: Sequence[Writing]) -> None:
    """The whole list, replacing an earlier one."""
    _writings[:] = writings


def is_begun(form: str, fields: Fields) -> bool:
    """Whether there is anything to keep."""
    if not any(value.strip() for values in fields.values() for value in values):
        return False
    found = _writing_of(form)
    return found is not None and found.is_begun(form, fields)


def lines(actor: Actor, drafts: Sequence[Draft]) -> list[Shown]:
    """These drafts, each as a line."""
    return [line for writing in _writings
            for line in writing.shown(actor, [d for d in drafts if _is_of(d.form, writing)])]


def shown(actor: Actor, drafts: Sequence[Draft]) -> list[Shown]:
    """These drafts and the records that are drafts, one line for one work, the newest first."""
    records = [line for writing in _writings for line in writing.records(actor)]
    # What was typed last of one work stands for it.
    newest = {
        line.subject or line.key: line
        for line in sorted((*records, *lines(actor, drafts)), key=lambda line: line.saved_at)
    }
    return sorted(newest.values(), key=lambda line: line.saved_at, reverse=True)


def _writing_of(form: str) -> Writing | None:
    return next((writing for writing in _writings if _is_of(form, writing)), None)


def _is_of(form: str, writing: Writing) -> bool:
    return form.partition(":")[0] in writing.forms
