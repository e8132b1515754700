"""Error pages: what happened, what was kept, what to do next."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.render import render
from portal.core.unit_of_work import abandon
from portal.extensions import login

Words = dict[int, tuple[Any, Any]]
HeldBack = Callable[[], Response | None]

# As PostgreSQL calls it; SQLite has only words.
UNIQUE_VIOLATION = "23505"
WORDS: Words = {
    400: (_l("This request is not complete"),
          _l("Something in the address or the form was not right. Go back and try again.")),
    401: (_l("Please sign in"), _l("Your session ended. Sign in and continue.")),
    403: (_l("Not allowed"), _l("You may not do this. Your manager or administrator can help.")),
    404: (_l("Not found"), _l("There is nothing here, or it is not for you to see.")),
    405: (_l("That does not work this way"), _l("Use the buttons of the page.")),
    409: (_l("Changed in the meantime"),
          _l("Somebody else saved first. Nothing of yours was overwritten.")),
    413: (_l("Too large"), _l("The files or the text are larger than the portal takes. "
             "Go back: the form is still filled in.")),
    422: (_l("Please check"), _l("Something that you entered cannot be saved this way.")),
    429: (_l("Too many attempts"), _l("Wait a few minutes, then try again.")),
    500: (_l("Something went wrong"),
          _l("The fault is the portal's, not yours. Nothing was changed; try again.")),
    503: (_l("The portal is busy"), _l("Nothing was changed. Try again in a moment.")),
}


def answer(code: int, text: Any = None) -> Response:
    """The error page of this code, or its words alone for a part of a page."""
    title, usual = WORDS.get(code, WORDS[500 if code >= 500 else 400])
    return render("layout/error.html", "layout/_error.html", status=code, code=code,
                  title=title, text=text or usual)


def init_app(app: Flask, held_back: HeldBack) -> None:
    """Answer every failure in the person's language.

    `held_back()` may take over when a form arrives after its session ended: it keeps the text.
    """

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        abandon()
        response = error.get_response()
        if response.status_code < 400 or request.endpoint == "home.healthz":
            return response  # type: ignore[return-value]
        page = answer(error.code or 500)
        if "Allow" in response.headers:
            page.headers["Allow"] = response.headers["Allow"]
        return page

    @app.errorhandler(CSRFError)
    def csrf_error(error: CSRFError) -> Response:
        abandon()
        return held_back() or answer(
            400, _l("This form belongs to an earlier session. Reload the page and try again.")
        )

    @app.errorhandler(Refused)
    def refused(error: Refused) -> Response:
        abandon()
        return answer(error.status, error.message)

    _answer_for_the_database(app)

    @app.errorhandler(Exception)
    def any_other(error: Exception) -> Response:
        return _defect(error)


def _answer_for_the_database(app: Flask) -> None:
    @app.errorhandler(DataError)
    def unfit(error: DataError) -> Response:
        # PostgreSQL stores and compares no NUL sign; nobody types one into an address by mistake.
        abandon()
        return answer(400)

    @app.errorhandler(IntegrityError)
    def taken_meanwhile(error: IntegrityError) -> Response:
        # Two people made the same at the same moment: both found the name free.
        if not _names_something_twice(error):
            return _defect(error)
        abandon()
        current_app.logger.info("somebody else was first: %s", error.orig)
        return answer(409)

    @app.errorhandler(OperationalError)
    def busy(error: OperationalError) -> Response:
        abandon()
        current_app.logger.exception("the database refused")
        try:
            return answer(503)
        except OperationalError:
            # It is gone altogether, and with it who is asking.
            g.user, g._login_user = None, login.anonymous_user()
            return answer(503)


def _defect(error: Exception) -> Response:
    abandon()
    current_app.logger.exception("unexpected error")
    if current_app.testing and current_app.config.get("PROPAGATE_DEFECTS", True):
        raise error
    return answer(500)


def _names_something_twice(error: IntegrityError) -> bool:
    """Whether a value that is there only once was there already."""
    state = getattr(error.orig, "sqlstate", None)
    return state == UNIQUE_VIOLATION or "UNIQUE constraint failed" in str(error.orig)
