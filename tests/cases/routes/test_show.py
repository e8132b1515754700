"""The page of a case."""

import pytest

from portal.cases.actions import talk
from portal.cases.actions.cases import archive_case, validate_case

HOSTILE = """# <script>alert(1)</script>
<img src=x onerror=alert(1)> <svg onload=alert(1)> <a href="javascript:alert(1)">x</a>
[link](javascript:alert(1)) [data](data:text/html,<script>alert(1)</script>)
![pixel](https://evil.example/pixel.png) ![css](x" onerror="alert(1))
<style>body{display:none}</style> <iframe src="//evil.example"></iframe>
<form action="https://evil.example"><input name=password></form>
<div onclick="alert(1)" style="position:fixed" id="main" class="frame">x</div>
[vb]( vbscript:msgbox(1) ) <a href="&#106;avascript:alert(1)">y</a>
"""


def test_it_shows_the_case_as_a_good_answer(record, propose, remark, browser, alice, bob, deal):
    case = record(alice, kind="win", title="赢下智造科技", body="**现场演示** 定胜负",
                  tags=("演示",), stage="signed", industry="manufacturing", retrospective=deal)
    remark(bob, case, "学到了")
    page = browser(bob).get(f"/cases/{case.id}").text
    for part in ("赢下智造科技", "<strong>现场演示</strong>", "演示", "Signed", "Manufacturing",
                 "李爱丽", "Price", "95 days", "12.5 %", "金蝶, Oracle", "<li>first visit</li>",
                 "Decision maker", "学到了", "Not validated"):
        assert part in page, part


def test_the_facts_speak_chinese(record, browser, alice, bob):
    case = record(alice, title="撞单", stage="needs", industry="manufacturing")
    page = browser(bob, language="zh").get(f"/cases/{case.id}").text
    assert 'lang="zh-CN"' in page
    assert "制造业" in page
    assert "需求" in page
    assert "Manufacturing" not in page


def test_solutions_come_accepted_first_then_the_most_helpful(problem, propose, browser, alice, bob,
                                                             carol, act, clock):
    _, second, third = (propose(bob, problem, f"Answer {n}") for n in "ABC")
    act(talk.say_it_helped, carol.actor, problem, second, True, clock())
    act(talk.accept_solution, alice.actor, third, clock())
    page = browser(alice).get(f"/cases/{problem.id}").text
    assert page.index("Answer C") < page.index("Answer B") < page.index("Answer A")
    assert "Solved" in page


def test_withdrawn_texts_are_gone_for_everybody(problem, propose, remark, browser, alice, bob, act,
                                                clock):
    for text in (propose(bob, problem, "gone one"), remark(bob, problem, "gone two")):
        act(talk.withdraw, bob.actor, text, clock())
    for reader in (alice, bob):
        assert "gone" not in browser(reader).get(f"/cases/{problem.id}").text


@pytest.mark.parametrize("part", ["body", "solution", "comment", "title", "tag"])
def test_hostile_text_is_shown_harmless(record, propose, remark, browser, alice, bob, part):
    evil = '"><script>alert(1)</script>'
    case = record(alice, title=evil if part == "title" else "t", tags=(evil,) * (part == "tag"),
                  body=HOSTILE if part == "body" else "")
    if part == "solution":
        propose(bob, case, HOSTILE)
    if part == "comment":
        remark(bob, case, HOSTILE)
    page = browser(bob).get(f"/cases/{case.id}").text
    main = page[page.index('id="main"'):page.index("</main>")]
    assert "<script" not in main
    for sign in ("<img src=x", "<svg onload", "<style", "<iframe", 'onclick="', "onerror=\"",
                 'href="javascript:', 'href="vbscript:', 'href="data:', "https://evil.example/pixel",
                 'action="https://evil', '<input name="password"', 'class="frame"'):
        assert sign not in main, sign


def test_what_a_reader_may_do_is_what_the_page_offers(problem, propose, browser, alice, bob, mei):
    solution = propose(bob, problem)
    asker, answerer, manager = (
        browser(person).get(f"/cases/{problem.id}").text for person in (alice, bob, mei))
    accept, edit = f"/solutions/{solution.id}/accept", f"/solutions/{solution.id}/edit"
    assert accept in asker
    assert accept not in answerer
    assert accept in manager
    assert edit not in asker
    assert edit in answerer
    assert f"/cases/{problem.id}/edit" in asker
    assert f"/cases/{problem.id}/edit" not in answerer
    assert f"/cases/{problem.id}/helped" not in asker
    assert f"/cases/{problem.id}/helped" in answerer
    assert f"/cases/{problem.id}/validate" in manager


def test_trust_is_shown_and_runs_out(record, browser, alice, mei, act, clock):
    case = record(alice, kind="lesson", title="t")
    act(validate_case, mei.actor, case, clock())
    assert "Validated" in browser(alice).get(f"/cases/{case.id}").text
    clock.move(days=91)
    assert "Verification overdue" in browser(alice).get(f"/cases/{case.id}").text


def test_the_archive_says_so_and_can_be_left(problem, browser, alice, bob, act, clock):
    act(archive_case, alice.actor, problem, clock())
    assert "/unarchive" in browser(alice).get(f"/cases/{problem.id}").text
    page = browser(bob).get(f"/cases/{problem.id}").text
    assert "archived" in page
    assert "/unarchive" not in page


@pytest.fixture
def much_answered(problem, bob, act, clock):
    """One solution more than a page holds."""

    def answer() -> None:
        for number in range(51):
            talk.propose_solution(bob.actor, problem, f"Answer {number:02}", clock())

    act(answer)
    return problem


def test_long_lists_are_paged(much_answered, browser, alice):
    problem = much_answered
    reader = browser(alice)
    assert "Answer 50" not in reader.get(f"/cases/{problem.id}").text
    second = reader.get(f"/cases/{problem.id}?solutions=2").text
    assert "Answer 50" in second
    assert "Answer 00" not in second


ODD = (
    "case_id=7", "endpoint=x", "_method=PUT", "_scheme=javascript&_external=1", "_anchor=x",
    "solutions=0", "solutions=-1", "solutions=" + "9" * 40, "solutions=%00", "comments=²",
)


def test_odd_arguments_change_nothing(much_answered, browser, alice):
    problem, reader = much_answered, browser(alice)
    for query in ODD:
        answer = reader.get(f"/cases/{problem.id}?{query}")
        assert answer.status_code == 200, query
        # The links to the other pages lead to this case.
        assert f'href="/cases/{problem.id}?' in answer.text, query
        assert 'href="javascript' not in answer.text
