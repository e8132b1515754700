"""The gate: everything denied unless declared, and what is declared must be asked."""

import pytest
from flask import g

from portal.cases.models import Case
from portal.core import access
from portal.core.access import PermissionForgottenError
from tests.core.conftest import READ, WRITE


def test_a_view_without_permission_is_closed_to_everyone(view_of, browser, admin):
    address = view_of(READ, lambda: "secret", permission="")
    answer = browser(admin).get(address)
    assert answer.status_code == 403
    assert "secret" not in answer.text


def test_a_permission_that_the_policy_does_not_name_is_a_defect(view_of, browser, admin):
    with pytest.raises(KeyError):
        browser(admin).get(view_of(READ, lambda: "secret", permission="case:raed"))


def test_a_view_that_forgets_to_ask_about_its_record_is_a_defect(
    view_of, browser, alice, record
):
    with pytest.raises(PermissionForgottenError):
        browser(alice).get(view_of(READ, lambda: "secret", permission="case:read"))


@pytest.mark.parametrize("address", ["/cases/1", "/attachments/1", "/cases/1/edit", "/healthz"])
def test_asking_for_the_methods_of_an_address_is_no_defect(browser, alice, address):
    answer = browser(alice).open(address, method="OPTIONS")
    assert answer.status_code == 200
    assert "GET" in answer.headers["Allow"]


def test_what_a_forgetful_view_wrote_is_lost(view_of, browser, alice):
    def view():
        g.user.theme = "dark"
        return "done"

    with pytest.raises(PermissionForgottenError):
        browser(alice).post(view_of(WRITE, view, permission="case:edit"))
    assert alice.row.theme == "system"


def test_asking_for_another_permission_does_not_count(view_of, browser, alice, record):
    case_id = record(alice).id

    def view():
        access.fetch(Case, case_id, "case:read")
        return "done"

    with pytest.raises(PermissionForgottenError):
        browser(alice).get(view_of(READ, view, permission="case:edit"))


@pytest.mark.parametrize(
    ("who", "status"), [("alice", 200), ("bob", 403), ("carol", 404), ("mei", 200)]
)
def test_invisible_answers_404_and_forbidden_403(
    who, status, view_of, browser, alice, record, request
):
    case_id = record(alice, audience="team").id

    def view():
        return access.fetch(Case, case_id, "case:edit").title

    address = view_of(READ, view, permission="case:edit")
    assert browser(request.getfixturevalue(who)).get(address).status_code == status


@pytest.mark.parametrize("key", [0, -1, 2**31, 2**63, 10**40])
def test_a_key_beyond_the_database_is_not_found(key, view_of, browser, alice):
    address = view_of(READ, lambda: access.fetch(Case, key, "case:read"), permission="case:read")
    assert browser(alice).get(address).status_code == 404


def test_nobody_may_anything(app):
    assert not any(access.allows(None, permission) for permission in access.policy())


def test_unknown_addresses_answer_404_in_the_portals_words(browser, alice):
    assert "Not found" in browser(alice).get("/no/such/page").text
