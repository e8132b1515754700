"""What the frame of every page shows of news: the count at the bell."""

from dataclasses import dataclass

from flask import Flask, g

from portal.reminders import queries
from portal.reminders.queries.inbox import MOST


@dataclass(frozen=True)
class Told:
    """How much is unhandled, and what it is about, at most `MOST` of it."""

    subjects: tuple[str, ...] = ()

    @property
    def count(self) -> str:
        """As it stands at the bell; empty for nothing."""
        number = len(self.subjects)
        return "" if not number else f"{MOST - 1}+" if number >= MOST else str(number)

    def concerns(self, subject: str) -> bool:
        """Whether opening this record may handle something."""
        return subject in self.subjects or (bool(subject) and len(self.subjects) >= MOST)


def told() -> Told:
    """What the reader of this page is told; read once for a page."""
    if "told" not in g:
        actor = g.get("actor")
        g.told = Told(tuple(queries.open_subjects(actor.id))) if actor is not None else Told()
    found: Told = g.told
    return found


def init_app(app: Flask) -> None:
    app.jinja_env.globals["told"] = told
