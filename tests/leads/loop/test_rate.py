"""The link rate (K13): numbers for everybody who reads the page, names for who reads the deals."""

import pytest

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.closing.actions import close_lead
from portal.leads.closing.content import Ending
from portal.leads.loop.queries.rate import deals_by_month
from portal.leads.models import Lead


@pytest.fixture
def lost(app, deal, clock, alice):
    def lose(company, by=alice):
        lead = deal(by, company)
        with transaction():
            close_lead(by.actor, db.session.get_one(Lead, lead.id), Ending("lost", reason="price"),
                       clock())
        return lead
    return lose


def test_deals_with_a_case_of_all_that_ended(lost, deal, case, alice, browser, carol):
    first, second = lost("苏州恒通机电有限公司"), lost("无锡新科精密机械有限公司")
    third = lost("宁波远洋物流有限公司", carol)
    deal(alice, "常州大地电器有限公司")
    case(alice, source_ref=first.ref, kind="loss")
    case(alice, source_ref=third.ref, kind="loss", draft=True)
    assert deals_by_month(None, ["2026-05", "2026-06"]) == [(0, 0), (3, 1)]
    assert deals_by_month(frozenset({alice.team_id}), ["2026-06"]) == [(2, 1)]
    used = case(carol, title="价格谈判")
    browser(alice).post(f"/leads/{second.id}/cases/{used.id}/use")
    assert deals_by_month(None, ["2026-06"]) == [(3, 2)]


def test_names_only_for_who_reads_them(lost, browser, alice, mei, chen, hr):
    lost("苏州恒通机电有限公司")
    page = browser(hr).get("/cases/health").text
    assert "Closed deals" in page and "without-case" not in page and "恒通" not in page
    assert "without-case" in browser(mei).get("/cases/health?team=all").text
    url = "/leads/without-case?month=2026-06"
    assert "恒通" in browser(mei).get(url).text
    assert "恒通" not in browser(chen).get(url).text
    assert browser(hr).get(url).status_code == 403


@pytest.mark.parametrize(("query", "status"), [
    ("", 200), ("?month=2026-13", 404), ("?month=soon", 404), ("?team=999999", 200),
    ("?team=x", 200),
])
def test_odd_addresses(browser, mei, query, status):
    assert browser(mei).get(f"/leads/without-case{query}").status_code == status
