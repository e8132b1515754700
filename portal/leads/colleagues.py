"""To whom a leader may hand a lead: the people they lead who sell, and whom a typed name means."""

from portal.cases.queries.colleagues import called, resembling
from portal.core.i18n import gettext as _
from portal.leads.forms import OwnerFields
from portal.people.models import User
from portal.people.rules import Actor


def may_have(actor: Actor, person: User) -> bool:
    """Whether this person can be given leads by the actor."""
    return person.role in ("rep", "manager") and (
        person.id == actor.id or person.team_id in actor.tree.led_by(actor.id))


def understands(actor: Actor, form: OwnerFields) -> bool:
    """Whether it is clear whom the form means; `form.colleague` then says it. Otherwise the field
    says what is open, with the people to choose from."""
    text = (form.asked.data or "").strip()
    if not text:
        form.asked.errors = [_("Write the name of a colleague.")]
        return False
    exact = [person for person in called(text) if may_have(actor, person)]
    people = exact or [person for person in resembling(text, 0) if may_have(actor, person)]
    chosen = [person for person in people if str(person.id) == form.asked_id.data] or exact
    if len(chosen) == 1:
        form.colleague = chosen[0]
        return True
    form.asked.errors = [
        _("Which one do you mean? Choose one below.") if people
        else _("Nobody whom you lead is called %(name)s. Write the whole name or the login.",
               name=text)
    ]
    form.asked_id.data = None
    form.asked_id.choices = [
        (str(person.id), " · ".join(filter(None, (
            person.name, person.team.name if person.team else "", person.job_title))))
        for person in people
    ]
    return False
