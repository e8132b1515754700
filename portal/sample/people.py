"""The people and teams of the sample department come into the portal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from portal.extensions import db
from portal.people.actions import PersonFacts, open_account, save_team
from portal.people.models import Team, User
from portal.people.queries import actor_for
from portal.people.rules import Actor
from portal.sample.calendar import Calendar
from portal.sample.script import Department, PersonScript, TeamScript

Act = Callable[[datetime], None]


@dataclass
class Cast:
    """The sample people by the login they have in the story."""

    users: dict[str, User] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def user(self, login: str, now: datetime) -> User:
        """The account. Raises `ValueError` before their first day."""
        if login not in self.users or self.users[login].created_at > now:
            raise ValueError(f"{login} is not there yet on {now:%Y-%m-%d}")
        return self.users[login]

    def actor(self, login: str, now: datetime) -> Actor:
        """The person as the actions see them. Raises `ValueError` before their first day."""
        user = self.user(login, now)
        if login not in self._actors:
            self._actors[login] = actor_for(user)
        return self._actors[login]


def arrivals(
    script: Department, cast: Cast, calendar: Calendar, password_hash: str
) -> Iterator[tuple[str, Act]]:
    """The teams, then the people with their first days; a leader takes over on arriving.

    A login or a team name that is in use gets a number.
    """
    teams: dict[str, Team] = {}

    def found(team: TeamScript, now: datetime) -> None:
        above = teams[team.below].id if team.below else None
        row = save_team(None, None, _free(team.name, Team.name), above, None, now)
        row.is_sample = True
        teams[team.name] = row

    def arrive(person: PersonScript, now: datetime) -> None:
        facts = _facts(person, teams[person.team], calendar, now)
        user = open_account(None, facts, password_hash, now)
        user.is_sample, user.must_change_password = True, False
        user.locale = person.locale
        cast.users[person.login] = user
        for team in script.teams:
            if team.leader == person.login:
                row = teams[team.name]
                save_team(None, row, row.name, row.parent_id, user.id, now)

    for team in script.teams:
        yield script.opened, partial(found, team)
    for person in script.people:
        yield person.account or script.opened, partial(arrive, person)


def _facts(person: PersonScript, team: Team, calendar: Calendar, now: datetime) -> PersonFacts:
    joined = now.astimezone(calendar.zone).date()
    if person.joined_days_ago is not None:
        joined = calendar.today - timedelta(days=person.joined_days_ago)
    return PersonFacts(
        login=_free(person.login, User.login), name=person.name, role=person.role,
        team_id=team.id, job_title=person.job, joined_on=joined,
    )


def _free(wanted: str, column: InstrumentedAttribute[str]) -> str:
    """The name itself, or with the first number that nobody has."""
    name, number = wanted, 1
    while db.session.scalar(select(1).where(column == name)) is not None:
        number += 1
        name = f"{wanted}-{number}"
    return name
