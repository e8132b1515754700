"""The standing characters: a small department that every test knows.

East (led by wang) has one team below it, Shanghai (led by mei) with alice and bob; South (led by
chen) with carol stands apart. hr and admin belong to no team.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.actions import PersonFacts, add_person, save_team
from portal.people.models import Team, User
from portal.people.passwords import hashed
from portal.people.queries import actor_for
from portal.people.rules import Actor

PASSWORD = "correct horse battery"
MOVED_IN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
TEAMS = {"East": None, "Shanghai": "East", "South": None}
LEADERS = {"East": "wang", "Shanghai": "mei", "South": "chen"}
# login: name, role, team
PEOPLE = {
    "alice": ("李爱丽", "rep", "Shanghai"),
    "bob": ("张博", "rep", "Shanghai"),
    "carol": ("陈可", "rep", "South"),
    "mei": ("梅芳", "manager", "Shanghai"),
    "wang": ("王海", "manager", "East"),
    "chen": ("陈南", "manager", "South"),
    "hr": ("何任", "hr", None),
    "admin": ("管理员", "admin", None),
}


@dataclass(frozen=True)
class Character:
    """Plain values, so that no test depends on a row's session."""

    id: int
    login: str
    name: str
    role: str
    team_id: int | None
    password: str = PASSWORD

    @property
    def actor(self) -> Actor:
        """The person as the actions see them, at their present place in the teams."""
        return actor_for(self.row)

    @property
    def row(self) -> User:
        """The account, in the session of the test."""
        found = db.session.get(User, self.id)
        assert found is not None
        return found


def move_in() -> None:
    """Put the department into an empty portal."""
    with transaction():
        teams: dict[str, Team] = {}
        for name, parent in TEAMS.items():
            parent_id = teams[parent].id if parent else None
            teams[name] = save_team(None, None, name, parent_id, None, MOVED_IN)
        users = {}
        for login, (name, role, team) in PEOPLE.items():
            facts = PersonFacts(
                login=login, name=name, role=role, team_id=teams[team].id if team else None,
                email=f"{login}@example.com", joined_on=date(2025, 1, 6),
            )
            users[login], _ = add_person(None, facts, MOVED_IN)
            users[login].password_hash = hashed(PASSWORD)
            users[login].must_change_password = False
        for team, login in LEADERS.items():
            teams[team].leader = users[login]


def character(login: str) -> Character:
    """The character with this login."""
    user = db.session.query(User).filter_by(login=login).one()
    return Character(user.id, user.login, user.name, user.role, user.team_id)
