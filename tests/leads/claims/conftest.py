"""Alice's customer, and Bob who types the same company."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from portal.core.unit_of_work import transaction
from portal.customers.content import ContactFacts, CustomerFacts
from portal.customers.identity.keys import Identity, matches
from portal.extensions import db
from portal.leads.claims.actions import Photo, Said, Shelf, open_claim, send_claim
from portal.leads.claims.content import typed_values
from portal.leads.claims.models import Claim
from portal.leads.content import LeadFacts
from portal.leads.models import Lead
from tests.characters import Character
from tests.frozen_clock import FrozenClock

NAME, PHONE = "苏州恒通机电有限公司", "0512-66668888"


def photo(name: str = "card.png", size: int = 2) -> tuple[BytesIO, str]:
    """A picture as a browser sends it."""
    file = BytesIO()
    Image.new("RGB", (size, size)).save(file, "PNG")
    file.seek(0)
    return file, name


@pytest.fixture
def hers(deal: Any, alice: Character) -> Lead:
    """Alice's deal with the company."""
    return deal(alice, NAME, phone=PHONE)


@pytest.fixture
def type_it(app: Flask, clock: FrozenClock) -> Callable[..., Claim]:
    """`type_it(bob)`: the claim that comes of a blocked save."""

    def save(person: Character, name: str = NAME, phone: str = "", contact: str = "",
             title: str = "他们要换 WMS") -> Claim:
        customer = CustomerFacts(name=name, phone=phone, industry="manufacturing", note="急")
        contacts = (ContactFacts(name="王总", phone=contact, job_title="总经理"),)
        found = matches(Identity(name, phones=(phone, contact)))
        with transaction():
            typed = typed_values(customer, contacts, LeadFacts(title=title, channel="fair"))
            return open_claim(person.actor, typed, found, clock())

    return save


@pytest.fixture
def claim(hers: Lead, type_it: Callable[..., Claim], bob: Character) -> Claim:
    """Bob typed it too; not sent yet."""
    return type_it(bob)


@pytest.fixture
def sent(claim: Claim, app: Flask, bob: Character, clock: FrozenClock) -> Claim:
    """The same, sent with evidence and a photo."""
    settings = app.extensions["settings"]
    stream, name = photo()
    with transaction():
        row = db.session.get_one(Claim, claim.id)
        send_claim(bob.actor, row, Said("王总, 总经理", "decision_maker", note="上周见过"),
                   [Photo(name, stream)], Shelf(settings.files, 5), clock())
    return claim


@pytest.fixture
def again(app: Flask) -> Callable[[Claim], Claim]:
    """The claim as it stands in the database now."""

    def read(claim: Claim) -> Claim:
        db.session.rollback()
        return db.session.get_one(Claim, claim.id, populate_existing=True)

    return read
