"""One page of a list: its numbers, its address, its cost."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import select

from portal.core.paging import DEEPEST_PAGE, Page, page_number, paginate
from portal.people.models import User


@given(total=some.integers(0, 10_000), per_page=some.integers(1, 200))
def test_the_pages_hold_every_item_once(total, per_page):
    number, seen = 1, 0
    while True:
        items = range(max(0, min(per_page, total - seen)))
        page = Page(items, number, total, per_page)
        if items:
            assert page.first == seen + 1
            assert page.last == seen + len(items)
        seen += len(items)
        assert page.has_prev == (number > 1)
        if not page.has_next:
            break
        number += 1
    assert seen == total
    assert number == page.pages


def test_an_empty_list_has_one_page_that_shows_nothing():
    page = Page([], 1, 0)
    assert (page.pages, page.first, page.last) == (1, 0, 0)


@pytest.mark.parametrize(
    ("written", "number"),
    [("1", 1), ("7", 7), ("0", 1), ("-3", 1), ("", 1), ("x", 1), ("1e3", 1), ("٣", 1), ("²", 1),
     ("99999", DEEPEST_PAGE), ("9" * 50, 1), ("1 OR 1=1", 1)],
)
def test_nonsense_in_the_address_is_page_one(app, written, number):
    with app.test_request_context(query_string={"page": written}):
        assert page_number() == number


def test_a_page_costs_two_statements(app, statements):
    with app.test_request_context("/?page=2"):
        statements.clear()
        page = paginate(select(User).order_by(User.id), per_page=3)
    reads = [statement for statement in statements if statement.startswith("SELECT")]
    assert len(reads) == 2
    assert (page.first, page.last, page.total, page.pages) == (4, 6, 8, 3)


def test_a_page_past_the_end_is_the_last_one(app):
    with app.test_request_context("/?page=900"):
        page = paginate(select(User).order_by(User.id), per_page=3)
    assert page.number == 3
    assert [user.login for user in page.items] == ["hr", "admin"]


def test_two_lists_on_one_page_turn_separately(app):
    with app.test_request_context("/cases/3?page=2&comments=3", method="GET"):
        page = paginate(select(User), per_page=1, parameter="comments")
        assert page.number == 3
        assert "comments=4" in page.url(4)
        assert "page=2" in page.url(4)


def test_the_address_of_another_page_keeps_the_filters(app):
    with app.test_request_context("/cases?kind=win&tag=a&tag=b&page=2"):
        address = Page([], 2, 100).url(3)
    assert address.startswith("/cases?")
    assert {"kind=win", "tag=a", "tag=b", "page=3"} == set(address.split("?")[1].split("&"))


@pytest.mark.parametrize(
    ("asked", "most", "number", "total", "is_more"),
    [(1, 8, 1, 8, False), (1, 7, 1, 7, True), (900, 4, 2, 4, True), (3, 100, 3, 8, False)],
)
def test_a_very_long_list_is_counted_and_turned_so_far(app, asked, most, number, total, is_more):
    with app.test_request_context(f"/?page={asked}"):
        page = paginate(select(User).order_by(User.id), per_page=3, most=most)
    assert (page.number, page.total, page.is_more) == (number, total, is_more)


def test_the_pages_offered_are_the_ends_and_those_around():
    assert Page(range(25), 40, 2500).shown == [1, 38, 39, 40, 41, 42, 100]
    assert Page(range(25), 1, 30).shown == [1, 2]
    assert Page([], 1, 0).shown == [1]
