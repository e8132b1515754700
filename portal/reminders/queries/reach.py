"""Reads of how people can be reached, and how they want to be."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from portal.extensions import db
from portal.people.models import User
from portal.reminders.models import Address, Choice, Dispatch, Gateway, Hours
from portal.reminders.rules import Times, Wishes, tidy_address


@dataclass(frozen=True)
class Reach:
    """The channels that reach a person, what they chose for one category, and their hours."""

    reachable: frozenset[str]
    wishes: Wishes | None
    times: Times
    digest_waits: bool


def reach_of(people: Collection[int], category: str) -> dict[int, Reach]:
    """How these people can be told, in a fixed number of statements."""
    addresses = addresses_of(people)
    choices = select(Choice).where(Choice.person_id.in_(people), Choice.category == category)
    wishes = {row.person_id: Wishes(row.first, row.second) for row in db.session.scalars(choices)}
    hours = select(Hours).where(Hours.person_id.in_(people))
    times = {row.person_id: times_from(row) for row in db.session.scalars(hours)}
    waiting = set(db.session.scalars(select(Dispatch.person_id).where(
        Dispatch.person_id.in_(people), Dispatch.digest, Dispatch.ended_at.is_(None),
        Dispatch.claim.is_(None),
    )))
    return {
        person: Reach(
            frozenset(addresses.get(person, ())), wishes.get(person),
            times.get(person, Times()), person in waiting,
        )
        for person in people
    }


def addresses_of(people: Collection[int]) -> dict[int, dict[str, str]]:
    """Under which address each medium that works reaches these people."""
    media = set(db.session.scalars(select(Gateway.medium).where(Gateway.active)))
    found: dict[int, dict[str, str]] = {}
    if not media:
        return found
    own = select(Address.person_id, Address.medium, Address.address)
    rows = [*db.session.execute(own.where(Address.person_id.in_(people)))]
    mail = select(User.id, User.email).where(User.id.in_(people), User.email.is_not(None))
    rows += [(person, "mail", tidy_address("mail", email or "") or "")
             for person, email in db.session.execute(mail)]
    for person, medium, address in rows:
        if medium in media and address:
            found.setdefault(person, {})[medium] = address
    return found


def times_of(person_id: int) -> Times:
    """The hours that one person wants."""
    hours = db.session.get(Hours, person_id)
    return times_from(hours) if hours is not None else Times()


def times_from(hours: Hours) -> Times:
    return Times(hours.quiet_from, hours.quiet_until, hours.digest_at, hours.digest_day)


def choices_of(person_id: int) -> Mapping[str, Wishes]:
    """What one person chose, by category."""
    rows = db.session.scalars(select(Choice).where(Choice.person_id == person_id))
    return {row.category: Wishes(row.first, row.second) for row in rows}


def own_addresses(person_id: int) -> dict[str, str]:
    """What one person entered, whether the channel works or not."""
    rows = select(Address.medium, Address.address).where(Address.person_id == person_id)
    return {row.medium: row.address for row in db.session.execute(rows)}


def gateways() -> dict[str, Gateway]:
    """The services that are set up, by medium."""
    return {row.medium: row for row in db.session.scalars(select(Gateway))}
