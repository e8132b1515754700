"""A large sales department in a new portal: people, customers, and what they came to.

Always the same one. Rows are written by bulk statements, not by actions: what matters here is how
many there are and how they are spread, as over years of work.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert

from portal.commands.init import prepare
from portal.core import clock
from portal.core.unit_of_work import transaction
from portal.customers.identity.content import Identity
from portal.customers.identity.held import keys_of, sound_of
from portal.customers.models import (
    Contact,
    Customer,
    CustomerPerson,
    CustomerWords,
    IdentityKey,
)
from portal.customers.rules import words_of
from portal.extensions import db
from portal.people.actions import PersonFacts, add_person, save_team
from portal.people.models import Team, User
from portal.people.passwords import hashed

PASSWORD = "a long enough sentence 7"
REP, MANAGER, HEAD = "rep.0", "manager.0", "head"
REGIONS = ("east", "north", "south", "central")
INDUSTRIES = ("manufacturing", "it", "finance", "retail", "healthcare", "education", "logistics")
DAYS = 720
AT_ONCE = 5_000
_PLACES = ("上海", "北京", "杭州", "苏州", "广州", "深圳", "成都", "武汉", "南京", "青岛")
_SIGNS = "云海山川星辰明远华创盛达恒瑞天宇金泰联合新科博雅嘉德安顺鼎力宏图"
_TRADES = ("科技", "电子", "机械", "贸易", "医药", "物流", "能源", "建材")
_NAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"


@dataclass(frozen=True)
class Department:
    """Who works there; `owners` says whose each customer is (None: nobody's)."""

    reps: tuple[int, ...]
    leaders: tuple[int, ...]
    owners: dict[int, int | None]
    now: datetime
    chance: random.Random

    def moment(self, days: int = DAYS) -> datetime:
        """Some time in the last so many days."""
        return self.now - timedelta(minutes=self.chance.randrange(days * 1440))

    def day(self, first: int, last: int) -> date:
        """Some day between so many days ago (negative) and ahead."""
        return (self.now + timedelta(days=self.chance.randrange(first, last))).date()


def write(model: type[Any], rows: Iterable[dict[str, Any]]) -> int:
    """All rows, some thousands in a transaction; how many."""
    waiting, count = iter(rows), 0
    while some := list(islice(waiting, AT_ONCE)):
        with transaction():
            db.session.execute(insert(model), some)
        count += len(some)
    return count


def hire(customers: int, *, teams: int = 20, reps: int = 200) -> Department:
    """A head, four managers of regions, and teams of reps under them, in an empty portal."""
    prepare()
    now, chance = clock.now(), random.Random(7)
    with transaction():
        secret = hashed(PASSWORD)
        top = _team("全国", None, "head", secret, now)
        regions = [_team(f"大区 {number}", top, f"manager.{number}", secret, now)
                   for number in range(len(REGIONS))]
        small = [_team(f"销售组 {number}", regions[number % len(regions)], f"leader.{number}",
                       secret, now) for number in range(teams)]
        people = [_person(f"rep.{number}", "rep", small[number % teams], secret, now)
                  for number in range(reps)]
        ids = tuple(person.id for person in people)
        leaders = tuple(team.leader_id or 0 for team in (*regions, *small))
    owners = {number: chance.choice(ids) if number % 12 else None
              for number in range(1, customers + 1)}
    return Department(ids, leaders, owners, now, chance)


def _team(name: str, parent: Team | None, login: str, secret: str, now: datetime) -> Team:
    team = save_team(None, None, name, parent.id if parent else None, None, now)
    team.leader = _person(login, "manager", team, secret, now)
    db.session.flush()
    return team


def _person(login: str, role: str, team: Team, secret: str, now: datetime) -> User:
    facts = PersonFacts(login=login, name=f"{_NAMES[len(login) % 20]}{login}", role=role,
                        team_id=team.id, email=None, joined_on=date(2024, 1, 1))
    person, _password = add_person(None, facts, now)
    person.password_hash, person.must_change_password = secret, False
    return person


def win_customers(place: Department) -> None:
    """Each customer with its keys, its words, a contact or two, and who works for it."""
    names = [_name(place.chance, number) for number in place.owners]
    write(Customer, _customers(place, names))
    write(CustomerPerson, _people(place))
    write(Contact, _contacts(place))
    phones = {number: _phone(number) for number in place.owners}
    write(CustomerWords, (
        {"customer_id": number, "words": words_of([name, _contact(number)], [phones[number]])}
        for number, name in zip(place.owners, names, strict=True)))
    write(IdentityKey, (
        {"kind": key.kind, "value": key.value, "region": key.region, "branch": key.branch,
         "sound": sound_of(key.value) if key.kind == "name" else "", "customer_id": number}
        for number, name in zip(place.owners, names, strict=True)
        for key in keys_of(Identity(name, (), (phones[number],)))))


def _customers(place: Department, names: list[str]) -> Iterator[dict[str, Any]]:
    for (number, owner), name in zip(place.owners.items(), names, strict=True):
        at = place.moment()
        yield {
            "id": number, "name": name, "aliases": [], "phone": "", "owner_id": owner,
            "industry": industry_of(number), "region": region_of(number), "website": "",
            "address": "", "note": "", "tier": "ABCCC"[number % 5], "segment": "",
            "next_contact_on": place.day(-30, 90) if owner else None,
            "owned_since": at, "last_activity_at": place.moment(180) if owner else at,
            "customer_since": place.day(-DAYS, 0) if number % 6 == 0 else None,
            "renewal_on": place.day(-60, 300) if number % 6 == 0 else None,
            "voided_at": at if number % 400 == 1 else None, "void_reason": "", "version": 1,
            "introduced_by_id": number // 3 if number % 9 == 0 else None,
            "extra": {}, "is_sample": False, "created_by_id": owner, "created_at": at,
        }


def _people(place: Department) -> Iterator[dict[str, Any]]:
    for number, owner in place.owners.items():
        if owner is None:
            continue
        row = {"customer_id": number, "since": place.now}
        yield {**row, "person_id": owner, "part": "owner"}
        if number % 4 == 0:
            yield {**row, "person_id": place.chance.choice(place.reps), "part": "backup"}


def _contacts(place: Department) -> Iterator[dict[str, Any]]:
    for number in place.owners:
        yield {
            "id": number, "customer_id": number, "name": _contact(number), "job_title": "采购经理",
            "phone": _phone(number), "email": "", "wechat": "", "decision_role": "procurement",
            "birth_year": None, "birth_month": number % 12 + 1, "birth_day": number % 28 + 1,
            "preferences": "", "void_reason": "", "version": 1, "created_at": place.now,
        }


def industry_of(customer: int) -> str:
    return INDUSTRIES[customer % len(INDUSTRIES)]


def region_of(customer: int) -> str:
    return REGIONS[customer // 7 % len(REGIONS)]


def _name(chance: random.Random, number: int) -> str:
    """No two are the same company: the number is part of the name."""
    signs = "".join(chance.sample(_SIGNS, 3))
    return f"{chance.choice(_PLACES)}{signs}{number}{chance.choice(_TRADES)}有限公司"


def _contact(number: int) -> str:
    return f"{_NAMES[number % 20]}{_SIGNS[number % 31]}{_SIGNS[number // 31 % 31]}"


def _phone(number: int) -> str:
    return f"138{number * 997 % 10**8:08}"
