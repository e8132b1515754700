"""The rehearsal: what each row of a roster would do, decided on plain values."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from portal.core.text import folded
from portal.people.roster.columns import FIELDS, date_of, role_of
from portal.people.roster.reading import Row
from portal.people.rules import LOGIN

EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
LONGEST = {"name": 80, "team": 80, "job_title": 80, "email": 254}


@dataclass(frozen=True)
class Account:
    """A person as a roster sees them; the team by its name."""

    login: str
    name: str
    role: str = "rep"
    team: str | None = None
    job_title: str | None = None
    email: str | None = None
    joined_on: date | None = None


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be used: a code, and the value or line it is about."""

    code: str
    value: str = ""


@dataclass(frozen=True)
class Verdict:
    """What becomes of one row: `new`, `changed`, `unchanged` or `error`."""

    line: int
    kind: str
    cells: Mapping[str, str]
    account: Account | None = None
    before: Account | None = None
    problems: tuple[Problem, ...] = ()
    # The row names a team that does not exist yet.
    needs_team: bool = False

    @property
    def changes(self) -> list[tuple[str, Any, Any]]:
        """Field, stored value and new value of all that differs."""
        if self.account is None or self.before is None:
            return []
        pairs = [(name, getattr(self.before, name), getattr(self.account, name))
                 for name in FIELDS]
        return [change for change in pairs if change[1] != change[2]]


@dataclass(frozen=True)
class Rehearsal:
    """The verdicts in the order of the file, and the teams that would be made."""

    verdicts: tuple[Verdict, ...]
    new_teams: Mapping[str, int] = field(default_factory=dict)

    def of_kind(self, kind: str) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.kind == kind]


@dataclass(frozen=True)
class Present:
    """The portal as it is: active accounts and those of people who left, by login; the teams."""

    active: Mapping[str, Account]
    left: frozenset[str] = frozenset()
    teams: Iterable[str] = ()


def rehearse(rows: Iterable[Row], present: Present, *, create_teams: bool = True) -> Rehearsal:
    """The verdict on every row. An empty cell leaves what is stored; the first of several rows
    with one login counts; no file takes the last administrator away."""
    judge = _Judge(present, create_teams)
    verdicts = _keep_an_administrator([judge.verdict(row) for row in rows], present)
    # A team may be wanted by rows with errors alone: then it is not made.
    needed = [verdict.account.team for verdict in verdicts
              if verdict.needs_team and verdict.account is not None]
    return Rehearsal(tuple(verdicts), {str(team): needed.count(team) for team in needed})


class _Judge:
    """Remembers the logins and new teams met so far."""

    def __init__(self, present: Present, create_teams: bool) -> None:
        self.present = present
        self.create_teams = create_teams
        self.seen: dict[str, int] = {}
        self.teams = {folded(name): name for name in present.teams}
        self.new_teams: dict[str, str] = {}

    def verdict(self, row: Row) -> Verdict:
        login = folded(row.cells.get("login", ""))
        values, problems = _values(row.cells)
        if row.overflows:
            problems.append(Problem("cells"))
        problems += self._login_problems(row, login)
        needs_team = self._find_team(values, problems)
        before = self.present.active.get(login)
        if before is None and "name" not in values:
            problems.append(Problem("name_missing"))
        if problems:
            return Verdict(row.line, "error", row.cells, problems=tuple(problems))
        if before is None:
            return Verdict(row.line, "new", row.cells, Account(login=login, **values),
                           needs_team=needs_team)
        account = replace(before, **values)
        kind = "unchanged" if account == before else "changed"
        return Verdict(row.line, kind, row.cells, account, before, needs_team=needs_team)

    def _login_problems(self, row: Row, login: str) -> list[Problem]:
        if not login:
            return [Problem("login_missing")]
        if not LOGIN.fullmatch(login):
            return [Problem("login_wrong", row.cells["login"])]
        first = self.seen.setdefault(login, row.line)
        if first != row.line:
            return [Problem("double", str(first))]
        return [Problem("left", login)] if login in self.present.left else []

    def _find_team(self, values: dict[str, Any], problems: list[Problem]) -> bool:
        """Put the stored spelling of the team in; whether the team has yet to be made."""
        written = values.get("team")
        if written is None:
            return False
        key = folded(written)
        if key in self.teams:
            values["team"] = self.teams[key]
            return False
        if not self.create_teams:
            problems.append(Problem("team_unknown", written))
        values["team"] = self.new_teams.setdefault(key, written)
        return True


def _values(cells: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    """The readable cells but the login, and what is wrong with the others."""
    values: dict[str, Any] = {name: cells[name] for name in LONGEST if name in cells}
    problems = [Problem("long", name) for name in values if len(values[name]) > LONGEST[name]]
    if "email" in cells and not EMAIL.fullmatch(cells["email"]):
        problems.append(Problem("email_wrong", cells["email"]))
    for name, read in (("role", role_of), ("joined_on", date_of)):
        if name in cells:
            values[name] = read(cells[name])
            if values[name] is None:
                problems.append(Problem(f"{name}_wrong", cells[name]))
    return values, problems


def _keep_an_administrator(verdicts: list[Verdict], present: Present) -> list[Verdict]:
    """Refuse the rows that would leave the portal without an administrator."""
    remaining = {login for login, account in present.active.items() if account.role == "admin"}
    demoted = set()
    for verdict in verdicts:
        account = verdict.account
        # A row that waits for a new team may yet be left out, so it gives nobody the role.
        if account is not None and account.role == "admin" and not verdict.needs_team:
            remaining.add(account.login)
        elif account is not None and account.login in remaining and account.role != "admin":
            demoted.add(account.login)
    if not demoted or remaining - demoted:
        return verdicts
    return [
        Verdict(v.line, "error", v.cells, problems=(Problem("last_admin"),))
        if v.account is not None and v.account.login in demoted else v
        for v in verdicts
    ]
