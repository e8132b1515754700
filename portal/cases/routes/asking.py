"""Whom a problem is addressed to: the field of the form, and the names it offers."""

from flask import Response, g, request

from portal.cases.actions.asking import ask_colleague
from portal.cases.forms import CaseForm, ProblemForm
from portal.cases.models import Case
from portal.cases.queries import colleagues
from portal.cases.routes import blueprint
from portal.core import access, clock
from portal.core.i18n import gettext as _
from portal.core.render import render
from portal.core.text import folded
from portal.extensions import db
from portal.people.models import User


@blueprint.get("/cases/colleagues")
@access.requires("case:record")
def colleagues_called() -> Response:
    """Colleagues whose name holds or sounds like what is being typed."""
    text = request.args.get("asked", "").strip()[:120]
    return render("cases/colleagues.html", "cases/_colleagues.html",
                  people=colleagues.resembling(text, g.actor.id))


def fill_asked(form: CaseForm, person: User | None) -> None:
    """Show who is asked."""
    if isinstance(form, ProblemForm) and person is not None:
        form.asked.data, form.asked_id.data = person.name, str(person.id)


def save_asked(case: Case, form: CaseForm) -> bool:
    """Address the case to whom the form means; whether that changed."""
    return isinstance(form, ProblemForm) and ask_colleague(
        g.actor, case, form.person, clock.now()
    )


def person_of(number: str) -> User | None:
    """The active person with this id, as an address gives it."""
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    person = db.session.get(User, int(number))
    return person if person is not None and person.deactivated_at is None else None


def understands_asked(form: CaseForm, kept: User | None = None) -> bool:
    """Whether it is clear whom the form means; `form.person` then says it.

    `kept` is who is asked already, and may have left meanwhile. Otherwise the field says what is
    open, with the people to choose from.
    """
    if not isinstance(form, ProblemForm) or not (text := (form.asked.data or "").strip()):
        return True
    number = form.asked_id.data
    if kept and number == str(kept.id) and folded(text) == folded(kept.name):
        form.person = kept
        return True
    exact = colleagues.called(text)
    people = exact or colleagues.resembling(text, g.actor.id)
    chosen = [person for person in people if str(person.id) == number] or exact
    if len(chosen) != 1:
        _offer(form, text, people, several=bool(exact))
        return False
    form.person = chosen[0]
    return True


def _offer(form: ProblemForm, text: str, people: list[User], *, several: bool) -> None:
    if several:
        said = _("Several people are called %(name)s. Choose one below.", name=text)
    elif people:
        said = _("Nobody is called %(name)s. Choose one below, or write the whole name.",
                 name=text)
    else:
        said = _("Nobody here is called %(name)s. Write the whole name or the login, or leave "
                 "this empty.", name=text)
    form.asked.errors = [said]
    form.asked_id.data = None
    form.asked_id.choices = [
        (str(person.id), " · ".join(filter(None, (
            person.name, person.team.name if person.team else "", person.job_title))))
        for person in people
    ]
