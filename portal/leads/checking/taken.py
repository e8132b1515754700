"""Whoever is told by a form that somebody has a customer already was answered like by the check."""

from flask import Flask
from sqlalchemy import select

from portal.core.text import line
from portal.customers import taken
from portal.customers.identity.keys import Taken
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.checking import log
from portal.leads.checking.answering import stages_of
from portal.leads.checking.limiting import within_limit
from portal.leads.checking.rules import POOL, THEIRS


def init_app(app: Flask) -> None:
    """Let the room below say at which stage the deals are, count what it tells and keep it."""
    taken.install(stages_of, told)


def told(person_id: int, refused: Taken) -> bool:
    """Whether the person may be told whose it is; kept in the same log as the check."""
    if not within_limit(person_id):
        return False
    numbers = tuple(dict.fromkeys(match.customer_id for match in refused.matches))
    owned = db.session.scalar(select(Customer.id).where(
        Customer.id.in_(numbers), Customer.owner_id.is_not(None)).limit(1))
    typed = ", ".join(dict.fromkeys(line(match.value) for match in refused.matches))
    log.remember_told(person_id, typed, THEIRS if owned else POOL, numbers)
    return True
