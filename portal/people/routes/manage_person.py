"""One account: add, change, deactivate, and a new first password."""

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go, render
from portal.core.unit_of_work import abandon
from portal.people import actions, queries
from portal.people.forms.manage import PersonForm, facts_of, team_choices
from portal.people.models import User
from portal.people.routes import blueprint
from portal.people.routes.first_passwords import password_page


@blueprint.route("/manage/people/add", methods=["GET", "POST"])
@access.requires("people:manage")
def add_person() -> Response:
    """A new account; its first password is shown once, by this answer alone."""
    form = _person_form()
    if request.method == "GET":
        form.team_id.data = request.args.get("team", type=int)
        return render("people/add_person.html", form=form)
    if not form.validate():
        return render("people/add_person.html", status=422, form=form)
    try:
        user, password = actions.add_person(g.actor.id, form.facts(), clock.now())
    except Refused as refused:
        return _refused("people/add_person.html", form, refused)
    return password_page(user, password, is_new=True)


@blueprint.route("/manage/people/<int:user_id>/edit", methods=["GET", "POST"])
@access.requires("people:manage")
def edit_person(user_id: int) -> Response:
    """What is known about a person, and what may be done with the account."""
    user = access.fetch(User, user_id, "people:manage")
    stored = facts_of(user)
    form = _person_form(user)
    page = "people/edit_person.html"
    if request.method == "GET":
        form.begin([stored])
        return render(page, form=form, person=user, leads=queries.led_directly_by(user))
    if not form.validate():
        return _again(page, form, user, 422)
    if form.is_stale([stored]):
        form.begin([stored])
        form.form_errors.append(_(
            "Somebody else changed this person in the meantime. Below is what you entered; "
            "save again to replace what is stored."
        ))
        return _again(page, form, user, 409)
    try:
        changed = actions.change_person(g.actor, user, form.facts(), clock.now())
    except Refused as refused:
        return _refused(page, form, refused, user)
    flash(_("Saved.") if changed else _("Nothing had changed."), "success")
    return go(url_for("people.manage_people"))


@blueprint.post("/manage/people/<int:user_id>/deactivate")
@access.requires("people:manage")
def deactivate_person(user_id: int) -> Response:
    """The person left: sign-in stops, what they wrote stays."""
    user = access.fetch(User, user_id, "people:manage")
    actions.deactivate_person(g.actor, user, clock.now())
    flash_with_undo(
        _("%(name)s can no longer sign in.", name=user.name),
        url_for("people.reactivate_person", user_id=user.id),
    )
    return go(url_for("people.edit_person", user_id=user.id))


@blueprint.post("/manage/people/<int:user_id>/reactivate")
@access.requires("people:manage")
def reactivate_person(user_id: int) -> Response:
    """The person is back, with the old password."""
    user = access.fetch(User, user_id, "people:manage")
    actions.reactivate_person(g.actor, user, clock.now())
    flash(_("%(name)s can sign in again.", name=user.name), "success")
    return go(url_for("people.edit_person", user_id=user.id))


@blueprint.post("/manage/people/<int:user_id>/reset-password")
@access.requires("people:manage")
def reset_password(user_id: int) -> Response:
    """A new first password, shown once, by this answer alone."""
    user = access.fetch(User, user_id, "people:manage")
    if not user.is_active:
        raise Refused(_("This account is deactivated; reactivate it first."))
    return password_page(user, actions.reset_password(g.actor.id, user, clock.now()))


def _person_form(user: User | None = None) -> PersonForm:
    form = PersonForm(obj=user)
    form.team_id.choices = team_choices(queries.teams_with_depth(), _("No team"))
    return form


def _again(page: str, form: PersonForm, user: User, status: int) -> Response:
    # What the page still shows is read anew.
    abandon()
    return render(page, status=status, form=form, person=user,
                  leads=queries.led_directly_by(user))


def _refused(
    page: str, form: PersonForm, refused: Refused, user: User | None = None
) -> Response:
    form.form_errors.append(str(refused.message))
    if user is not None:
        return _again(page, form, user, refused.status)
    abandon()
    return render(page, status=refused.status, form=form)
