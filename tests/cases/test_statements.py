"""The number of SQL statements of a page does not grow with the data."""

from io import BytesIO

import pytest

from portal.cases.actions import attachments, talk
from portal.cases.actions.cases import record_case
from portal.cases.content import CaseContent
from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db
from tests.counting import statements_of


@pytest.fixture
def fill(app, alice, bob, carol, clock):
    """Add so many of everything; the first case gets the texts and files."""

    def more(number: int) -> None:
        people = [person.actor for person in (alice, bob, carol)]
        folder = app.extensions["settings"].files
        with transaction():
            for n in range(number):
                content = CaseContent("problem", f"撞单 {n}", "客户归属", tags=(f"tag{n}", "撞单"))
                record_case(people[n % 3], content, clock())
                record_case(people[0], content, clock(), draft=True)
                first = db.session.get_one(Case, 1)
                talk.propose_solution(people[1 + n % 2], first, f"Answer {n}", clock())
                talk.add_comment(people[n % 3], first, f"Remark {n}", clock())
                upload = attachments.Upload(f"{n}.txt", BytesIO(b"x"))
                attachments.attach(people[0], first, upload, folder, 1, clock(), most=99)

    return more


PAGES = ["/cases", "/cases/1", "/cases/1/history", "/cases/1/similar", "/drafts",
         "/people/1/cases", "/teams/1/cases", "/", "/search?q=撞单", "/search/suggest?q=撞单",
         "/search?q=tag:撞单&kind=problem", "/people", "/people/1", "/teams/1", "/manage/audit",
         "/cases/1/edit", "/cases/new/problem", "/cases/alike?title=撞单怎么判&body=客户归属",
         "/people/colleagues?asked=张"]


def test_statements_do_not_grow_with_the_data(app, fill, browser, alice, admin):
    fill(3)
    readers = {url: browser(admin if "manage" in url else alice) for url in PAGES}
    few = {url: statements_of(app, readers[url], url) for url in PAGES}
    fill(30)
    many = {url: statements_of(app, readers[url], url) for url in PAGES}
    # A list that fills its page asks once for its length.
    grown = {url: (len(few[url]), len(many[url])) for url in PAGES
             if len(many[url]) > len(few[url]) + 1}
    assert grown == {}


def test_the_pages_of_a_manager_do_not_grow_either(app, fill, browser, mei):
    person = browser(mei)
    fill(3)
    few = [len(statements_of(app, person, url)) for url in ("/", "/cases/1")]
    fill(20)
    many = [len(statements_of(app, person, url)) for url in ("/", "/cases/1")]
    assert many == few


def test_a_page_takes_few_statements(app, fill, browser, alice):
    fill(2)
    assert len(statements_of(app, browser(alice), "/cases/1")) <= 19
    assert len(statements_of(app, browser(alice), "/search/suggest?q=撞单")) <= 10
