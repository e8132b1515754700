"""A test client that behaves like a browser: it signs in and its forms carry the CSRF token."""

import hashlib
import os
from contextvars import Context
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from portal.extensions import db
from tests.characters import Character


class Browser(FlaskClient):
    """Requests run in contexts of their own, as in production: nothing leaks in from the test."""

    language = "en"

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        # What the test still holds open would keep the request waiting, and hide its result.
        assert not db.session.new, "commit with `transaction()` before asking the portal"
        db.session.rollback()
        headers = {"Accept-Language": self.language, **(kwargs.pop("headers", None) or {})}
        # A file that is sent must be closed, whether the test reads it or not.
        kwargs.setdefault("buffered", True)
        answer = Context().run(super().open, *args, headers=headers, **kwargs)
        # A server refuses to send what this client lets pass.
        assert str(answer.headers).isascii(), answer.headers
        return answer

    def post(
        self, *args: Any, data: Any = None, csrf: bool = True, **kwargs: Any
    ) -> TestResponse:
        """Send a form with its token, or without (`csrf=False`)."""
        if csrf:
            data = {"csrf_token": self.csrf_token(), **(data or {})}
        return super().post(*args, data=data, **kwargs)

    def fragment(
        self, url: str, data: dict[str, Any] | None = None, *, method: str = "GET",
        headers: dict[str, str] | None = None,
    ) -> TestResponse:
        """Ask as HTMX does; with `data`, or `method="POST"`, send a form."""
        headers = {"HX-Request": "true", **(headers or {})}
        if data is None and method == "GET":
            return self.get(url, headers=headers)
        return self.post(url, data=data, headers=headers)

    def sign_in(self, person: Character) -> TestResponse:
        """Through the real form."""
        form = {"login": person.login, "password": person.password}
        return self.post("/sign-in", data=form)

    def csrf_token(self) -> str:
        """The token of this browser's session, as a form would carry it."""
        return Context().run(self._csrf_token)

    def _csrf_token(self) -> str:
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", hashlib.sha1(os.urandom(64)).hexdigest())
        signer = URLSafeTimedSerializer(self.application.secret_key or "", salt="wtf-csrf-token")
        return str(signer.dumps(raw))


def open_browser(app: Flask, person: Character | None, language: str) -> Browser:
    """A browser, signed in unless `person` is None."""
    app.test_client_class = Browser
    browser = app.test_client()
    assert isinstance(browser, Browser)
    browser.language = language
    if person is not None:
        answer = browser.sign_in(person)
        assert answer.status_code == 303, answer.text
    return browser
