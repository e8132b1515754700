"""Signing in and out, the password, preferences."""

from flask import Response, abort, flash, g, request, session, url_for
from flask_limiter.util import get_remote_address
from flask_login import logout_user

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import go, here, is_local, render
from portal.core.unit_of_work import reading_only
from portal.extensions import db, limiter
from portal.people import actions, passwords, queries, sessions
from portal.people.devices import browser_of, is_phone, system_of
from portal.people.forms.account import PasswordForm, PreferencesForm, SignInForm
from portal.people.models import SignIn, User
from portal.people.routes import blueprint


def _login_and_address() -> str:
    return f"{request.form.get('login', '').strip().lower()[:64]}|{get_remote_address()}"


def _person() -> str:
    """Whom the cookie names; its signature was checked."""
    return str(session.get("_user_id") or get_remote_address())


@blueprint.get("/sign-in")
@access.public
def sign_in() -> Response:
    """The sign-in form; people already signed in go on to where they were heading."""
    target = here(url_for("home.today"))
    if g.actor is not None:
        return go(target)
    return render("people/sign_in.html", form=SignInForm(next=target), held="")


@blueprint.post("/sign-in")
@access.public
# Per person and address, and per address: guessing stops, colleagues behind one router do not.
@limiter.limit("5/minute;30/hour", key_func=_login_and_address,
               deduct_when=lambda response: response.status_code == 422)
@limiter.limit("60/minute", deduct_when=lambda response: response.status_code == 422)
def enter() -> Response:
    """Check login and password, and begin a session."""
    form = SignInForm()
    held = request.form.get("held", "")
    if not form.validate_on_submit():
        return render("people/sign_in.html", status=422, form=form, held=held)
    password = form.password.data or ""
    user = _proven(form.login.data or "", password)
    if user is None:
        form.password.errors = [_("Login or password is not right.")]
        return render("people/sign_in.html", status=422, form=form, held=held)
    if passwords.is_outdated(user.password_hash):
        user.password_hash = passwords.hashed(password)
    sessions.begin(user)
    if held and (page := sessions.resume_page(held)):
        return page
    target = form.next.data or ""
    return go(target if is_local(target) else url_for("home.today"))


def _proven(login: str, password: str) -> User | None:
    """The person with this login and password. The check is slow by design, so it runs while no
    transaction is open: nobody who writes waits for somebody who guesses."""
    with reading_only():
        user = queries.user_by_login(login)
        kept = user.password_hash if user is not None and user.is_active else None
    if not passwords.matches(kept, password) or user is None:
        return None
    # Read anew: the account may have ended meanwhile, or got another password.
    return user if user.is_active and user.password_hash == kept else None


@blueprint.post("/sign-out")
@access.requires("portal:use")
def sign_out() -> Response:
    """End this session here and in the database."""
    actions.end_sign_in(g.sign_in, clock.now())
    logout_user()
    session.clear()
    response = go(url_for("people.sign_in"))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@blueprint.route("/password", methods=["GET", "POST"])
@access.requires("portal:use")
# Per person: on the first morning a whole office chooses passwords behind one address.
@limiter.limit("10/minute", methods=["POST"], key_func=_person,
               deduct_when=lambda response: response.status_code == 422)
def change_password() -> Response:
    """One's own password; the first one must be changed before anything else."""
    form = PasswordForm()
    first = g.user.must_change_password
    if request.method == "POST":
        if form.validate():
            try:
                actions.change_password(
                    g.user, form.current.data or "", form.new.data or "", clock.now(),
                    keep=g.sign_in,
                )
            except actions.WrongPassword as refused:
                form.current.errors = [refused.message]
            except Refused as refused:
                form.new.errors = [refused.message]
            else:
                flash(_("Your password is set. The portal is yours.") if first else
                      _("Your password is changed; other devices were signed out."), "success")
                return go(url_for("home.today"))
        return render("people/password.html", status=422, form=form)
    return render("people/password.html", form=form)


@blueprint.route("/preferences", methods=["GET", "POST"])
@access.requires("portal:use")
def preferences() -> Response:
    """Language, colours, and where one is signed in."""
    form = PreferencesForm(data={"locale": g.user.locale or "", "theme": g.user.theme})
    if request.method == "POST" and form.validate():
        g.user.locale, g.user.theme = form.locale.data or None, form.theme.data
        session.pop("lang", None)
        flash(_("Saved."), "success")
        response = go(url_for("people.preferences"))
        # The menu's quick choice was for this browser; what is saved now counts everywhere.
        response.delete_cookie("theme")
        return response
    places = paginate(queries.sign_ins_of(g.user, clock.now()))
    status = 422 if form.errors else 200
    return render("people/preferences.html", status=status, form=form, places=places,
                  this_place=g.sign_in, browser_of=browser_of, system_of=system_of,
                  is_phone=is_phone)


@blueprint.post("/sign-ins/<int:sign_in_id>/end")
@access.requires("portal:use")
def end_sign_in(sign_in_id: int) -> Response:
    """Sign out on another device."""
    place = db.session.get(SignIn, sign_in_id) if sign_in_id < 2**31 else None
    if place is None or place.user_id != g.actor.id:
        abort(404)
    actions.end_sign_in(place, clock.now())
    flash(_("That device is signed out."), "success")
    return go(url_for("people.preferences"))


@blueprint.post("/sign-ins/end-others")
@access.requires("portal:use")
def end_other_sign_ins() -> Response:
    """Sign out everywhere but here."""
    actions.end_other_sign_ins(g.user, g.sign_in, clock.now())
    flash(_("You are signed in here alone."), "success")
    return go(url_for("people.preferences"))
