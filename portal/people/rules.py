"""Who stands where: the tree of teams, and what a person's place in it lets them read."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

ROLES = ("rep", "manager", "hr", "admin")
# Who has customers, leads and visits.
SELLERS = ("rep", "manager")
# Among whom a colleague is chosen: the whole department, the others in it, those who sell, or
# those of them whom one leads.
ANYONE, OTHERS, SELLING, LED = "anyone", "others", "selling", "led"
LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,63}")
PASSWORD_LENGTH = (10, 200)
LONGEST_NAME = 80


@dataclass(frozen=True)
class TeamPlace:
    """A team's place in the tree; the top has no parent, and a team may lack a leader."""

    id: int
    parent_id: int | None
    leader_id: int | None


class TeamTree:
    """The teams of the department. A parent that is missing or would close a loop ends a walk."""

    def __init__(self, teams: Iterable[TeamPlace]) -> None:
        self._teams: Mapping[int, TeamPlace] = {team.id: team for team in teams}
        self._children: dict[int | None, list[int]] = {}
        for team in self._teams.values():
            self._children.setdefault(team.parent_id, []).append(team.id)

    def upward(self, team_id: int | None) -> tuple[int, ...]:
        """The team itself and those above it, nearest first."""
        path: list[int] = []
        while team_id is not None and team_id in self._teams and team_id not in path:
            path.append(team_id)
            team_id = self._teams[team_id].parent_id
        return tuple(path)

    def subtree(self, team_id: int) -> frozenset[int]:
        """The team itself and all below it."""
        found: set[int] = set()
        waiting = [team_id] if team_id in self._teams else []
        while waiting:
            team = waiting.pop()
            if team not in found:
                found.add(team)
                waiting.extend(self._children.get(team, ()))
        return frozenset(found)

    def leaders_above(self, person_id: int, team_id: int | None) -> tuple[int, ...]:
        """Everyone who leads this person, nearest first; nobody leads themselves."""
        leaders: list[int] = []
        for team in self.upward(team_id):
            leader = self._teams[team].leader_id
            if leader is not None and leader != person_id and leader not in leaders:
                leaders.append(leader)
        return tuple(leaders)

    def line_manager(self, person_id: int, team_id: int | None) -> int | None:
        """The nearest leader above this person."""
        return next(iter(self.leaders_above(person_id, team_id)), None)

    def heads(self) -> frozenset[int]:
        """Who leads a team with no other above it."""
        tops = (team for team in self._teams.values() if team.parent_id not in self._teams)
        return frozenset(team.leader_id for team in tops if team.leader_id is not None)

    def led_by(self, person_id: int) -> frozenset[int]:
        """Every team this person leads, directly or from above."""
        led: set[int] = set()
        for team in self._teams.values():
            if team.leader_id == person_id and team.id not in led:
                led |= self.subtree(team.id)
        return frozenset(led)

    def chains(self) -> Mapping[int, tuple[int, ...]]:
        """Everyone who leads each team, directly or from above, nearest first."""
        return {team: self.leaders_above(0, team) for team in self._teams}

    def would_loop(self, team_id: int, parent_id: int | None) -> bool:
        """Whether hanging the team below this parent would close a circle."""
        return parent_id is not None and team_id in self.upward(parent_id)


@dataclass(frozen=True)
class Actor:
    """A signed-in person as the rules see them: plain values, made once a request."""

    id: int
    role: str
    team_id: int | None = None
    tree: TeamTree = field(default_factory=lambda: TeamTree(()), compare=False, repr=False)

    @property
    def reads_teams(self) -> frozenset[int]:
        """Teams whose team-only records this person reads: their own, those it belongs to,
        and those they lead from above."""
        return frozenset(self.tree.upward(self.team_id)) | self.tree.led_by(self.id)

    @property
    def is_manager(self) -> bool:
        return self.role == "manager"

    @property
    def tokens(self) -> frozenset[str]:
        """What this person shows at the door of search: see `access_tokens` of a record."""
        tokens = {"all", f"user:{self.id}"} | {f"team:{team}" for team in self.reads_teams}
        tokens |= self._selling_tokens
        return frozenset(tokens | {"managers"} if self.is_manager else tokens)

    @property
    def _selling_tokens(self) -> frozenset[str]:
        """What opens customers: one's own, those of people one leads, and of the pool, to whoever
        hands them out. HR and administrators have none."""
        if self.role not in SELLERS:
            return frozenset()
        led = self.tree.led_by(self.id)
        tokens = {f"works:{self.id}"} | {f"leads:{team}" for team in led}
        return frozenset(tokens | {"allocates"} if led or self.is_manager else tokens)

    def is_line_manager_of(self, person_id: int, team_id: int | None) -> bool:
        """Whether this person is the nearest leader above the other."""
        return self.tree.line_manager(person_id, team_id) == self.id


def may_be_chosen(actor: Actor, person: Any, among: str) -> bool:
    """Whether this person, by id, role and team, is one of those to choose from."""
    if among == OTHERS:
        return bool(person.id != actor.id)
    if among == SELLING:
        return person.role in SELLERS
    if among == LED:
        return person.role in SELLERS and (
            person.id == actor.id or person.team_id in actor.tree.led_by(actor.id))
    return True


def password_problem(password: str, login: str) -> str | None:
    """Why a password is refused: `short`, `long`, `login`, `plain`; None when it is fine.

    Length is what counts (NIST SP 800-63B); only the obvious is excluded beyond that.
    """
    shortest, longest = PASSWORD_LENGTH
    if len(password) < shortest:
        return "short"
    if len(password) > longest:
        return "long"
    if login and login.lower() in password.lower():
        return "login"
    return "plain" if len(set(password)) < 5 else None
