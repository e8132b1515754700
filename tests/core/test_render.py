"""A page, or the fragment of it that HTMX asked for: the server picks."""

from portal.core.render import go, render
from tests.core.conftest import READ, WRITE

PAGE, PART = "layout/error.html", "layout/_error.html"


def both():
    return render(PAGE, PART, code=1, title="Title", text="Words")


def test_a_browser_gets_the_page_and_htmx_the_fragment(view_of, browser, alice):
    address = view_of(READ, both)
    assert "<html" in browser(alice).get(address).text
    part = browser(alice).fragment(address)
    assert "<html" not in part.text
    assert "Words" in part.text


def test_boosted_links_and_the_back_button_get_pages(view_of, browser, alice):
    address = view_of(READ, both)
    for name in ("HX-Boosted", "HX-History-Restore-Request"):
        assert "<html" in browser(alice).fragment(address, headers={name: "true"}).text


def test_caches_are_told_that_the_two_differ(view_of, browser, alice):
    assert "HX-Request" in browser(alice).get(view_of(READ, both)).headers["Vary"]


def test_a_page_without_fragment_is_served_whole(view_of, browser, alice):
    address = view_of(READ, lambda: render(PAGE, code=1, title="Title", text="Words"))
    assert "<html" in browser(alice).fragment(address).text


def test_going_on_to_a_page_with_chinese_in_its_address(view_of, browser, alice):
    address = view_of(WRITE, lambda: go("/cases?tag=撞单"))
    escaped = "/cases?tag=%E6%92%9E%E5%8D%95"
    assert browser(alice).post(address).location == escaped
    assert browser(alice).fragment(address, method="POST").headers["HX-Redirect"] == escaped


def test_going_on_after_a_write(view_of, browser, alice):
    address = view_of(WRITE, lambda: go("/help"))
    answer = browser(alice).post(address)
    assert (answer.status_code, answer.location) == (303, "/help")
    answer = browser(alice).fragment(address, method="POST")
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/help")
