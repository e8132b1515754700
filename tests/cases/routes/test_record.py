"""Recording a case through its form: choose_kind, record."""

import io

import pytest
from sqlalchemy import select

from portal.cases import rules
from portal.cases.models import Attachment, Case
from portal.cases.queries.cases import case_template
from portal.extensions import db
from tests.cases.addresses import form


def only_case():
    return db.session.scalars(select(Case)).one()


def test_every_kind_can_be_chosen(browser, alice):
    page = browser(alice).get("/record").text
    for kind in rules.KINDS:
        assert f'href="/cases/new/{kind}"' in page


@pytest.mark.parametrize("kind", rules.KINDS)
def test_the_form_starts_with_the_template_of_its_kind(browser, alice, kind):
    english = browser(alice).get(f"/cases/new/{kind}").text
    chinese = browser(alice, language="zh").get(f"/cases/new/{kind}").text
    assert 'name="title"' in english
    assert ('name="main_reason"' in english) == (kind in ("win", "loss"))
    written = [page.split('name="body"')[1].split(">", 1)[1].split("</textarea>")[0].strip()
               for page in (english, chinese)]
    assert all(written)
    assert written[0] != written[1]


@pytest.mark.parametrize("kind", ["gossip", "draft", "..", "%00", "WIN"])
def test_other_kinds_do_not_exist(browser, alice, kind):
    person = browser(alice)
    assert person.get(f"/cases/new/{kind}").status_code == 404
    assert person.post(f"/cases/new/{kind}", data=form()).status_code == 404


def test_a_search_without_result_becomes_the_title(browser, alice):
    page = browser(alice).get("/cases/new/problem?title=%3Cb%3E" + "x" * 300).text
    assert 'value="&lt;b&gt;' + "x" * 157 + '"' in page


def test_a_case_is_published(browser, alice, bob):
    answer = browser(alice).post("/cases/new/problem", data=form(
        title="撞单", tags="客户归属，CRM、crm", stage="needs", audience="team", source="visit"))
    case = only_case()
    assert answer.status_code == 303
    assert answer.location == f"/cases/{case.id}"
    assert case.confidence == "not_validated"
    assert (case.stage, case.audience, case.source) == ("needs", "team", "visit")
    assert sorted(tag.code for tag in case.tags) == ["crm", "客户归属"]
    assert "撞单" in browser(bob).get(answer.location).text


def test_a_draft_stays_ones_own(browser, alice, bob):
    answer = browser(alice).post("/cases/new/lesson", data=form(**{"as": "draft"}))
    assert only_case().confidence == "draft"
    assert "only you" in browser(alice).get(answer.location).text
    assert browser(bob).get(answer.location).status_code == 404


def test_a_deal_with_all_its_facts(browser, alice, deal):
    browser(alice).post("/cases/new/loss", data=form(
        amount_band="500k_1m", cycle_days="95", competitors="金蝶，Oracle",
        stage_reached="negotiation", roles_reached=["decision_maker", "coach"],
        main_reason="price", contributing_reasons=["timing", "relationship"], price_gap="12.50",
        actions="first visit\n\n reference call \n", repeat="bring the expert",
        avoid="late offer"))
    assert only_case().content.retrospective == deal


@pytest.mark.parametrize(("field", "value", "typed"), [
    ("title", "", "Who owns it?"), ("title", "  ", "Who owns it?"),
    ("title", "\u200b\u200b", "Who owns it?"), ("title", "x" * 161, "x" * 161),
    ("body", "y" * 100_001, "y" * 100_001), ("tags", ",".join(f"t{n}" for n in range(13)), "t12"),
    ("tags", "z" * 65, "z" * 65), ("stage", "gossip", "Who owns it?"),
    ("audience", "world", "Who owns it?"), ("source", "rumour", "Who owns it?"),
    ("region", "'; DROP TABLE cases --", "Who owns it?"),
])
def test_what_is_not_valid_comes_back_with_the_typed_text(browser, alice, field, value, typed):
    answer = browser(alice).post("/cases/new/problem", data=form(**{field: value}))
    assert answer.status_code == 422
    assert typed in answer.text
    assert "Not saved yet" in answer.text
    assert db.session.scalars(select(Case)).all() == []


@pytest.mark.parametrize(("field", "value"), [
    ("cycle_days", "-1"), ("cycle_days", "3651"), ("cycle_days", "many"),
    ("cycle_days", "9" * 5000), ("price_gap", "1001"), ("price_gap", "NaN"),
    ("price_gap", "sNaN"), ("price_gap", "Infinity"), ("price_gap", "1e400"),
    ("amount_band", "a lot"), ("main_reason", "luck"), ("contributing_reasons", "luck"),
    ("roles_reached", "cousin"), ("stage_reached", "moon"),
])
def test_odd_facts_of_a_deal_are_refused(browser, alice, field, value):
    answer = browser(alice).post("/cases/new/win", data=form(**{field: value}))
    assert answer.status_code == 422
    assert "Who owns it?" in answer.text


@pytest.mark.parametrize(("typed", "kept"), [
    ("12.5", "12.50"), ("12.5%", "12.50"), ("１２．５％", "12.50"), (" -3 % ", "-3.00"),
])
def test_a_percentage_is_understood_as_people_type_it(browser, alice, typed, kept):
    browser(alice).post("/cases/new/loss", data=form(price_gap=typed))
    assert str(only_case().content.retrospective.price_gap) == kept


def test_a_percentage_that_is_none_is_told_once_and_kept(browser, alice):
    answer = browser(alice).post("/cases/new/loss", data=form(price_gap="a lot"))
    assert 'value="a lot"' in answer.text
    assert "valid decimal" not in answer.text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_untouched_template_is_no_case_but_may_be_a_draft(browser, alice, language, app):
    person = browser(alice, language=language)
    questions = case_template("intel", language).replace("\n", "\r\n")
    refused = person.post("/cases/new/intel", data=form(body=questions))
    assert refused.status_code == 422
    assert db.session.scalars(select(Case)).all() == []
    kept = person.post("/cases/new/intel", data=form(body=questions, **{"as": "draft"}))
    assert kept.status_code == 303
    again = person.post(f"{kept.location}/edit", data=form(base="1", body=questions))
    assert again.status_code == 422
    assert only_case().confidence == "draft"


@pytest.mark.parametrize("kind", ["lesson", "problem"])
def test_between_two_customers_a_title_is_enough(browser, alice, kind):
    answer = browser(alice).post(f"/cases/new/{kind}", data=form(body=case_template(kind, "en")))
    assert answer.status_code == 303
    assert only_case().body == ""
    assert only_case().confidence == "not_validated"


@pytest.mark.parametrize("field", ["title", "body"])
def test_a_megabyte_of_text_is_refused_and_given_back(browser, alice, field):
    text = "撞" * 350_000
    answer = browser(alice).post("/cases/new/problem", data=form(**{field: text}))
    assert answer.status_code == 422
    assert text in answer.text


def test_more_than_the_portal_takes_is_an_error_page(app, browser, alice, monkeypatch):
    assert app.config["MAX_FORM_MEMORY_SIZE"] > 1_000_000
    monkeypatch.setitem(app.config, "MAX_FORM_MEMORY_SIZE", 10_000)
    answer = browser(alice).post("/cases/new/problem", data=form(body="x" * 10_001),
                                 content_type="multipart/form-data")
    assert answer.status_code == 413


def test_files_come_with_the_case(browser, alice):
    files = [(io.BytesIO(b"a,b\n"), "prices.csv"), (io.BytesIO(b"text"), "notes.txt")]
    answer = browser(alice).post("/cases/new/problem", data=form(files=files))
    assert answer.status_code == 303
    names = db.session.scalars(select(Attachment.name).order_by(Attachment.id)).all()
    assert names == ["prices.csv", "notes.txt"]


def test_a_refused_file_keeps_the_text_and_saves_nothing(browser, alice):
    files = [(io.BytesIO(b"ok"), "notes.txt"), (io.BytesIO(b"MZ\x90\x00"), "photo.png")]
    answer = browser(alice).post("/cases/new/problem", data=form(body="Kept", files=files))
    assert answer.status_code == 422
    assert "photo.png" in answer.text
    assert "Kept" in answer.text
    assert db.session.scalars(select(Case)).all() == []


def test_more_files_than_a_case_takes_are_refused(browser, alice):
    files = [(io.BytesIO(b"x"), f"{n}.txt") for n in range(31)]
    answer = browser(alice).post("/cases/new/problem", data=form(files=files))
    assert answer.status_code == 422


def test_hostile_text_is_kept_as_typed_and_shown_escaped(browser, alice):
    evil = '"><script>alert(1)</script>'
    answer = browser(alice).post("/cases/new/problem", data=form(title=evil * 10, tags=evil))
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(("content", "reader", "offered"), [
    ({}, "carol", True),
    ({"audience": "team"}, "bob", True), ({"audience": "team"}, "carol", False),
    ({"audience": "managers"}, "chen", True), ({"audience": "managers"}, "bob", False),
    ({"draft": True}, "alice", True), ({"draft": True}, "mei", False),
])
def test_tags_are_offered_of_cases_that_one_may_read(
    record, browser, alice, request, content, reader, offered
):
    """The words of a tag alone can tell what nobody else should know."""
    record(alice, tags=("Project Phoenix",), **content)
    page = browser(request.getfixturevalue(reader)).get("/cases/new/problem").text
    assert ("Project Phoenix" in page) == offered


def test_a_tag_prepared_by_the_administrator_is_offered(browser, admin, carol):
    browser(admin).post("/manage/lists/tag/add", data={"label_zh": "Prepared"})
    assert "Prepared" in browser(carol).get("/cases/new/problem").text
