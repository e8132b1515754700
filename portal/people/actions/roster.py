"""A rehearsed roster becomes accounts."""

from dataclasses import dataclass
from datetime import datetime

from portal.core import audit
from portal.extensions import db
from portal.people import passwords, queries
from portal.people.actions.people import PersonFacts, change_person, new_account, record_addition
from portal.people.actions.teams import save_team
from portal.people.models import User
from portal.people.roster.verdicts import Account, Rehearsal, Verdict
from portal.people.rules import Actor


@dataclass(frozen=True)
class Imported:
    """What was written: new accounts with their first passwords, and how many changed."""

    added: list[tuple[User, str]]
    changed: int


def import_people(actor: Actor, rehearsal: Rehearsal, now: datetime) -> Imported:
    """Write every row that is new or changed, after the teams they need. Rows with errors are
    left out. Raises `Refused` when the last administrator would go."""
    teams = {team.name: team.id for team in db.session.scalars(queries.teams())}
    for name in rehearsal.new_teams:
        teams[name] = save_team(actor.id, None, name, None, None, now).id
    added = [
        _add(_facts(verdict.account, teams), now)
        for verdict in rehearsal.of_kind("new") if verdict.account
    ]
    # The audit entries name the new ids.
    db.session.flush()
    for user, _ in added:
        record_addition(actor.id, user, now)
    changed = _change(actor, rehearsal.of_kind("changed"), teams, now)
    audit.record(actor.id, "people.imported", "people", now, added=len(added), changed=changed,
                 left_out=len(rehearsal.of_kind("error")))
    return Imported(added, changed)


def _add(facts: PersonFacts, now: datetime) -> tuple[User, str]:
    password = passwords.generated()
    return new_account(facts, passwords.hashed_generated(password), now), password


def _change(
    actor: Actor, verdicts: list[Verdict], teams: dict[str, int], now: datetime
) -> int:
    accounts = [verdict.account for verdict in verdicts if verdict.account]
    # New administrators first, so that a file may hand the office over.
    accounts.sort(key=lambda account: account.role != "admin")
    users = queries.users_by_login(account.login for account in accounts)
    for account in accounts:
        change_person(actor, users[account.login], _facts(account, teams), now)
    return len(accounts)


def _facts(account: Account, teams: dict[str, int]) -> PersonFacts:
    return PersonFacts(
        login=account.login, name=account.name, role=account.role,
        team_id=teams[account.team] if account.team else None, email=account.email,
        job_title=account.job_title, joined_on=account.joined_on,
    )
