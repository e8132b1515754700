"""What every test may ask for: the portal, its people, their browsers, a clock, and cases.

Commits are real. Before a test that uses the portal the database, the index and the limits are
put back to the standing department (see `characters.py`).
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import hypothesis
import pytest
from argon2 import PasswordHasher
from flask import Flask

from portal import create_app
from portal.cases.actions.cases import record_case
from portal.cases.analysis.facts import forget as forget_deals
from portal.cases.content import CaseContent
from portal.cases.models import Case
from portal.commands.init import prepare
from portal.config import Settings
from portal.core.database import reading
from portal.core.i18n import force_locale
from portal.core.unit_of_work import transaction
from portal.customers.actions.customers import record_customer
from portal.customers.content import CustomerFacts
from portal.extensions import db, limiter
from portal.leads.actions.leads import record_lead
from portal.leads.content import LeadFacts
from portal.leads.models import Lead
from portal.people import passwords
from portal.search.log.queries.history import count_popular_anew
from portal.search.log.waiting import WAITING
from portal.search.vocabulary import current as synonyms
from tests import characters
from tests.browser import Browser, open_browser
from tests.characters import Character
from tests.counting import statements as statements_inside
from tests.databases import Database, on_postgresql, open_database
from tests.frozen_clock import FrozenClock
from tests.full_house import FullHouse, open_house
from tests.kept import Kept

# The time of one example says nothing on a machine that does other work as well.
hypothesis.settings.register_profile("portal", deadline=None, max_examples=60)
hypothesis.settings.load_profile("portal")


class Recorder(Protocol):
    def __call__(self, person: Character, **content: Any) -> Case: ...


class Dealer(Protocol):
    def __call__(self, person: Character | None, company: str = ..., **facts: Any) -> Lead: ...


# Who may open which address, and how pages are built, does not depend on the database.
ASKED_ONCE = ("journeys", "test_access.py", "test_pages.py")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches the database runs again."""
    if not on_postgresql():
        return
    chosen, left_out = [], []
    for item in items:
        uses_database = {"furnished_portal", "engine_kind"} & {*getattr(item, "fixturenames", ())}
        was_asked = any(name in item.path.parts for name in ASKED_ONCE)
        (chosen if uses_database and not was_asked else left_out).append(item)
    items[:] = chosen
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Hashing is the sign-in's price by design; the tests pay a small one."""
    patch = pytest.MonkeyPatch()
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    patch.setattr(passwords, "_hasher", hasher)
    patch.setattr(passwords, "_NOBODY", hasher.hash("nobody"))
    yield
    patch.undo()


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def database(data_folder: Path) -> Iterator[Database]:
    """SQLite, or PostgreSQL when `PORTAL_TEST_DATABASE=postgresql`."""
    database = open_database(data_folder)
    yield database
    database.close()


@pytest.fixture(scope="session")
def settings(database: Database, data_folder: Path) -> Settings:
    return Settings(
        data=data_folder, database_url=database.url, secret_key="only for tests", jobs="inline"
    )


@pytest.fixture(scope="session")
def furnished_portal(settings: Settings, database: Database) -> Iterator[Flask]:
    """The portal set up by the real migrations and seeds, with its standing people."""
    app = create_app(settings)
    app.testing = True
    database.prepare(app)
    with app.app_context():
        prepare()
        characters.move_in()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def kept_contents(furnished_portal: Flask, database: Database) -> Kept:
    """Remembers the contents of the portal and returns to them: `keep(name)`, `put_back(name)`."""
    kept = Kept(furnished_portal, database)
    kept.keep("morning")
    return kept


@pytest.fixture
def clock(furnished_portal: Flask) -> Iterator[FrozenClock]:
    """Monday, 1 June 2026, 10:00 in Shanghai, until `clock.move(days=…)`."""
    clock = FrozenClock()
    furnished_portal.config["CLOCK"] = clock
    yield clock
    furnished_portal.config.pop("CLOCK")


@pytest.fixture
def app(furnished_portal: Flask, kept_contents: Kept, clock: FrozenClock) -> Iterator[Flask]:
    """The portal as it stood on the first morning; `db.session` works in the test itself.

    The test only reads outside of `with transaction():`, like a GET request.
    """
    kept_contents.put_back("morning")
    with furnished_portal.app_context():
        limiter.reset()
        WAITING.clear()
        count_popular_anew()
        synonyms.forget()
        forget_deals()
        token = reading.set(True)
        yield furnished_portal
        reading.reset(token)
        db.session.rollback()


@pytest.fixture(scope="session")
def _records_of_full_house() -> dict[str, Any]:
    return {}


@pytest.fixture
def full_house(
    app: Flask, kept_contents: Kept, _records_of_full_house: dict[str, Any]
) -> FullHouse:
    """Everything that an address may name."""
    return open_house(app, kept_contents, _records_of_full_house)


@pytest.fixture
def browser(app: Flask) -> Callable[..., Browser]:
    """`browser(alice)` is signed in, `browser()` is not; `language="zh"` for a Chinese one."""

    def open_one(person: Character | None = None, *, language: str = "en") -> Browser:
        return open_browser(app, person, language)

    return open_one


@pytest.fixture
def english(app: Flask) -> Iterator[None]:
    """What is refused outside of a request is said in English."""
    with app.test_request_context(), force_locale("en"):
        yield


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """Every statement that the database was sent."""
    with statements_inside(app) as sent:
        yield sent


@pytest.fixture
def record(app: Flask, clock: FrozenClock) -> Recorder:
    """`record(alice, kind="win", title=…, audience=…, draft=True)`: a case by the real action."""

    def record_one(person: Character, *, draft: bool = False, **content: Any) -> Case:
        values = {"kind": "problem", "title": "Two reps claim one customer", **content}
        with transaction():
            return record_case(person.actor, CaseContent(**values), clock(), draft=draft)

    return record_one


@pytest.fixture
def deal(app: Flask, clock: FrozenClock) -> Dealer:
    """`deal(alice, "苏州恒通机电有限公司", title=…, amount=…)`: a lead with its customer, by the
    real actions; `deal(None, …)` is in the pool."""

    def deal_one(person: Character | None, company: str = "苏州恒通机电有限公司", *,
                 phone: str = "", **facts: Any) -> Lead:
        by = person or characters.character("mei")
        values = {"title": "换一套仓储系统", **facts}
        with transaction():
            customer = record_customer(by.actor, CustomerFacts(name=company, phone=phone), clock(),
                                       owner_id=person.id if person else None)
            return record_lead(by.actor, customer, LeadFacts(**values), clock(),
                               owner_id=person.id if person else None)

    return deal_one


def _standing(login: str) -> Any:
    def person(app: Flask) -> Character:
        return characters.character(login)

    name, role, team = characters.PEOPLE[login]
    person.__doc__ = f"{name}, {role} in {team or 'no team'}."
    return pytest.fixture(person, name=login)


alice, bob, carol = _standing("alice"), _standing("bob"), _standing("carol")
mei, wang, chen = _standing("mei"), _standing("wang"), _standing("chen")
hr, admin = _standing("hr"), _standing("admin")
