"""Who checked what: kept in the audit log, without a page that reads having to write.

Checks wait in memory until they are sent or have settled; a thread of this process writes them.
"""

import logging
import os
import threading
from dataclasses import dataclass

from flask import Flask, current_app

from portal.core import audit, clock
from portal.core.unit_of_work import transaction
from portal.leads.checking.answering import Answer
from portal.search.analyzer import fold
from portal.search.log.recorder import PAUSE, Clerk
from portal.search.log.rules import RESULTS, TYPING, Asked
from portal.search.log.waiting import Waiting

log = logging.getLogger(__name__)
WAITING = Waiting()


@dataclass(frozen=True)
class Checked(Asked):
    """A check with what it answered, and the customers it told about."""

    word: str = ""
    customers: tuple[int, ...] = ()


def remember(actor_id: int, answer: Answer, *, sent: bool) -> None:
    """Keep that somebody checked; what was typed on the way to it is not kept. Never raises."""
    shown = tuple(each.customer_id for each in (*answer.same, *answer.near))
    _remember(actor_id, answer.typed.text, answer.word, shown, RESULTS if sent else TYPING)


def remember_told(actor_id: int, typed: str, word: str, customers: tuple[int, ...]) -> None:
    """Keep that a form told somebody whose customers these are. Never raises."""
    _remember(actor_id, typed, word, customers, RESULTS)


def _remember(
    actor_id: int, typed: str, word: str, customers: tuple[int, ...], surface: str
) -> None:
    try:
        WAITING.add([Checked(
            person_id=actor_id, text=typed, key=fold(typed), total=len(customers),
            surface=surface, narrowed=False, at=clock.now(), word=word, customers=customers,
        )])
        _wake(current_app._get_current_object())  # type: ignore[attr-defined]
    except Exception:
        log.exception("a check could not be remembered")


def write_due() -> None:
    """Write what was sent or has settled; kept for the next time when it cannot be."""
    due = WAITING.take_due(clock.now())
    if not due:
        return
    try:
        with transaction():
            for asked in due:
                if isinstance(asked, Checked):
                    _record(asked)
    except Exception:
        log.exception("%s checks are not written yet", len(due))
        WAITING.add(due)


def _record(checked: Checked) -> None:
    first = checked.customers[0] if checked.customers else None
    audit.record(
        checked.person_id, "customer.checked", f"customer:{first}" if first else "customer",
        checked.at, typed=checked.text, answer=checked.word, customers=list(checked.customers),
    )


_clerk: Clerk | None = None
_hiring = threading.Lock()


def _wake(app: Flask) -> None:
    if app.extensions["settings"].jobs == "inline":
        with app.app_context():
            write_due()
        return
    global _clerk
    with _hiring:
        # A process that was forked has the memory of its parent, but none of its threads.
        if _clerk is None or _clerk.process != os.getpid() or not _clerk.is_alive():
            _clerk = Clerk(app, PAUSE, write_due, WAITING)
            _clerk.start()
    _clerk.ring()
