"""What records refer to by name: people, teams, list entries; read once for many records."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.cases.content import CaseContent, RetrospectiveContent
from portal.cases.exchange.records import LIST_FIELDS, CaseRecord, Wrong
from portal.core.errors import Refused
from portal.core.text import folded
from portal.extensions import db
from portal.lists.actions import add_term
from portal.lists.models import Term
from portal.people.models import Team, User

LOGIN = re.compile(r".*<\s*([^<>\s]+)\s*>\s*")


@dataclass(frozen=True)
class Person:
    id: int
    team_id: int | None
    name: str = ""


class People:
    """Accounts by login and by name."""

    def __init__(self) -> None:
        self._by_login: dict[str, Person] = {}
        self._by_name: dict[str, list[Person]] = {}
        self._names: dict[int, str] = {}
        for user_id, login, name, team_id in db.session.execute(
            select(User.id, User.login, User.name, User.team_id)
        ):
            person = Person(user_id, team_id, name)
            self._by_login[login] = person
            self._names[user_id] = name
            self._by_name.setdefault(folded(name), []).append(person)

    def name_of(self, person_id: int) -> str:
        return self._names.get(person_id, "")

    def named(self, author: str | None) -> Person | None:
        """The account of a written author; `Name <login>` means that login and nobody else."""
        if author is None:
            return None
        login = LOGIN.fullmatch(author)
        if login:
            return self._by_login.get(login[1].lower())
        same_name = self._by_name.get(folded(author), [])
        return self._by_login.get(author.lower()) or (
            same_name[0] if len(same_name) == 1 else None
        )


def team_ids() -> dict[str, int]:
    return {folded(name): team_id for name, team_id in
            db.session.execute(select(Team.name, Team.id))}


class Lists:
    """The editable lists; a word that no list knows becomes a new entry."""

    def __init__(self, actor_id: int, now: datetime) -> None:
        self.actor_id, self.now = actor_id, now
        self.added: list[tuple[str, str]] = []
        self._codes: dict[str, dict[str, str]] = {}
        query = select(Term.list, Term.code, Term.label_zh, Term.label_en)
        for name, code, label_zh, label_en in db.session.execute(
            query.where(Term.list != "tag").order_by(Term.position, Term.id)
        ):
            for spelling in (code, label_zh, label_en):
                self._remember(name, spelling, code)

    def _remember(self, name: str, spelling: str | None, code: str) -> None:
        if spelling:
            self._codes.setdefault(name, {}).setdefault(folded(spelling), code)

    def code(self, name: str, written: str | None) -> str | None:
        if written is None:
            return None
        code = self._codes.get(name, {}).get(folded(written))
        return self.unknown(name, written) if code is None else code

    def unknown(self, name: str, written: str) -> str | None:
        """The code for a word that the list does not know: here a new entry's."""
        code: str = add_term(self.actor_id, name, written, None, self.now).code
        self._remember(name, written, code)
        self.added.append((name, written))
        return code

    def resolved(self, record: CaseRecord) -> CaseContent:
        """The content with codes for its list values. Raises `Wrong` for a label too long."""
        values: dict[str, Any] = dict(vars(record.content))
        for name in LIST_FIELDS:
            values[name] = self._resolved(record, name, name)
        facts = record.content.retrospective
        if facts is not None:
            changed = dict(vars(facts))
            for key, name in (("stage_reached", "stage"), ("main_reason", "reason")):
                changed[key] = self._resolved(record, key, name, facts)
            changed["contributing_reasons"] = tuple(
                code for word in facts.contributing_reasons
                if (code := self._checked(record, "contributing_reasons", "reason", word))
            )
            values["retrospective"] = RetrospectiveContent(**changed)
        return CaseContent(**values)

    def _resolved(self, record: CaseRecord, key: str, name: str, holder: Any = None) -> Any:
        return self._checked(record, key, name, getattr(holder or record.content, key))

    def _checked(self, record: CaseRecord, key: str, name: str, word: str | None) -> Any:
        try:
            return self.code(name, word)
        except Refused as refused:
            raise Wrong(f"{key}: {refused.message}", record.lines.get(key, 0)) from None


def by_ref(model: Any, refs: Iterable[str], *options: Any) -> dict[str, Any]:
    """The rows with these refs."""
    query = select(model).where(model.ref.in_(set(refs))).options(*options)
    return {row.ref: row for row in db.session.scalars(query)}
