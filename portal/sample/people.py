"""The people and teams of the sample department come into the portal."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from portal.extensions import db
from portal.people.actions import PersonFacts, open_account, save_team
from portal.people.models import Team, User
from portal.people.queries import actor_for
from portal.people.rules import Actor
from portal.sample.calendar import Calendar
from portal.sample.script import Department, PersonScript


@dataclass
class Cast:
    """The sample people by the login they have in the story."""

    users: dict[str, User] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, login: str, now: datetime) -> Actor:
        """The person as the actions see them. Raises `ValueError` before their first day."""
        if login not in self.users or self.users[login].created_at > now:
            raise ValueError(f"{login} is not there yet on {now:%Y-%m-%d}")
        if login not in self._actors:
            self._actors[login] = actor_for(self.users[login])
        return self._actors[login]


def move_in(script: Department, calendar: Calendar, password_hash: str) -> Cast:
    """Teams, people, leaders. A login or team name that is in use gets a number."""
    teams: dict[str, Team] = {}
    opened = calendar.moment(script.opened)
    for team in script.teams:
        above = teams[team.below].id if team.below else None
        name = _free(team.name, Team.name)
        teams[team.name] = save_team(None, None, name, above, None, opened)
        teams[team.name].is_sample = True
    cast = Cast()
    for person, when in _by_first_day(script, calendar):
        facts = _facts(person, teams[person.team], calendar, when)
        user = open_account(None, facts, password_hash, when)
        user.is_sample, user.must_change_password = True, False
        user.locale = person.locale
        cast.users[person.login] = user
        for team in script.teams:
            if team.leader == person.login:
                row = teams[team.name]
                save_team(None, row, row.name, row.parent_id, user.id, when)
    return cast


def _by_first_day(
    script: Department, calendar: Calendar
) -> Iterator[tuple[PersonScript, datetime]]:
    dated = [(calendar.moment(p.account or script.opened), p) for p in script.people]
    for when, person in sorted(dated, key=lambda pair: pair[0]):
        yield person, when


def _facts(person: PersonScript, team: Team, calendar: Calendar, when: datetime) -> PersonFacts:
    joined = when.astimezone(calendar.zone).date()
    if person.joined_days_ago is not None:
        joined = calendar.today - timedelta(days=person.joined_days_ago)
    return PersonFacts(
        login=_free(person.login, User.login), name=person.name, role=person.role,
        team_id=team.id, job_title=person.job, joined_on=joined,
    )


def _free(wanted: str, column: object) -> str:
    """The name itself, or with the first number that nobody has."""
    name, number = wanted, 1
    while db.session.scalar(select(1).where(column == name)) is not None:
        number += 1
        name = f"{wanted}-{number}"
    return name
