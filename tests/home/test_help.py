"""The help pages, in both languages."""

import pytest

from portal.home.help_pages import all_pages


def test_both_languages_have_the_same_pages_in_the_same_order():
    assert [page.name for page in all_pages("zh")] == [page.name for page in all_pages("en")]
    assert len(all_pages("zh")) >= 3


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_listed_and_opens(browser, alice, language):
    person = browser(alice, language=language)
    index = person.get("/help").text
    for page in all_pages(language):
        assert page.title in index
        answer = person.get(f"/help/{page.name}")
        assert answer.status_code == 200
        assert page.title in answer.text
        assert 'aria-current="page"' in answer.text


@pytest.mark.parametrize("name", ["nothing", "..", "..%2f..%2fREADME", "start.md", "%00", "START"])
def test_other_pages_do_not_exist(browser, alice, name):
    assert browser(alice).get(f"/help/{name}").status_code == 404


def test_help_is_for_people_who_are_signed_in(browser):
    assert browser().get("/help").status_code == 302
    assert browser().get("/help/start").status_code == 302
