"""Which colleague somebody means who types a name."""

from collections.abc import Sequence

from portal.core.i18n import gettext as _
from portal.core.text import line
from portal.people.forms.colleague import ColleagueForm
from portal.people.models import User
from portal.people.queries.colleagues import called, resembling
from portal.people.rules import LED, SELLING, Actor, may_be_chosen


def colleague_of(actor: Actor, form: ColleagueForm) -> User | None:
    """Who is meant, when the whole form is in order; otherwise its fields say what is open."""
    # Validation forgets errors that were set before it.
    valid = bool(form.validate())
    person = meant(actor, form)
    return person if valid else None


def meant(actor: Actor, form: ColleagueForm) -> User | None:
    """Whom the name means, as `form.colleague` then says too; otherwise the field says what is
    open, with the people to choose from."""
    form.colleague = None
    if form.asked.errors:
        return None
    text = line(form.asked.data)
    if not text:
        form.asked.errors = [_("Write the name of a colleague.")]
        return None
    # Who writes their own name is told afterwards why that cannot be.
    exact = [person for person in called(text)
             if person.id == actor.id or may_be_chosen(actor, person, form.among)]
    people = exact or resembling(
        text, lambda person: may_be_chosen(actor, person, form.among))
    chosen = [person for person in people if str(person.id) == form.asked_id.data] or exact
    if len(chosen) == 1:
        form.colleague = chosen[0]
    else:
        _offer(form, text, people, several=bool(exact))
    return form.colleague


def _offer(form: ColleagueForm, text: str, people: Sequence[User], *, several: bool) -> None:
    if several:
        said = _("Several people are called %(name)s. Choose one below.", name=text)
    elif people:
        said = _("Nobody is called %(name)s. Choose one below, or write the whole name.",
                 name=text)
    else:
        said = _nobody(form.among, text)
    form.asked.errors = [said]
    form.asked_id.data = None
    form.asked_id.choices = [
        (str(person.id), " · ".join(filter(None, (
            person.name, person.team.name if person.team else "", person.job_title))))
        for person in people
    ]


def _nobody(among: str, text: str) -> str:
    if among == SELLING:
        return _("No rep or manager here is called %(name)s.", name=text)
    if among == LED:
        return _("Nobody whom you lead is called %(name)s. Write the whole name or the login.",
                 name=text)
    return _("Nobody here is called %(name)s. Write the whole name or the login.", name=text)
