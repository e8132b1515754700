"""The tab “Cases” of a lead and a customer, and similar cases while one writes."""

import pytest

from tests.counting import statements_of


def test_what_comes_from_the_deal(browser, alice, mei, lead, case):
    case(alice, source_ref=lead.ref, title="从这里学到的一课", kind="lesson")
    case(alice, source_ref=lead.ref, title="还没写完", kind="lesson", draft=True)
    case(alice, source_ref="lead:424242", title="别处的", kind="lesson")
    for url in (f"/leads/{lead.id}/cases", f"/customers/{lead.customer_id}/cases"):
        mine, hers = browser(alice).get(url).text, browser(mei).get(url).text
        assert "从这里学到的一课" in mine and "还没写完" in mine and "别处的" not in mine
        assert "从这里学到的一课" in hers and "还没写完" not in hers


def test_playbooks_that_fit_are_offered_to_be_filled(browser, alice, lead, case):
    fits = case(kind="playbook", title="ERP报价函", body="尊敬的{{customer}}：")
    case(kind="playbook", title="CRM报价函", product="crm", body="尊敬的{{customer}}：")
    case(kind="playbook", title="没有空格可填", body="先听，再讲。")
    page = browser(alice).get(f"/leads/{lead.id}/cases").text
    assert f"/cases/{fits.id}/fill?from=lead%3A{lead.id}" in page or (
        f"/cases/{fits.id}/fill?from={lead.ref}" in page)
    assert "CRM报价函" not in page and "没有空格可填" not in page


def test_a_playbook_is_filled_from_the_deal(browser, alice, carol, lead, case):
    book = case(kind="playbook", title="ERP报价函", body="尊敬的{{customer}}，{{product}}，{{rep}}")
    page = browser(alice).get(f"/cases/{book.id}/fill?from={lead.ref}").text
    assert "苏州恒通机电有限公司" in page and "ERP" in page and "李爱丽" in page
    hers = browser(carol).get(f"/cases/{book.id}/fill?from={lead.ref}").text
    assert "苏州恒通机电有限公司" not in hers and "李爱丽" not in hers


def test_strangers_find_no_tab(browser, carol, hr, lead):
    for person in (carol, hr):
        seller = browser(person)
        for url in (f"/leads/{lead.id}/cases", f"/leads/{lead.id}/cases/alike",
                    f"/customers/{lead.customer_id}/cases",
                    f"/customers/{lead.customer_id}/cases/alike"):
            assert seller.get(url).status_code == 404


def test_similar_cases_by_the_deal_itself(browser, alice, lead, case):
    found = case()
    part = browser(alice).fragment(f"/leads/{lead.id}/cases/alike")
    assert part.status_code == 200 and found.title in part.text and "<html" not in part.text
    page = browser(alice).get(f"/leads/{lead.id}/cases/alike").text
    assert found.title in page and "<html" in page and 'method="post"' in page


@pytest.mark.parametrize("words", ["客户嫌报价太高", "客户嫌报价太高\n竞品低价"])
def test_similar_cases_by_what_one_writes(browser, alice, lead, case, words):
    found = case()
    part = browser(alice).fragment(f"/leads/{lead.id}/cases/alike?words={words}&stage=needs")
    assert found.title in part.text


def test_nothing_found_offers_to_ask(browser, alice, lead):
    part = browser(alice).fragment(
        f"/leads/{lead.id}/cases/alike?words=量子纠缠与潮汐锁定的关系&from={lead.ref}").text
    if "alike-item" not in part:
        assert "Ask this as a question" in part and "from=lead" in part


def test_a_case_one_may_not_read_is_not_found(browser, alice, carol, lead, case):
    secret = case(carol, audience="team", title="客户嫌报价太高：南区底线")
    assert secret.title not in browser(alice).fragment(f"/leads/{lead.id}/cases/alike").text


def test_more_cases_ask_no_more_of_the_database(app, browser, alice, lead, case):
    person, url = browser(alice), f"/leads/{lead.id}/cases"
    for number in range(2):
        made = case(source_ref=lead.ref, title=f"一课 {number}", kind="lesson")
        person.post(f"/leads/{lead.id}/cases/{made.id}/use")
    few = len(statements_of(app, person, url))
    for number in range(6):
        made = case(source_ref=lead.ref, title=f"又一课 {number}", kind="lesson")
        person.post(f"/leads/{lead.id}/cases/{made.id}/use")
    assert len(statements_of(app, person, url)) <= few
