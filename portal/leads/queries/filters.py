"""What a list of leads is narrowed by; boards, bulk work and exports read the same address."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from portal.core import clock
from portal.core.text import folded
from portal.customers.queries.listing import called
from portal.extensions import db
from portal.leads import rules
from portal.leads.models import Lead
from portal.leads.months import Month, month_named
from portal.people.models import User
from portal.people.rules import Actor

MINE, POOL = "me", "pool"
LISTS = ("stage", "channel", "product", "industry", "region")
MONTHS = ("created", "closed")
NUMBERS = ("team", "score_from", "idle", "imported")


@dataclass(frozen=True)
class LeadFilters:
    """Empty fields ask for nothing. `owner` is "me", "pool" or a person's id; `status` "open" when
    the address says nothing, "all" for every one but the void; `due` asks for next steps that are
    overdue, `idle` for no activity in so many days, `imported` for one import; `created` and
    `closed` name a month, such as 2026-05."""

    owner: str = ""
    team: int | None = None
    stage: str = ""
    status: str = rules.OPEN
    channel: str = ""
    product: str = ""
    industry: str = ""
    region: str = ""
    score_from: int | None = None
    text: str = ""
    due: bool = False
    idle: int | None = None
    imported: int | None = None
    created: str = ""
    closed: str = ""

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> "LeadFilters":
        """From an address; what it says wrongly counts as not said."""
        values: dict[str, Any] = {name: args.get(name, "")[:64].strip() for name in LISTS}
        values.update({name: _number(args.get(name, "")) for name in NUMBERS})
        values.update({name: args[name] for name in MONTHS if month_named(args.get(name, ""))})
        owner, status = args.get("owner", ""), args.get("status", "")
        if owner in (MINE, POOL) or _number(owner) is not None:
            values["owner"] = owner
        if status in (*rules.STATUSES, "all"):
            values["status"] = status
        return cls(**values, text=args.get("text", "")[:80].strip(), due=bool(args.get("due")))

    def as_args(self) -> dict[str, str]:
        """The address of the same list."""
        kept = {name: str(value) for name, value in asdict(self).items() if value}
        if kept.get("status") == rules.OPEN:
            del kept["status"]
        return {**kept, **({"due": "1"} if self.due else {})}

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked for besides all open leads."""
        return bool(self.as_args())

    def where(self, query: Select[Any], actor: Actor, now: datetime) -> Select[Any]:
        """The query, narrowed."""
        return query.where(*self.conditions(actor, now))

    def conditions(self, actor: Actor, now: datetime) -> Iterator[ColumnElement[bool]]:
        """One for each thing that is asked for."""
        yield Lead.status != rules.VOID if self.status == "all" else Lead.status == self.status
        yield from self._whose(actor)
        for name in LISTS:
            if code := getattr(self, name):
                yield getattr(Lead, name) == code
        if self.score_from is not None:
            yield Lead.score >= self.score_from
        if self.due:
            yield Lead.next_step_at < now
        if self.idle is not None:
            yield Lead.last_activity_at < now - timedelta(days=self.idle)
        if self.imported is not None:
            yield Lead.import_id == self.imported
        yield from _within(Lead.created_at, month_named(self.created))
        yield from _within(Lead.closed_at, month_named(self.closed))
        if folded(self.text):
            yield _holding(self.text)

    def _whose(self, actor: Actor) -> Iterator[ColumnElement[bool]]:
        if self.owner == POOL:
            yield Lead.owner_id.is_(None)
        elif self.owner:
            yield Lead.owner_id == (actor.id if self.owner == MINE else int(self.owner))
        if self.team is not None:
            yield Lead.owner_id.in_(_people_of(actor.tree.subtree(self.team)))


def _within(moment: Any, month: Month | None) -> Iterator[ColumnElement[bool]]:
    if month is not None:
        zone = clock.zone()
        yield moment >= month.begins(zone)
        yield moment < month.plus(1).begins(zone)


def _holding(text: str) -> ColumnElement[bool]:
    """In what they want, or in the customer's names, contacts and phones."""
    title, wanted = func.lower(Lead.title), folded(text)
    # Twice as quick as LIKE, and nothing in the text has a meaning of its own.
    place = func.strpos if db.engine.dialect.name == "postgresql" else func.instr
    return or_(place(title, wanted) > 0, called(text, Lead.customer_id))


def _people_of(teams: Collection[int]) -> list[int]:
    """A list of numbers is what databases plan best with."""
    return list(db.session.scalars(select(User.id).where(User.team_id.in_(teams))))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
