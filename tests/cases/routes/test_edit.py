"""Editing a case through its form, alone and when two people do it at once (K7, K10)."""

import io

import pytest
from sqlalchemy import select

from portal.cases.actions.cases import edit_case
from portal.cases.content import CaseContent, RetrospectiveContent
from portal.cases.models import Attachment
from portal.extensions import db
from portal.lists.models import Term
from tests.cases.addresses import form


def value_of(page: str, name: str) -> str:
    return page.split(f'name="{name}"')[1].split('value="')[1].split('"')[0]


def test_the_form_shows_what_is_written(record, browser, alice, deal):
    case = record(alice, kind="win", title="赢单", body="正文", tags=("演示", "样板"),
                  stage="needs", audience="team", source="visit", retrospective=deal)
    page = browser(alice).get(f"/cases/{case.id}/edit").text
    for part in ("赢单", "正文", "样板", "first visit\nreference call", "金蝶，Oracle", "12.50"):
        assert part in page, part
    assert value_of(page, "base") == "1"


def test_saving_the_form_unchanged_changes_nothing(record, browser, alice, deal):
    case = record(alice, kind="win", title="t", body="b", tags=("演示", "B", "a"), stage="needs",
                  retrospective=deal)
    answer = browser(alice).post(f"/cases/{case.id}/edit", data=form(
        base="1", title="t", body="b", tags="演示，a，B", stage="needs", amount_band="500k_1m",
        cycle_days="95", competitors="金蝶，Oracle", stage_reached="negotiation",
        roles_reached=["decision_maker", "coach"], main_reason="price",
        contributing_reasons=["timing", "relationship"], price_gap="12.5",
        actions="first visit\r\nreference call", repeat="bring the expert", avoid="late offer"))
    assert answer.status_code == 303
    assert case.revision == 1


@pytest.mark.parametrize("login", ["alice", "mei"])
def test_owner_and_line_manager_edit(problem, browser, request, login):
    answer = browser(request.getfixturevalue(login)).post(
        f"/cases/{problem.id}/edit", data=form(base="1", title="Shorter", note="clearer"))
    assert answer.status_code == 303
    assert (problem.title, problem.revision) == ("Shorter", 2)


@pytest.mark.parametrize("login", ["bob", "wang", "chen", "hr", "admin"])
def test_others_who_read_may_not_edit(problem, browser, request, login):
    person = browser(request.getfixturevalue(login))
    assert person.get(f"/cases/{problem.id}/edit").status_code == 403
    answer = person.post(f"/cases/{problem.id}/edit", data=form(base="1", title="Mine"))
    assert answer.status_code == 403
    assert problem.revision == 1


def test_what_is_not_valid_comes_back_with_the_typed_text(problem, browser, alice):
    answer = browser(alice).post(
        f"/cases/{problem.id}/edit", data=form(base="1", title="", body="Kept as typed"))
    assert answer.status_code == 422
    assert "Kept as typed" in answer.text
    assert value_of(answer.text, "base") == "1"


def test_a_draft_is_saved_and_then_published(draft, browser, alice, bob):
    person = browser(alice)
    person.post(f"/cases/{draft.id}/edit", data=form(base="1", **{"as": "draft"}))
    assert draft.confidence == "draft"
    person.post(f"/cases/{draft.id}/edit", data=form(base="2", **{"as": "published"}))
    assert draft.confidence == "not_validated"
    assert browser(bob).get(f"/cases/{draft.id}").status_code == 200


@pytest.mark.parametrize("base", ["", "x", "²", "-1", "9" * 5000, "1.0"])
def test_a_form_of_no_known_revision_is_compared_not_saved(problem, browser, alice, base):
    answer = browser(alice).post(f"/cases/{problem.id}/edit", data=form(base=base, title="Mine"))
    assert answer.status_code == 409
    assert problem.title == "Two reps claim one customer"


@pytest.fixture
def saved_by_mei(problem, mei, act, clock):
    """Mei saved while alice was writing."""
    content = CaseContent("problem", "From Mei", body="Mei's body", tags=("hers",))
    act(edit_case, mei.actor, problem, content, 1, "", clock())
    return problem


def test_two_people_editing_both_keep_their_text(saved_by_mei, browser, alice, mei):
    person, url = browser(alice), f"/cases/{saved_by_mei.id}/edit"
    conflict = person.post(url, data=form(base="1", title="From Alice", body="Alice's body"))
    assert conflict.status_code == 409
    for part in ("From Mei", "Mei&#39;s body", "From Alice", "Alice&#39;s body", mei.name,
                 "<del>", "<ins>"):
        assert part in conflict.text, part
    assert saved_by_mei.title == "From Mei"
    assert value_of(conflict.text, "base") == "2"
    again = person.post(url, data=form(base="2", title="From Alice", body="Alice's body"))
    assert again.status_code == 303
    assert (saved_by_mei.title, saved_by_mei.revision) == ("From Alice", 3)
    kept = person.get(f"/cases/{saved_by_mei.id}/history/2").text
    assert "Mei&#39;s body" in kept


def test_line_ends_of_a_browser_are_no_difference(problem, browser, alice, mei, act, clock):
    content = CaseContent("problem", "From Mei", body="one\ntwo\nthree")
    act(edit_case, mei.actor, problem, content, 1, "", clock())
    conflict = browser(alice).post(f"/cases/{problem.id}/edit", data=form(
        base="1", title="From Alice", body="one\r\ntwo\r\nthree\r\n"))
    compared = conflict.text.split('id="changes"')[1].split("</section>\n</div>")[0]
    assert "three" not in compared


def test_two_windows_of_one_person_are_not_called_two_people(problem, browser, alice):
    person, url = browser(alice), f"/cases/{problem.id}/edit"
    person.post(url, data=form(base="1", title="First window"))
    conflict = person.post(url, data=form(base="1", title="Second window"))
    assert conflict.status_code == 409
    assert "in another window" in conflict.text


def test_the_comparison_keeps_the_facts_of_a_deal(record, browser, alice, mei, act, clock, deal):
    case = record(alice, kind="win", title="t", retrospective=deal)
    content = CaseContent("win", "t", retrospective=RetrospectiveContent(main_reason="timing"))
    act(edit_case, mei.actor, case, content, 1, "", clock())
    conflict = browser(alice).post(f"/cases/{case.id}/edit", data=form(
        base="1", title="t", body="", main_reason="price", repeat="my long thought"))
    assert conflict.status_code == 409
    assert "my long thought" in conflict.text
    assert '<option selected value="price">' in conflict.text


def test_the_same_text_by_two_people_is_no_loss_either(saved_by_mei, browser, alice):
    conflict = browser(alice).post(f"/cases/{saved_by_mei.id}/edit", data=form(
        base="1", title="From Mei", body="Mei's body", tags="hers"))
    assert conflict.status_code in (303, 409)


def test_a_file_added_to_an_unchanged_text_is_saved(problem, browser, alice):
    answer = browser(alice).post(f"/cases/{problem.id}/edit", data=form(
        base="1", files=[(io.BytesIO(b"x"), "a.txt")]))
    assert answer.status_code == 303
    assert db.session.scalars(select(Attachment.name)).all() == ["a.txt"]
    assert problem.revision == 1


def test_retired_entries_survive_an_edit_through_the_form(record, browser, alice, act):
    case = record(alice, kind="win", title="t", region="east", retrospective=RetrospectiveContent(
        main_reason="timing", contributing_reasons=("price",)))
    act(lambda: [setattr(term, "active", False) for term in db.session.scalars(
        select(Term).where(Term.code.in_(["east", "timing", "price"])))])
    page = browser(alice).get(f"/cases/{case.id}/edit").text
    for code in ("east", "timing", "price"):
        assert f'value="{code}"' in page, code
    fresh = browser(alice).get("/cases/new/win").text
    assert 'value="east"' not in fresh
    assert 'value="price"' not in fresh


def test_two_browsers_saving_at_the_same_revision_are_one_after_the_other(problem, browser, alice,
                                                                          mei):
    first = browser(alice).post(f"/cases/{problem.id}/edit", data=form(base="1", title="One"))
    second = browser(mei).post(f"/cases/{problem.id}/edit", data=form(base="1", title="Two"))
    assert (first.status_code, second.status_code) == (303, 409)
    assert problem.title == "One"
