"""The number of SQL statements of a page does not grow with the data."""

import pytest

from tests.counting import statements_of


@pytest.fixture
def fill(record, propose, remark, attach, alice, bob, carol):
    """Add so many of everything; the first case gets the texts."""
    cases = []

    def more(number: int) -> None:
        for n in range(number):
            cases.append(record([alice, bob, carol][n % 3], title=f"撞单 {n}", body="客户归属",
                                tags=(f"tag{n}", "撞单")))
            propose([bob, carol][n % 2], cases[0], f"Answer {n}")
            remark([alice, bob, carol][n % 3], cases[0], f"Remark {n}")
            attach(alice, cases[0], f"{n}.txt", b"x")
            record(alice, title=f"Draft {n}", draft=True)

    return more


PAGES = ["/cases", "/cases/1", "/cases/1/history", "/cases/1/similar", "/cases/drafts",
         "/people/1/cases", "/teams/1/cases", "/", "/search?q=撞单", "/search/suggest?q=撞单",
         "/search?q=tag:撞单&kind=problem", "/people", "/people/1", "/teams/1", "/manage/audit",
         "/cases/1/edit", "/cases/new/problem"]


def test_statements_do_not_grow_with_the_data(app, fill, browser, alice, mei, admin, act, clock):
    fill(3)
    readers = {url: browser(admin if "manage" in url else alice) for url in PAGES}
    few = {url: statements_of(app, readers[url], url) for url in PAGES}
    fill(30)
    many = {url: statements_of(app, readers[url], url) for url in PAGES}
    grown = {url: (len(few[url]), len(many[url])) for url in PAGES
             if len(many[url]) > len(few[url])}
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
    assert len(statements_of(app, browser(alice), "/cases/1")) <= 20
    assert len(statements_of(app, browser(alice), "/search/suggest?q=撞单")) <= 10
