"""Every page is usable by everyone: axe-core finds nothing, and 360 pixels are enough."""

import pytest

from tests.architecture.test_pages import PAGES

OVERFLOW = """
() => [...document.querySelectorAll("body *")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }))
  .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
  .filter((element) => !element.closest(".sr-only, .skip-link, [hidden], .table-responsive, pre"))
  .map((element) => element.outerHTML.slice(0, 120)).slice(0, 5)
"""


@pytest.fixture
def visit(full_house, open_page, request):
    """The page of an endpoint, opened by somebody who may read it."""
    def open_it(endpoint, **options):
        login = full_house.visitor(endpoint)
        page = open_page(login and request.getfixturevalue(login), **options)
        answer = page.goto(full_house.address(endpoint))
        assert answer is None or answer.ok
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

