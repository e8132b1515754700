"""Puts a message into words at the time of sending: in the recipient's language, with what the
recipient may read by then."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, url_for

from portal.core.i18n import force_locale, gettext, ngettext
from portal.extensions import db
from portal.people.models import User
from portal.people.queries import actor_for
from portal.reminders import queries
from portal.reminders.kinds import CATEGORIES
from portal.reminders.models import Dispatch
from portal.reminders.queries.inbox import MOST, Item
from portal.reminders.subjects import able_to_name_addresses

LONGEST_TITLE = 120
MOST_IN_DIGEST = 40


@dataclass(frozen=True)
class Message:
    """Plain text for one recipient."""

    title: str
    body: str


def message_of(dispatch: Dispatch) -> Message | None:
    """The words; None when there is nothing (any more) that may be told to this person."""
    with able_to_name_addresses(), force_locale(dispatch.person.locale or "zh"):
        return _digest(dispatch.person) if dispatch.digest else _single(dispatch)


def test_message(person: User) -> Message:
    """What somebody sends to themselves to see whether it arrives."""
    with force_locale(person.locale or "zh"):
        return Message(
            gettext("Test message from the sales portal"),
            gettext("It works: messages for %(name)s arrive here.", name=person.name),
        )


def _single(dispatch: Dispatch) -> Message | None:
    notification = dispatch.notification
    if notification is None or notification.handled_at is not None:
        return None
    item = queries.items_of(actor_for(dispatch.person), [notification])[0]
    if item.url is None:
        return None
    words = _one_line(item.sentence)
    link = f"{item.kind.does}: {_absolute(item.url)}"
    if dispatch.medium == "mail":
        return Message(words[:LONGEST_TITLE], f"{words}\n\n{link}\n\n{_footer()}")
    return Message("", f"{words}\n{link}")


def _digest(person: User) -> Message | None:
    """Everything unhandled that the person may read, by category; not what they want in the
    portal alone."""
    silent = {name for name, wishes in queries.choices_of(person.id).items()
              if wishes.first == "none"}
    rows = db.session.scalars(
        queries.notifications_of(person.id, unhandled=True).limit(MOST)
    ).all()
    items = [item for item in queries.items_of(actor_for(person), rows)
             if item.url is not None and item.kind.category not in silent]
    if not items:
        return None
    title = ngettext("%(num)d thing waits for you", "%(num)d things wait for you", len(items))
    parts = [_group(str(label), [i for i in items[:MOST_IN_DIGEST] if i.kind.category == name])
             for name, label in CATEGORIES.items()]
    all_of_them = gettext("All of them: %(address)s", address=_absolute(url_for("reminders.inbox")))
    return Message(title, "\n\n".join([*filter(None, parts), all_of_them, _footer()]))


def _group(label: str, items: Sequence[Item]) -> str:
    lines = [f"- {_one_line(item.sentence)}\n  {_absolute(item.url or '')}" for item in items]
    return "\n".join([f"{label} ({len(items)})", *lines]) if items else ""


def _footer() -> str:
    page = _absolute(url_for("reminders.preferences"))
    return gettext("What you get and when: %(page)s", page=page)


def _absolute(url: str) -> str:
    address: str = current_app.extensions["settings"].public_address
    return f"{address}{url}"


def _one_line(words: str) -> str:
    return " ".join(words.split())
