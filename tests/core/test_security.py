"""Headers on every answer, and a policy that lets no script in but ours."""

import re

import pytest
from flask import Flask

from portal.core import security
from portal.core.render import is_local


def policy_of(answer):
    return dict(
        part.strip().split(" ", 1) for part in
        answer.headers["Content-Security-Policy"].split(";") if " " in part.strip()
    )


def addresses(record, alice):
    case = record(alice)
    return ["/sign-in", "/help", f"/cases/{case.id}", "/no/such/page", "/healthz"]


def test_every_answer_carries_the_headers(browser, alice, record):
    for address in addresses(record, alice):
        headers = browser(alice).get(address).headers
        for name, value in security.NO_SNIFF.items():
            assert headers[name] == value, address
        assert "Cookie" in headers["Vary"]
        assert "no-cache" in headers["Cache-Control"]


def test_the_policy_allows_only_our_own_scripts(browser, alice, record):
    for address in addresses(record, alice):
        policy = policy_of(browser(alice).get(address))
        assert policy["default-src"] == "'none'"
        assert re.fullmatch(r"'nonce-[\w-]{20,}' 'strict-dynamic'", policy["script-src"])
        assert policy["style-src"] == "'self'"
        assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"
        assert policy["form-action"] == "'self'"
        assert "unsafe" not in str(policy)


def test_a_nonce_is_used_once(browser, alice):
    visitor = browser(alice)
    nonces = {policy_of(visitor.get("/help"))["script-src"] for _ in range(5)}
    assert len(nonces) == 5


@pytest.mark.parametrize(("https", "header"), [(True, "max-age=31536000"), (False, None)])
def test_hsts_only_over_https(https, header):
    app = Flask("headers")
    security.init_app(app, https=https)
    app.add_url_rule("/", view_func=lambda: "")
    headers = app.test_client().get("/").headers
    assert headers.get("Strict-Transport-Security") == header


def test_static_files_are_kept_for_ever_and_cannot_be_mistaken(browser):
    answer = browser().get("/static/logo.svg")
    assert answer.status_code == 200
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", [
    "/static/../pyproject.toml", "/static/..%2fpyproject.toml", "/static/%2e%2e/pyproject.toml",
    "/static//etc/passwd", "/static/vendor/../../wsgi.py", "/static/css/..\\..\\wsgi.py",
])
def test_static_files_come_from_their_folder_only(address, browser):
    assert browser().get(address).status_code in (301, 308, 404)


@pytest.mark.parametrize("target", ["/", "/cases/1?page=2#x", "/search?q=撞单"])
def test_addresses_of_the_portal_are_followed(target):
    assert is_local(target)


@pytest.mark.parametrize("target", [
    "", "//evil.example", "///evil.example", "https://evil.example", "javascript:ran()",
    "/\\evil.example", "\\/evil.example", "/\t/evil.example", "/\n/evil.example", "evil",
    " //evil.example", "/\x00/x",
])
def test_addresses_elsewhere_are_not(target):
    assert not is_local(target)


def test_signing_in_leads_nowhere_else(browser, alice):
    form = {"login": alice.login, "password": alice.password, "next": "//evil.example/x"}
    assert browser().post("/sign-in", data=form).location == "/"
