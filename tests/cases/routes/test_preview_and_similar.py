"""The text as it will look, and cases that speak of the same (K10, S5)."""

import pytest


def test_the_preview_shows_what_the_page_will_show(problem, browser, alice):
    answer = browser(alice).post("/cases/preview", data={"text": "**bold** <script>x</script>"})
    assert answer.status_code == 200
    assert "<strong>bold</strong>" in answer.text
    assert "<script" not in answer.text
    assert "<html" not in answer.text


def test_the_preview_of_nothing_is_empty_and_of_too_much_refused(browser, alice):
    person = browser(alice)
    assert person.post("/cases/preview", data={}).status_code == 200
    assert person.post("/cases/preview", data={"text": "x" * 100_001}).status_code == 413
    assert person.get("/cases/preview").status_code == 405


@pytest.mark.parametrize("text", [
    "[" * 5000, "> " * 2000 + "x", "* " * 3000, "`" * 5000, "![](" * 3000, "|" * 3000, "<" * 5000,
    "\n".join("  " * n + "- x" for n in range(300)), "**" * 5000, "\x00" * 100, "&" * 5000,
])
def test_pathological_text_does_not_hold_up_the_page(browser, alice, text):
    assert browser(alice).post("/cases/preview", data={"text": text}).status_code == 200


@pytest.fixture
def neighbours(record, alice, bob, carol):
    """Cases that share words with one another, for different readers."""
    words = "两个销售同时报备同一个客户，按首次拜访记录判断客户归属"
    return {
        "asked": record(alice, title="撞单怎么判", body=words),
        "open": record(bob, title="撞单仲裁案例", body=words),
        "team": record(bob, title="撞单团队内部", body=words, audience="team"),
        "managers": record(bob, title="撞单经理内部", body=words, audience="managers"),
        "draft": record(bob, title="撞单草稿", body=words, draft=True),
    }


def test_similar_cases_are_those_the_reader_may_read(neighbours, browser, alice, carol, chen):
    url = f"/cases/{neighbours['asked'].id}/similar"
    seen = {person.login: browser(person).get(url).text for person in (alice, carol, chen)}
    assert "撞单仲裁案例" in seen["carol"]
    assert "撞单团队内部" not in seen["carol"]
    assert "撞单团队内部" in seen["alice"]
    assert "撞单经理内部" not in seen["alice"]
    assert "撞单经理内部" in seen["chen"]
    assert all("撞单草稿" not in page for page in seen.values())


def test_a_case_is_not_similar_to_itself(neighbours, browser, alice):
    fragment = browser(alice).fragment(f"/cases/{neighbours['asked'].id}/similar").text
    assert fragment.lstrip().startswith('<section id="similar">')
    assert "撞单怎么判" not in fragment


def test_nothing_similar_says_so(problem, browser, alice):
    assert "Nothing similar yet" in browser(alice).get(f"/cases/{problem.id}/similar").text
