"""Looking first: what is alike while one writes, and the three ways on (K9)."""

import html
import io
import re

import pytest
from sqlalchemy import select

from portal.cases.models import Attachment, Case, Reuse, Solution
from portal.core.plain_text import plain
from portal.extensions import db
from tests.cases.addresses import form, landing
from tests.counting import statements_of

WORDS = "两个销售同时报备同一个客户，按首次拜访记录判断客户归属"


@pytest.fixture
def neighbours(record, bob):
    """Cases that share words with one another, for different readers."""
    return {
        "open": record(bob, title="撞单仲裁案例", body=WORDS),
        "team": record(bob, title="撞单团队内部", body=WORDS, audience="team"),
        "managers": record(bob, title="撞单经理内部", body=WORDS, audience="managers"),
        "draft": record(bob, title="撞单草稿", body=WORDS, draft=True),
    }


def typed(**values):
    """What the form of a new problem sends, from whichever of its buttons."""
    return form(**{"kind": "problem", "looked": "yes", "asked": "", **values})


def cases_of(person):
    query = select(Case).where(Case.owner_id == person.id).order_by(Case.id)
    return db.session.scalars(query).all()


def undo_in(page):
    found = re.search(r'action="(/reuses/[^"]+)"', page)
    assert found, "nothing to undo"
    return html.unescape(found.group(1))


# --- what is shown ----------------------------------------------------------------------------


def test_a_title_being_typed_shows_what_is_answered_already(neighbours, browser, alice, carol):
    url = "/cases/alike?title=撞单仲裁怎么判"
    fragment = browser(carol).fragment(url).text
    assert fragment.lstrip().startswith('<div id="alike"')
    assert "撞单仲裁案例" in fragment
    assert "撞单团队内部" not in fragment
    assert "撞单团队内部" in browser(alice).get(url).text


def test_drafts_and_the_archive_are_not_shown_not_even_ones_own(neighbours, browser, bob):
    person = browser(bob)
    person.post(f"/cases/{neighbours['team'].id}/archive")
    page = person.get("/cases/alike?title=撞单仲裁怎么判").text
    assert "撞单仲裁案例" in page
    assert "撞单草稿" not in page and "撞单团队内部" not in page


@pytest.mark.parametrize("title", ["", "   ", "撞单", "撞 单"])
def test_a_title_too_short_says_nothing_yet(neighbours, browser, carol, title):
    assert "撞单" not in browser(carol).fragment(f"/cases/alike?title={title}").text


def test_five_at_most(record, browser, alice, bob):
    for number in range(8):
        record(bob, title=f"撞单仲裁案例 {number}", body=WORDS)
    page = browser(alice).fragment("/cases/alike?title=撞单仲裁案例").text
    assert page.count('class="alike-item"') == 5
    assert "5 similar cases" in page


def test_each_says_what_it_is_how_it_ended_and_how_much_it_is_worth(
    problem, propose, browser, alice, bob, carol, chen
):
    solution = propose(bob, problem, "# Short\n\n**Look** at the call log.\nThen decide.")
    browser(alice).post(f"/solutions/{solution.id}/accept")
    browser(carol).post(f"/cases/{problem.id}/helped")
    browser(carol).post(f"/cases/{problem.id}/reuse", data=typed())
    page = browser(chen).fragment("/cases/alike?title=two reps claim a customer").text
    shown = " ".join(plain(page).split())
    for words in ("Problem", "Solved", "Not validated", "Accepted: Look at the call log.",
                  "helped 1 person", "reused 1 time"):
        assert words in shown, words
    assert "Then decide" not in shown


def test_an_excerpt_tells_of_what_was_not_solved(neighbours, browser, alice):
    page = browser(alice).fragment("/cases/alike?title=销售报备判断归属").text
    assert "按首次拜访记录" in re.sub("</?mark>", "", page)
    assert "<mark>" in page


def test_the_first_lines_count_and_the_template_does_not(record, browser, alice, bob):
    record(bob, title="高校招标的演示环节", body="讲标排在下午，评委只听十分钟")
    person = browser(alice)
    template = re.search(r'name="body"[^>]*>(.*?)</textarea>',
                         person.get("/cases/new/problem").text, re.DOTALL).group(1)
    other = record(bob, title="Template", body=html.unescape(template))
    query = {"title": "时间不够用了", "kind": "problem"}
    silent = person.get("/cases/alike", query_string={**query, "body": html.unescape(template)})
    told = person.get("/cases/alike", query_string={**query, "body": "讲标评委只听十分钟"})
    assert other.title not in silent.text
    assert "高校招标的演示环节" not in silent.text
    assert "高校招标的演示环节" in told.text


@pytest.mark.parametrize("title", [
    'kind:win "撞单仲裁" -案例', "tag:没有 撞单仲裁", "“撞单仲裁", "-撞单仲裁",
    "before:1999 撞单仲裁",
])
def test_a_title_is_no_query(neighbours, browser, carol, title):
    assert "撞单仲裁案例" in browser(carol).get("/cases/alike", query_string={"title": title}).text


@pytest.mark.parametrize("odd", [
    {"title": "x" * 100_000}, {"title": "撞单仲裁", "kind": "gossip"}, {"title": "\x00" * 50},
    {"title": "撞单仲裁", "body": "*" * 50_000}, {"title": "<b>撞单仲裁</b>"},
])
def test_odd_questions_are_answered(neighbours, browser, carol, odd):
    assert browser(carol).get("/cases/alike", query_string=odd).status_code == 200


def test_its_statements_do_not_grow_with_what_is_found(app, record, propose, browser, alice, bob):
    url = "/cases/alike?title=撞单仲裁案例&body=客户归属&kind=problem"
    person = browser(alice)
    record(bob, title="撞单仲裁案例", body=WORDS)
    few = len(statements_of(app, person, url))
    for number in range(6):
        case = record(bob, title=f"撞单仲裁案例 {number}", body=WORDS, tags=(f"t{number}",))
        solution = propose(alice, case)
        browser(bob).post(f"/solutions/{solution.id}/accept")
    assert len(statements_of(app, person, url)) == few
    assert few <= 14


def test_only_a_new_case_is_looked_up(problem, browser, alice):
    person = browser(alice)
    assert 'hx-get="/cases/alike"' in person.get("/cases/new/problem").text
    assert "alike" not in person.get(f"/cases/{problem.id}/edit").text


# --- this one ----------------------------------------------------------------------------------


def test_this_one_counts_a_reuse_and_opens_the_case(problem, browser, bob):
    person = browser(bob)
    answer = person.post(f"/cases/{problem.id}/reuse", data=typed(title="Who owns him?", body=""))
    assert (answer.status_code, answer.location) == (303, f"/cases/{problem.id}")
    row = db.session.scalars(select(Reuse)).one()
    assert (row.person_id, row.note) == (bob.id, "Who owns him?")
    assert (problem.reused, problem.used) == (1, 1)
    page = person.get(answer.location).text
    assert "Thank you for looking first" in page
    assert "reused 1 time" in page
    assert cases_of(bob) == []


def test_undo_leads_back_to_the_form_with_the_title(problem, browser, bob):
    person = browser(bob)
    answer = person.post(f"/cases/{problem.id}/reuse",
                         data=typed(title="Who owns him?", body="", kind="lesson"))
    back = person.post(undo_in(landing(person, answer).text))
    assert problem.reused == 0
    assert back.location.startswith("/cases/new/lesson?title=Who")
    assert 'value="Who owns him?"' in person.get(back.location).text


def test_what_was_written_is_kept_as_a_draft(problem, browser, bob, alice):
    person = browser(bob)
    answer = person.post(f"/cases/{problem.id}/reuse", data=typed(
        title="Who owns him?", body="Both visited on Monday.", tags="owner", audience="team",
        files=[(io.BytesIO(b"a,b\n"), "visits.csv")]))
    draft, = cases_of(bob)
    assert (draft.title, draft.body) == ("Who owns him?", "Both visited on Monday.")
    assert (draft.confidence, draft.audience) == ("draft", "team")
    assert [tag.code for tag in draft.tags] == ["owner"]
    assert db.session.scalars(select(Attachment.case_id)).all() == [draft.id]
    page = landing(person, answer).text
    assert "kept as a private draft" in page
    back = person.post(undo_in(page))
    assert back.location == f"/cases/{draft.id}/edit"
    assert browser(alice).get(f"/cases/{draft.id}").status_code == 404


@pytest.mark.parametrize(("kind", "facts", "kept"), [
    ("problem", {"body": ""}, 0), ("problem", {"body": "", "stage": "needs"}, 1),
    ("loss", {"body": "", "price_gap": "12"}, 1), ("loss", {"body": ""}, 0),
    ("lesson", {"body": "", "audience": "managers"}, 1),
])
def test_whatever_was_filled_in_is_worth_a_draft(problem, browser, bob, kind, facts, kept):
    browser(bob).post(f"/cases/{problem.id}/reuse", data=typed(kind=kind, **facts))
    assert len(cases_of(bob)) == kept


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_template_alone_is_no_draft(problem, browser, bob, language):
    person = browser(bob, language=language)
    page = person.get("/cases/new/problem").text
    template = re.search(r'name="body"[^>]*>(.*?)</textarea>', page, re.DOTALL).group(1)
    body = html.unescape(template).replace("\n", "\r\n")
    person.post(f"/cases/{problem.id}/reuse", data=typed(body=body))
    assert cases_of(bob) == []


def test_without_a_title_the_draft_is_named_after_the_case_that_was_found(problem, browser, bob):
    browser(bob).post(f"/cases/{problem.id}/reuse", data=typed(title="", body="Half a thought"))
    assert [case.title for case in cases_of(bob)] == [problem.title]


def test_ones_own_case_is_opened_without_counting(problem, browser, alice):
    person = browser(alice)
    page = landing(person, person.post(f"/cases/{problem.id}/reuse", data=typed(body=""))).text
    assert "your own case" in page
    assert "/reuses/" not in page
    assert problem.reused == 0


def test_a_second_time_is_thanked_for_and_not_counted(problem, browser, bob):
    person = browser(bob)
    person.post(f"/cases/{problem.id}/reuse", data=typed(body=""))
    person.get("/cases")
    answer = person.post(f"/cases/{problem.id}/reuse", data=typed(body=""))
    assert "reused this case before" in landing(person, answer).text
    assert problem.reused == 1


@pytest.mark.parametrize("way", ["reuse", "variant"])
@pytest.mark.parametrize("wrong", [
    {"title": "x" * 161}, {"tags": ",".join(f"t{n}" for n in range(13))}, {"stage": "gossip"},
    {"asked": "Nobody of that name"}, {"body": "y" * 100_001},
])
def test_a_form_that_cannot_be_kept_comes_back_and_nothing_is_counted(
    problem, browser, bob, way, wrong
):
    answer = browser(bob).post(f"/cases/{problem.id}/{way}",
                               data=typed(**{"body": "Kept text", **wrong}))
    assert answer.status_code == 422
    assert 'action="/cases/new/problem"' in answer.text
    assert wrong.get("body", "Kept text") in answer.text
    assert problem.reused == 0
    assert cases_of(bob) == []


@pytest.mark.parametrize("way", ["reuse", "variant"])
def test_what_the_action_refuses_keeps_the_text_too(problem, browser, bob, alice, carol, way):
    refused = (
        {"files": (io.BytesIO(b"MZ"), "tool.exe")},
        {"audience": "team", "asked": carol.name},
    )
    for wrong in refused:
        answer = browser(bob).post(f"/cases/{problem.id}/{way}",
                                   data=typed(**{"body": "Kept text", **wrong}))
        assert answer.status_code == 422
        assert "Kept text" in answer.text
    assert problem.reused == 0
    assert cases_of(bob) == []


@pytest.mark.parametrize("way", ["reuse", "variant"])
@pytest.mark.parametrize("kind", [None, "", "gossip", "draft"])
def test_an_unknown_kind_is_refused(problem, browser, bob, way, kind):
    data = {**typed(), "kind": kind} if kind is not None else form()
    assert browser(bob).post(f"/cases/{problem.id}/{way}", data=data).status_code == 422
    assert problem.reused == 0


@pytest.mark.parametrize("way", ["reuse", "variant"])
def test_the_archive_and_what_one_may_not_read_are_out_of_reach(
    problem, record, browser, alice, carol, way
):
    hidden = record(alice, audience="team")
    browser(alice).post(f"/cases/{problem.id}/archive")
    person = browser(carol)
    assert person.post(f"/cases/{problem.id}/{way}", data=typed()).status_code == 403
    assert person.post(f"/cases/{hidden.id}/{way}", data=typed()).status_code == 404
    assert cases_of(carol) == []


# --- add my variant ----------------------------------------------------------------------------


def test_a_variant_begins_with_what_was_typed(problem, browser, bob):
    person = browser(bob)
    answer = person.post(f"/cases/{problem.id}/variant",
                         data=typed(title="Two partners claim one", body="Both had a contract."))
    draft, = cases_of(bob)
    assert answer.location == f"/cases/{problem.id}?draft={draft.id}#propose"
    page = person.get(answer.location).text
    begun = re.search(r'id="solution-body"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL).group(1)
    assert begun.replace("\r", "") == "Two partners claim one\n\nBoth had a contract."
    assert f'name="draft" type="hidden" value="{draft.id}"' in page
    assert "Counted as reused. Write below" in page
    assert problem.reused == 1
    assert person.post(undo_in(page)).location == f"/cases/{draft.id}/edit"


def test_a_title_alone_travels_in_the_address(problem, browser, bob):
    person = browser(bob)
    answer = person.post(f"/cases/{problem.id}/variant", data=typed(title="报备 & 撞单?", body=""))
    assert cases_of(bob) == []
    assert "报备 &amp; 撞单?\n" in person.get(answer.location).text.replace("\r", "")


def test_a_variant_of_anything_but_a_problem_is_a_comment(record, browser, alice, bob):
    case, person = record(alice, kind="lesson"), browser(bob)
    answer = person.post(f"/cases/{case.id}/variant", data=typed(body="Same with us"))
    assert answer.location.endswith("#remark")
    page = person.get(answer.location).text
    assert "Same with us" in page.split('id="comment-body"')[1].split("</textarea>")[0]


def test_the_draft_goes_when_its_words_are_published(problem, browser, bob):
    person = browser(bob)
    person.post(f"/cases/{problem.id}/variant", data=typed(body="Both had a contract."))
    draft, = cases_of(bob)
    person.post(f"/cases/{problem.id}/solutions",
                data={"body": "Both had a contract.", "draft": draft.id})
    assert draft.confidence == "discarded"
    assert db.session.scalars(select(Solution.body)).all() == ["Both had a contract."]


def test_a_draft_that_holds_more_than_words_stays(record, browser, alice, bob):
    case, person = record(alice, kind="lesson"), browser(bob)
    person.post(f"/cases/{case.id}/variant",
                data=typed(kind="loss", body="Same with us", price_gap="12"))
    draft, = cases_of(bob)
    answer = person.post(f"/cases/{case.id}/comments",
                         data={"body": "Same with us", "draft": draft.id})
    assert draft.confidence == "draft"
    assert "stays, because it holds more" in landing(person, answer).text


def test_a_refused_answer_keeps_text_and_draft(problem, browser, bob):
    person = browser(bob)
    person.post(f"/cases/{problem.id}/variant", data=typed(body="Both had a contract."))
    draft, = cases_of(bob)
    answer = person.post(f"/cases/{problem.id}/solutions", data={"body": " ", "draft": draft.id})
    assert answer.status_code == 422
    assert f'name="draft" type="hidden" value="{draft.id}"' in answer.text
    assert draft.confidence == "draft"


@pytest.mark.parametrize("number", ["{other}", "{published}", "0", "-1", "abc", "9" * 30, ""])
def test_no_other_case_is_shown_or_used_up_as_a_draft(problem, draft, record, browser, bob,
                                                      number):
    published = record(bob, title="Long public", body="secret of another")
    number = number.format(other=draft.id, published=published.id)
    person = browser(bob)
    page = person.get(f"/cases/{problem.id}?draft={number}").text
    assert "Not yet" not in page and "secret of another" not in page
    person.post(f"/cases/{problem.id}/solutions", data={"body": "x", "draft": number})
    assert (draft.confidence, published.confidence) == ("draft", "not_validated")


def test_what_a_session_that_ended_held_back_is_kept_on_both_ways(problem, browser):
    for way in ("reuse", "variant"):
        asked = browser().post(f"/cases/{problem.id}/{way}", data=typed(title="Typed for an hour"))
        assert asked.status_code == 401
        assert 'name="held"' in asked.text


# --- undo --------------------------------------------------------------------------------------


def test_a_reuse_is_undone_by_its_person_alone_and_once(problem, browser, bob, carol, admin):
    person = browser(bob)
    person.post(f"/cases/{problem.id}/reuse", data=typed(body=""))
    row = db.session.scalars(select(Reuse.id)).one()
    assert browser(carol).post(f"/reuses/{row}/undo").status_code == 404
    assert browser(admin).post(f"/reuses/{row}/undo").status_code == 404
    assert person.get(f"/reuses/{row}/undo").status_code == 405
    assert problem.reused == 1
    assert person.post(f"/reuses/{row}/undo?kind=gossip").location.startswith("/cases/new/problem")
    assert person.post(f"/reuses/{row}/undo").status_code == 404
    assert problem.reused == 0


@pytest.mark.parametrize("draft", ["abc", "-1", "9" * 30, "//evil.example", ""])
def test_undo_leads_nowhere_odd(problem, browser, bob, draft):
    person = browser(bob)
    person.post(f"/cases/{problem.id}/reuse", data=typed(body=""))
    row = db.session.scalars(select(Reuse.id)).one()
    location = person.post(f"/reuses/{row}/undo?draft={draft}").location
    assert location.startswith("/cases/new/problem?title=")


# --- without scripts ---------------------------------------------------------------------------


def test_publishing_something_very_similar_asks_once(problem, browser, bob):
    person = browser(bob)
    data = typed(title="Two reps claim the same customer", body="Mine", looked="")
    asked = person.post("/cases/new/problem", data=data)
    assert asked.status_code == 422
    assert "Not published yet" in asked.text and "Publish all the same" in asked.text
    assert problem.title in asked.text
    assert f'formaction="/cases/{problem.id}/variant"' in asked.text
    assert 'name="looked" value="yes"' in asked.text and "Mine</textarea>" in asked.text
    assert cases_of(bob) == []
    assert person.post("/cases/new/problem", data={**data, "looked": "yes"}).status_code == 303


@pytest.mark.parametrize("values", [
    {"looked": "yes"}, {"as": "draft"}, {"title": "Nothing like it at all"},
])
def test_publishing_is_never_stopped_otherwise(problem, browser, bob, values):
    data = typed(**{"title": "Two reps claim the same customer", "looked": "", **values})
    assert browser(bob).post("/cases/new/problem", data=data).status_code == 303


def test_what_one_may_not_read_stops_nobody(record, browser, alice, carol):
    record(alice, title="Two reps claim one customer", audience="team")
    answer = browser(carol).post("/cases/new/problem", data=typed(looked=""))
    assert answer.status_code == 303


def test_the_page_of_what_is_alike_offers_the_same_ways(problem, browser, bob):
    page = browser(bob).get("/cases/alike?title=two reps claim one customer").text
    assert f'formaction="/cases/{problem.id}/reuse"' in page
    assert 'name="title" value="two reps claim one customer"' in page
