"""Two administrators at the very same moment, which only PostgreSQL allows."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people import queries
from portal.people.models import User


@pytest.fixture
def second(app, alice):
    """Another administrator."""
    with transaction():
        alice.row.role = "admin"
    return alice


@pytest.fixture
def at_once(app, browser):
    """Send forms by different people whose requests have all read before any of them writes."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one write at a time")

    def send(*posts):
        db.session.rollback()

        def one(post):
            person, url, form = post
            with app.app_context():
                return person.post(url, data=form).status_code

        with ThreadPoolExecutor(len(posts)) as threads:
            return sorted(threads.map(one, posts))

    return send


@pytest.fixture
def together(monkeypatch):
    """`together(module, name)`: two callers of this function leave it at the same moment."""

    def meet(module, name):
        real, barrier = getattr(module, name), Barrier(2)

        def call(*args, **kwargs):
            found = real(*args, **kwargs)
            barrier.wait(10)
            return found

        monkeypatch.setattr(module, name, call)

    return meet


def facts(person, **changes):
    return {"name": person.name, "login": person.login, "role": "admin", "team_id": "", **changes}


def test_two_administrators_cannot_dismiss_each_other(
    browser, admin, second, at_once, together
):
    posts = [
        (browser(one), f"/manage/people/{other.id}/edit", facts(other, role="rep"))
        for one, other in ((admin, second), (second, admin))
    ]
    together(queries, "user_by_login")
    assert at_once(*posts) == [303, 422]
    there = select(func.count()).where(User.role == "admin", User.deactivated_at.is_(None))
    assert db.session.scalar(there) == 1


@pytest.mark.parametrize(("url", "form", "done"), [
    ("/manage/people/add", {"name": "New", "login": "new", "role": "rep", "team_id": ""}, 200),
    ("/manage/teams/add", {"name": "North", "parent_id": "", "leader_id": ""}, 303),
    ("/manage/lists/stage/add", {"label_zh": "Pilot"}, 303),
])
def test_who_takes_a_name_second_is_told(browser, admin, second, at_once, url, form, done):
    first, other = browser(admin), browser(second)
    for number in range(4):
        form = {name: f"{value}{number}" if name in ("name", "login", "label_zh") else value
                for name, value in form.items()}
        answers = at_once((first, url, form), (other, url, form))
        assert answers[0] == done
        assert answers[1] in (409, 422)
