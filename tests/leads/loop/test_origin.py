"""A case that comes from a deal: filled in, told, never naming the customer, leaking nothing."""

import pytest
from sqlalchemy import select

from portal.cases.alerts.models import Alert
from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.customers.models import TimelineEntry
from portal.extensions import db

COMPANY = "苏州恒通机电有限公司"


@pytest.fixture
def lead(deal, alice):
    return deal(alice, COMPANY, product="erp", title="恒通机电要换ERP")


def the_case():
    return db.session.scalars(select(Case).order_by(Case.id.desc())).first()


def form(lead, **fields):
    return {"title": "客户嫌实施周期太长", "body": "他们只给两个月", "audience": "everyone",
            "source": "none", "looked": "yes", "from": lead.ref if lead else "", **fields}


def test_the_form_is_filled_in_from_the_deal(browser, alice, lead):
    page = browser(alice).get(f"/cases/new/lesson?from={lead.ref}").text
    assert 'value="erp" selected' in page or 'selected value="erp"' in page
    assert f'name="from" value="{lead.ref}"' in page
    assert "names no customer" in page


def test_what_is_filled_in_never_names_the_customer(browser, alice, lead):
    page = browser(alice).get(f"/cases/new/problem?from={lead.ref}").text
    field = page.split('id="title"')[1].split(">")[0]
    assert "恒通" not in field


@pytest.mark.parametrize("ref", ["lead:999999", "visit:1", "lead:x", "case:1", "lead:1;drop", ""])
def test_a_forged_ref_is_nothing(browser, alice, lead, ref):
    page = browser(alice).get(f"/cases/new/lesson?from={ref}")
    assert page.status_code == 200 and 'name="from"' not in page.text


def test_a_deal_one_may_not_read_is_nothing(browser, carol, lead):
    person = browser(carol)
    page = person.get(f"/cases/new/lesson?from={lead.ref}").text
    assert 'name="from"' not in page and COMPANY not in page
    assert 'selected value="erp"' not in page
    answer = person.post("/cases/new/lesson", data=form(lead))
    assert answer.status_code == 303
    assert (the_case().source_ref, the_case().source) == (None, "none")


def test_publishing_stands_in_the_timeline(browser, alice, lead):
    answer = browser(alice).post("/cases/new/lesson", data=form(lead))
    assert answer.status_code == 303
    case = the_case()
    assert (case.source_ref, case.source) == (lead.ref, "lead")
    entry = db.session.scalar(select(TimelineEntry).where(TimelineEntry.kind == "case.recorded"))
    assert (entry.lead_id, entry.subject) == (lead.id, f"case:{case.id}")


def test_a_draft_is_told_when_it_is_published(browser, alice, lead):
    person = browser(alice)
    person.post("/cases/new/lesson", data={**form(lead), "as": "draft"})
    told = select(TimelineEntry.id).where(TimelineEntry.kind == "case.recorded")
    assert db.session.scalar(told) is None
    case = the_case()
    assert case.source_ref == lead.ref
    answer = person.post(f"/cases/{case.id}/edit", data={**form(None), "base": "1"})
    assert answer.status_code == 303
    db.session.expire_all()
    assert db.session.scalar(told) is not None
    assert (the_case().source_ref, the_case().source) == (lead.ref, "lead")


def test_sent_twice_it_is_one_case_and_one_entry(browser, alice, lead):
    person = browser(alice)
    data = {**form(lead), "draft_key": "abcdefgh12345678", "draft_form": "case:lesson"}
    for _ in range(2):
        assert person.post("/cases/new/lesson", data=data).status_code == 303
    query = select(TimelineEntry).where(TimelineEntry.kind == "case.recorded")
    assert len(db.session.scalars(query).all()) == 1


@pytest.mark.parametrize("text", [
    "恒通机电只给两个月", "蘇州恒通機電有限公司", "苏州恒通机电有限公司说的",
])
def test_the_name_of_the_customer_is_asked_about_once(browser, alice, lead, text):
    person = browser(alice)
    answer = person.post("/cases/new/lesson", data=form(lead, body=text))
    assert answer.status_code == 422 and text in answer.text
    assert 'name="named" value="yes"' in answer.text
    assert person.post("/cases/new/lesson", data=form(lead, body=text, named="yes")
                       ).status_code == 303


def test_the_page_links_back_only_for_who_may_read_the_deal(browser, alice, carol, mei, lead):
    browser(alice).post("/cases/new/lesson", data=form(lead))
    url = f"/cases/{the_case().id}"
    assert COMPANY in browser(mei).get(url).text
    assert f"/leads/{lead.id}" in browser(alice).get(url).text
    page = browser(carol).get(url).text
    assert COMPANY not in page and f"/leads/{lead.id}" not in page and "From a deal" not in page


def test_an_alert_knows_its_deal(browser, alice, lead):
    answer = browser(alice).post("/cases/new/alert", data=form(lead))
    assert answer.status_code == 303
    assert db.session.scalars(select(Alert)).one().source_ref == lead.ref


def test_a_retrospective_has_the_facts_of_the_deal(browser, alice, lead, clock):
    clock.move(days=30)
    page = browser(alice).get(f"/cases/new/loss?from={lead.ref}").text
    assert 'name="cycle_days"' in page and 'value="30"' in page
    assert "In numbers: 30 days" in page


def test_a_retrospective_that_was_begun_goes_on(browser, alice, lead):
    person = browser(alice)
    kept = {"title": "We lost", "body": "Half", "from": lead.ref, "draft_form": "case:loss",
            "draft_version": "0"}
    assert person.post("/drafts/abcdefgh12345678", data=kept).status_code == 200
    assert "We lost" in person.get(f"/cases/new/loss?from={lead.ref}").text


def test_a_deal_that_is_handed_away_leaves_the_case_as_it_is(browser, record, alice, deal, lead):
    with transaction():
        case = db.session.get_one(Case, record(alice, kind="lesson").id)
        case.source_ref, case.source = "lead:424242", "lead"
    page = browser(alice).get(f"/cases/{case.id}/edit")
    assert page.status_code == 200 and 'name="from"' not in page.text
