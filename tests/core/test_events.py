"""Events: reactions inside the transaction keep the truth, those afterwards are never lost."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from portal import features
from portal.core import events
from portal.core.errors import Refused
from portal.core.events import MAX_ATTEMPTS, Delivery, Event, deliver, publish, subscribe
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User


@dataclass(frozen=True)
class BellRang(Event):
    times: int


heard = []


def listen(event):
    heard.append(event.times)


def refuse(event):
    raise Refused("Quiet, please.")


def fall_ill(event):
    heard.append("ill")
    raise ConnectionError("the mail server is away")


def darken_everyone(event):
    for user in db.session.query(User):
        user.theme = "dark"


@pytest.fixture(autouse=True)
def bells(app):
    heard.clear()
    yield
    subscribe(features.ALL.during, features.ALL.afterwards)


def test_a_reaction_during_belongs_to_the_transaction(alice):
    subscribe({BellRang: [darken_everyone]}, {})
    with pytest.raises(ZeroDivisionError), transaction():
        publish(BellRang(1))
        raise ZeroDivisionError
    assert alice.row.theme == "system"
    with transaction():
        publish(BellRang(1))
    assert alice.row.theme == "dark"


def test_a_reaction_during_may_refuse_the_whole(alice):
    subscribe({BellRang: [darken_everyone, refuse]}, {})
    with pytest.raises(Refused), transaction():
        publish(BellRang(1))
    assert alice.row.theme == "system"


def test_a_reaction_afterwards_waits_for_the_commit():
    subscribe({}, {BellRang: [listen]})
    with transaction():
        publish(BellRang(2))
        assert heard == []
    assert heard == [2]
    assert waiting() == []


def test_a_reaction_afterwards_never_hears_what_was_rolled_back():
    subscribe({}, {BellRang: [listen]})
    with pytest.raises(ZeroDivisionError), transaction():
        publish(BellRang(2))
        raise ZeroDivisionError
    deliver()
    assert heard == []


def test_one_that_fails_stops_nobody_else_and_is_tried_again(clock):
    subscribe({}, {BellRang: [fall_ill, listen]})
    with transaction():
        publish(BellRang(3))
    assert heard == ["ill", 3]
    (delivery,) = waiting()
    assert delivery.attempts == 1
    assert "the mail server is away" in delivery.error
    assert delivery.due_at == clock() + timedelta(minutes=2)


def test_each_failure_waits_longer_until_it_is_given_up(clock):
    subscribe({}, {BellRang: [fall_ill]})
    with transaction():
        publish(BellRang(1))
    for _ in range(MAX_ATTEMPTS + 3):
        deliver()
        before = len(heard)
        deliver()
        assert len(heard) == before, "tried again before its time"
        clock.move(days=10)
    assert len(heard) == MAX_ATTEMPTS
    assert waiting()[0].attempts == MAX_ATTEMPTS


def test_a_crash_between_commit_and_delivery_loses_nothing(monkeypatch):
    subscribe({}, {BellRang: [listen]})
    monkeypatch.setattr(events.jobs, "wake", lambda name: None)
    with transaction():
        publish(BellRang(4))
    assert heard == []
    assert len(waiting()) == 1
    deliver()
    assert heard == [4]
    assert waiting() == []


def test_a_reaction_that_is_gone_keeps_its_delivery_for_the_administrator(monkeypatch):
    subscribe({}, {BellRang: [listen]})
    monkeypatch.setattr(events.jobs, "wake", lambda name: None)
    with transaction():
        publish(BellRang(5))
    subscribe({}, {})
    deliver()
    assert waiting()[0].attempts == 1


def test_what_a_failed_reaction_wrote_is_taken_back(alice):
    def write_and_fail(event):
        darken_everyone(event)
        raise ConnectionError

    subscribe({}, {BellRang: [write_and_fail]})
    with transaction():
        publish(BellRang(1))
    assert alice.row.theme == "system"


def waiting():
    db.session.rollback()
    return db.session.query(Delivery).all()
