"""Several people at work on the same customers at the same moment: nobody waits for ever, and
nothing that was saved is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.customers.actions import contacts, notes, ownership
from portal.customers.actions import customers as actions
from portal.customers.content import ContactFacts, CustomerFacts, contact_facts_of, facts_of
from portal.customers.models import Contact, Customer, TimelineEntry
from portal.extensions import db
from portal.leads.actions.leads import record_lead
from portal.leads.content import LeadFacts
from portal.leads.models import Lead
from portal.leads.pool.actions import assign_many, claim_lead
from portal.people.models import User
from tests.customers.conftest import row_of

Work = Callable[[Callable[[], None]], Any]


@pytest.fixture
def at_once(app):
    """Run these at the same moment, each in a transaction of its own; what came of each. A work is
    given `ready()`: it returns when all have read what they act on."""

    def run(*works: Work):
        db.session.rollback()
        together = Barrier(len(works))
        # SQLite lets one write at a time: there they can only begin together.
        reads_first = db.engine.dialect.name == "postgresql"

        def one(work):
            if not reads_first:
                together.wait(10)
            try:
                with app.app_context(), transaction():
                    return work(lambda: together.wait(10) and None if reads_first else None)
            except Refused as refused:
                return refused

        with ThreadPoolExecutor(len(works)) as threads:
            return list(threads.map(one, works))

    return run


def test_two_who_correct_do_not_overwrite_each_other(at_once, customer, alice, mei, clock):
    found, now = customer(alice), clock()
    actors = {"星湖街 1 号": alice.actor, "星湖街 2 号": mei.actor}

    def correct(address):
        def work(ready):
            row = db.session.get_one(Customer, found)
            facts = facts_of(row)
            ready()
            actions.correct_customer(actors[address], row, CustomerFacts(
                **{**facts.values(), "aliases": facts.aliases, "address": address}), "", now,
                version=1)
            return "saved"
        return work

    came = at_once(*(correct(address) for address in actors))
    assert sorted(type(each).__name__ for each in came) == ["Conflict", "str"]
    assert row_of(found).version == 2



def test_two_cannot_have_introduced_each_other(at_once, customer, alice, mei, clock):
    one, now = customer(alice), clock()
    two = customer(alice, name="无锡锐力传动有限公司", phone="")

    def introduce(actor, number, by):
        def work(ready):
            row = db.session.get_one(Customer, number)
            facts = facts_of(row)
            ready()
            actions.correct_customer(actor, row, replace(facts, introduced_by_id=by), "", now,
                                     version=1)
            return "saved"
        return work

    came = at_once(introduce(alice.actor, one, two), introduce(mei.actor, two, one))
    assert sorted(str(type(each).__name__) for each in came) == ["Refused", "str"]
    assert (row_of(one).introduced_by_id is None) != (row_of(two).introduced_by_id is None)


def test_two_who_correct_a_contact(at_once, customer, alice, mei, clock):
    now = clock()
    customer(alice, contacts=[ContactFacts("赵敏")])
    actors = {"采购": alice.actor, "总经理": mei.actor}

    def correct(title):
        def work(ready):
            row = db.session.scalars(select(Contact)).one()
            facts = contact_facts_of(row)
            ready()
            contacts.correct_contact(actors[title], row, ContactFacts(
                **{**facts.values(), "job_title": title}), "", now, version=1)
            return "saved"
        return work

    came = at_once(*(correct(title) for title in actors))
    assert sorted(type(each).__name__ for each in came) == ["Conflict", "str"]


def test_two_corrections_of_one_note(at_once, customer, alice, clock):
    found, now, actor = customer(alice), clock(), alice.actor
    with transaction():
        entry = notes.write_note(actor, row_of(found), "1", now).id

    def correct(text):
        def work(ready):
            row = db.session.get_one(TimelineEntry, entry)
            ready()
            notes.correct_note(actor, row, text, "why", now)
            return "saved"
        return work

    came = at_once(correct("2"), correct("3"))
    assert sorted(type(each).__name__ for each in came) == ["Conflict", "str"]


def test_no_deal_begins_while_its_customer_is_voided(at_once, customer, alice, clock):
    found, now, actor = customer(alice), clock(), alice.actor

    def void(ready):
        row = db.session.get_one(Customer, found)
        ready()
        actions.void_customer(actor, row, "typed twice", now)
        return "void"

    def deal(ready):
        row = db.session.get_one(Customer, found)
        ready()
        record_lead(actor, row, LeadFacts(title="WMS"), now, owner_id=alice.id)
        return "deal"

    came = at_once(void, deal)
    assert sum(isinstance(each, Refused) for each in came) == 1, came
    row = row_of(found)
    leads = db.session.scalar(select(func.count()).select_from(Lead))
    assert (row.voided_at is None) == bool(leads)


def test_a_customer_is_handed_over_once(at_once, customer, alice, bob, mei, wang, clock):
    found, now, actor = customer(alice), clock(), mei.id

    def hand(to):
        def work(ready):
            row = db.session.get_one(Customer, found)
            assert row.people
            ready()
            ownership.hand_over([row], to.id, actor, now, reason="ill")
            return "given"
        return work

    came = at_once(hand(bob), hand(wang))
    # On SQLite the second one reads what the first one did.
    assert came.count("given") == (1 if db.engine.dialect.name == "postgresql" else 2)
    row = row_of(found)
    owners = [each.person_id for each in row.people if each.part == "owner"]
    assert owners == [row.owner_id]


def test_nobody_waits_for_ever(at_once, customer, deal, alice, bob, mei, clock):
    """What changes rows, keys and the audit log in one transaction, in every order."""
    now, first, second = clock(), customer(alice), customer(
        alice, name="无锡华新电子有限公司", phone="0510-82345678")
    free = [deal(None, f"第{number}机械有限公司").id for number in "甲乙丙丁"]
    actor, leader = alice.actor, mei.actor

    def row(number):
        return db.session.get_one(Customer, number)

    def correct(number, address):
        def work(ready):
            found = row(number)
            facts = facts_of(found)
            ready()
            actions.correct_customer(actor, found, CustomerFacts(
                **{**facts.values(), "aliases": facts.aliases, "address": address}), "x", now,
                version=found.version)
        return work

    def contact(number, name):
        def work(ready):
            found = row(number)
            ready()
            contacts.add_contact(actor, found, ContactFacts(name), now)
        return work

    def new(name, *others):
        def work(ready):
            rows = [row(number) for number in others]
            ready()
            made = actions.record_customer(actor, CustomerFacts(name), now, owner_id=alice.id)
            for each in (made, *rows):
                record_lead(actor, each, LeadFacts(title="WMS"), now, owner_id=alice.id)
        return work

    def claim(number):
        def work(ready):
            lead = db.session.get_one(Lead, number)
            ready()
            claim_lead(actor, lead, now)
        return work

    def hand(number):
        def work(ready):
            found = row(number)
            ready()
            ownership.hand_over([found], bob.id, mei.id, now, reason="x")
        return work

    def assign(number):
        def work(ready):
            to = db.session.get_one(User, alice.id)
            ready()
            assign_many(leader, [number], to, now)
        return work

    for turn in range(3):
        came = at_once(
            correct(first, f"a{turn}"), correct(second, f"b{turn}"), contact(first, f"c{turn}"),
            contact(second, f"d{turn}"), new(f"东方{turn}号设备厂", first, second),
            new(f"西方{turn}号设备厂", second, first), claim(free[turn]), assign(free[3]),
            hand(second) if turn == 1 else contact(first, f"e{turn}"))
        assert all(each is None or isinstance(each, Refused) for each in came), came
