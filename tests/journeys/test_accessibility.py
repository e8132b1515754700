"""Every page is usable by everyone: axe-core finds nothing, and 360 pixels are enough."""

import pytest

from tests.architecture.endpoints import records_of
from tests.architecture.test_access import ROLES, term_for
from tests.architecture.test_pages import PAGES

OVERFLOW = """
() => [...document.querySelectorAll("body *")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }))
  .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
  .filter((element) => !element.closest(".sr-only, .skip-link, [hidden], .table-responsive, pre"))
  .map((element) => element.outerHTML.slice(0, 120)).slice(0, 5)
"""


@pytest.fixture
def visit(app, open_page, record, alice, bob, admin, clock):
    """The page of an endpoint, opened by somebody who may read it."""
    case = record(
        alice, title="两个销售同时报备了一家客户", tags=("撞单", "客户归属"), stage="needs",
        body="# 情况\n\n- [x] 先到\n- [ ] 后到\n\n| 日期 | 人 |\n|---|---|\n| 5 月 | 张 |\n\n"
             "https://example.com/a/very/long/address/that/does/not/fit/on/a/phone/at/all",
    )
    records = records_of(app, case, bob, clock()).everything()

    def open_it(endpoint, **options):
        person = bob if endpoint.permission == "text:edit" else alice
        person = admin if "rep" not in ROLES.get(endpoint.permission, {"rep"}) else person
        records["term_id"] = term_for(endpoint)
        page = open_page(None if endpoint.name == "people.sign_in" else person, **options)
        page.goto(endpoint.address(app, records))
        return page

    return open_it


@pytest.mark.parametrize("endpoint", PAGES, ids=str)
def test_axe_finds_nothing_on_a_desktop_in_daylight(endpoint, visit, axe):
    assert axe(visit(endpoint, language="en", color_scheme="light")) == []


@pytest.mark.parametrize("endpoint", PAGES, ids=str)
def test_axe_finds_nothing_on_a_phone_at_night_and_nothing_sticks_out(endpoint, visit, axe):
    page = visit(endpoint, phone=True, color_scheme="dark")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
    assert page.evaluate(OVERFLOW) == []
    assert axe(page) == []

