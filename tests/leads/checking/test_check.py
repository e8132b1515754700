"""The check-first box: what it answers to whom, and how little it tells."""

import pytest
from sqlalchemy import select

from portal.core.audit import AuditEntry
from portal.extensions import db
from portal.leads.checking.log import WAITING
from tests.counting import statements_of

NAME, PHONE = "苏州恒通机电有限公司", "0512-62345678"
CHECK = "/leads/check"


@pytest.fixture(autouse=True)
def nothing_waits(app):
    WAITING.clear()


def answer(browser, q):
    from urllib.parse import urlencode

    page = browser.fragment(f"{CHECK}?{urlencode({'q': q})}")
    assert page.status_code == 200
    return page.text


def logged():
    db.session.rollback()
    entries = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "customer.checked").order_by(AuditEntry.id))
    return [(entry.actor_id, entry.subject, entry.detail) for entry in entries]


def test_page_and_fragment(browser, alice):
    page = browser(alice).get(CHECK)
    assert page.status_code == 200 and "<html" in page.text and 'name="q"' in page.text
    assert "<html" not in browser(alice).fragment(f"{CHECK}?q=x").text


def test_strangers_must_sign_in(browser):
    assert browser().get(CHECK).status_code in (302, 303)


def test_hr_and_administrators_have_no_business_here(browser, hr, admin):
    assert browser(hr).get(CHECK).status_code == 403
    assert browser(admin).get(CHECK).status_code == 403


def test_checking_is_reading(browser, alice):
    assert browser(alice).post(CHECK).status_code == 405


def test_free_carries_what_was_typed_along(browser, alice, customer):
    customer(alice)
    text = answer(browser(alice), "杭州星瀚软件 13800138000")
    assert "Free" in text
    assert "/leads/new?name=%E6%9D%AD%E5%B7%9E%E6%98%9F%E7%80%9A%E8%BD%AF%E4%BB%B6" in text
    assert "phone=%2B8613800138000" in text


def test_ones_own_is_linked(browser, alice, customer):
    number = customer(alice)
    text = answer(browser(alice), "恒通机电（苏州）有限公司")
    assert "You work with this customer." in text
    assert f'href="/customers/{number}"' in text and "New deal" in text


@pytest.mark.parametrize("typed", ["恒通机电（苏州）有限公司", PHONE, "＋８６ 512 6234 5678"])
def test_a_colleagues_is_told_and_not_opened(browser, alice, carol, customer, typed):
    number = customer(carol, website="geheim.example", note="vertraulich")
    text = answer(browser(alice), typed)
    assert "A colleague has this customer." in text and carol.name in text
    assert f"/customers/{number}" not in text
    for secret in {NAME, PHONE, "geheim", "vertraulich"} - {typed}:
        assert secret not in text
    assert "Ask for it, with evidence" in text


def test_who_leads_the_owner_may_open_it(browser, mei, bob, customer):
    number = customer(bob)
    text = answer(browser(mei), NAME)
    assert "A colleague has this customer." in text and f"/customers/{number}" in text


def test_a_close_name_is_shown_with_its_owner(browser, alice, carol, customer):
    customer(carol)
    text = answer(browser(alice), "北京恒通机电有限公司")
    assert "Nobody has exactly this one." in text
    assert NAME in text and carol.name in text and PHONE not in text


def test_another_extension_does_not_tell_the_name(browser, alice, carol, customer):
    customer(carol)
    text = answer(browser(alice), f"{PHONE}转803")
    assert "another extension of this number" in text and NAME not in text


def test_a_void_customer_is_free(browser, alice, carol, customer, clock):
    from portal.core.unit_of_work import transaction
    from portal.customers.actions.customers import void_customer
    from portal.customers.models import Customer

    number = customer(carol)
    with transaction():
        void_customer(carol.actor, db.session.get_one(Customer, number), "Entered twice", clock())
    assert "Free" in answer(browser(alice), NAME)


@pytest.mark.parametrize(("typed", "said"), [
    ("", ""), ("恒", "at least two characters"), ("138001", "no whole phone number yet"),
    ("…", "at least two characters"), ("（）", "at least two characters"),
])
def test_what_cannot_be_looked_up_is_said(browser, alice, typed, said):
    text = answer(browser(alice), typed)
    assert said in text and "Free" not in text
    assert logged() == []


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "' OR 1=1 --", "\ud800x", "%00 %s",
                                   "公司" * 500, "😀😀", "1" * 300, "+" * 50])
def test_odd_input_is_answered(browser, alice, typed):
    page = browser(alice).get(CHECK, query_string={"q": typed.encode("utf-8", "surrogatepass")})
    assert page.status_code == 200 and "<script>alert" not in page.text


def test_every_check_is_logged_for_administrators(browser, alice, carol, customer, admin):
    number = customer(carol)
    browser(alice).get(CHECK, query_string={"q": NAME})
    assert logged() == [(alice.id, f"customer:{number}", {
        "typed": NAME, "answer": "theirs", "customers": [number]})]
    page = browser(admin).get("/manage/audit").text
    assert "customer.checked" in page and NAME in page


def test_typing_is_logged_once_it_rests(browser, alice, clock):
    seller = browser(alice)
    for typed in ("星瀚", "星瀚软件", "星瀚软件科技"):
        answer(seller, typed)
        clock.move(seconds=1)
    assert logged() == []
    clock.move(seconds=10)
    answer(seller, "别的公司")
    assert [detail["typed"] for _, _, detail in logged()] == ["星瀚软件科技"]


def test_nobody_asks_without_end(browser, alice, bob, set_limit):
    set_limit(10)
    seller = browser(alice)
    for number in range(10):
        assert seller.fragment(f"{CHECK}?q=company{number}").status_code == 200
    refused = seller.fragment(f"{CHECK}?q=one+more")
    assert refused.status_code == 429 and "very often" in refused.text
    page = seller.get(f"{CHECK}?q=one+more")
    assert page.status_code == 429 and 'value="one more"' in page.text
    assert seller.get(CHECK).status_code == 200
    assert browser(bob).fragment(f"{CHECK}?q=company").status_code == 200


@pytest.fixture
def set_limit(app, clock, admin):
    from portal.core.unit_of_work import transaction
    from portal.options.actions import change_option

    def change(number):
        with transaction():
            change_option(admin.actor, "checking.per_hour", str(number), clock())

    return change


def test_statements_do_not_grow_with_the_answer(app, browser, alice, carol, customer):
    customer(carol)
    seller, address = browser(alice), f"{CHECK}?q=恒通机电科技"
    few = len(statements_of(app, seller, address))
    for place in ("北京", "广州", "成都", "武汉"):
        customer(carol, name=f"{place}恒通机电有限公司", phone="")
    assert len(statements_of(app, seller, address)) <= few + 1
