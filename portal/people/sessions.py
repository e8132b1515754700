"""Who is signed in: the cookie, its limits, and what happens when it has ended."""

from datetime import timedelta

from flask import Flask, Response, current_app, g, make_response, request, session, url_for
from flask_login import current_user, login_user
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import MultiDict

from portal.config import Settings
from portal.core import access, clock
from portal.core.error_pages import answer
from portal.core.render import render, wants_fragment
from portal.core.unit_of_work import SAFE_METHODS
from portal.extensions import login
from portal.people import actions, queries
from portal.people.forms.account import SignInForm
from portal.people.models import User
from portal.people.rules import Actor

# How often the cookie learns that it is still in use.
SEEN_EVERY = 60
FIRST_PASSWORD_MAY = {"people.change_password", "people.sign_out", "static", "home.healthz"}
# More than the longest text (100,000 characters) with its form.
LARGEST_HELD = 600_000


def init_app(app: Flask) -> None:
    """Teach Flask-Login where accounts are, and keep the idle clock of the cookie."""
    limit = timedelta(minutes=app.extensions["settings"].idle_minutes)

    @login.user_loader
    def load(user_id: str) -> User | None:
        seen = session.get("seen", 0)
        now = clock.now()
        if now.timestamp() - seen > limit.total_seconds():
            return None
        found = queries.live_sign_in(actions.digest(session.get("token", "")), now)
        if found is None or str(found.user_id) != user_id:
            return None
        g.sign_in = found
        return found.user

    @login.unauthorized_handler
    def unauthorized() -> Response:
        return held_back() or (
            ask_to_sign_in(401) if wants_fragment() or request.method not in SAFE_METHODS
            else _turn_to(url_for("people.sign_in", next=request.full_path.rstrip("?")))
        )

    @app.after_request
    def refresh(response: Response) -> Response:
        now = clock.now().timestamp()
        used = g.get("sign_in") is not None and not getattr(_view(), "unattended", False)
        if used and now - session.get("seen", 0) > SEEN_EVERY:
            session["seen"] = int(now)
        return response


def actor() -> Actor | None:
    """The signed-in person as the rules see them."""
    g.user = None
    if not current_user.is_authenticated:
        return None
    g.user = current_user._get_current_object()
    return queries.actor_for(g.user)


def begin(user: User) -> None:
    """Start a session for this browser; the old cookie's contents do not survive it."""
    settings: Settings = current_app.extensions["settings"]
    language = session.get("lang")
    session.clear()
    # A form on the very page that follows must carry a token of the new session.
    g.pop("csrf_token", None)
    now = clock.now()
    session["token"] = actions.sign_in(
        user, request.user_agent.string, timedelta(days=settings.session_days), now
    )
    session["seen"] = int(now.timestamp())
    if language and user.locale is None:
        session["lang"] = language
    login_user(user)


def guard_first_password(app: Flask) -> None:
    """Until the first password is changed, there is only that page."""

    @app.before_request
    def first_password() -> Response | None:
        user = g.get("user")
        if (
            user is not None and user.must_change_password
            and request.endpoint not in FIRST_PASSWORD_MAY
        ):
            return _turn_to(url_for("people.change_password"))
        return None


def ask_to_sign_in(status: int = 401) -> Response:
    """The sign-in page in place of the page that was asked for."""
    if wants_fragment():
        return answer(status)
    return render("people/sign_in.html", status=status, form=SignInForm(formdata=None), held="")


def held_back() -> Response | None:
    """Keep what was typed when a form arrives without a valid session.

    Only forms that write text ask for it (`keeps_text`). The text goes through the sign-in page
    as a signed value and is offered again afterwards; nothing is saved without the person's word.
    """
    if request.method in SAFE_METHODS or request.endpoint == "people.sign_in":
        return None
    if not getattr(_view(), "keeps_text", False) or wants_fragment() or _from_elsewhere():
        # Without text to keep, signing in is still the way on.
        return None if current_user.is_authenticated else ask_to_sign_in()
    fields = [
        (name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"
    ]
    if sum(len(value) for _, value in fields) > LARGEST_HELD:
        return None
    held = _serializer().dumps({"url": request.full_path.rstrip("?"), "fields": fields})
    if current_user.is_authenticated:
        return resume_page(str(held), 400)
    return render("people/sign_in.html", status=401, form=SignInForm(formdata=None), held=held)


def resume_page(held: str, status: int = 200) -> Response | None:
    """The page that offers the kept text for saving; None for a forged or damaged value."""
    try:
        kept = _serializer().loads(held)
    except BadSignature:
        return None
    fields = MultiDict([(name, value) for name, value in kept["fields"]])
    return render("people/resume.html", status=status, url=kept["url"], fields=fields)


def keeps_text(view: access.View) -> access.View:
    """Declare that a form of this view is worth keeping when the session has ended."""
    view.keeps_text = True  # type: ignore[attr-defined]
    return view


def unattended(view: access.View) -> access.View:
    """Declare that pages ask for this view by themselves: it does not keep a session alive."""
    view.unattended = True  # type: ignore[attr-defined]
    return view


def _from_elsewhere() -> bool:
    """Whether the browser says that another site sent the form: then its words are nobody's here,
    and must not be offered to anybody as their own."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")


def _view() -> object:
    return current_app.view_functions.get(request.endpoint or "")


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="held-text")


def _turn_to(url: str) -> Response:
    """Another page first, for whoever opened this one."""
    response = make_response("", 302)
    response.headers["Location"] = url
    return response
