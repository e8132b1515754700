"""Whom a problem is addressed to: what the field of the form means."""

from flask import g

from portal.cases.actions.asking import ask_colleague
from portal.cases.forms import CaseForm, ProblemForm
from portal.cases.models import Case
from portal.core import clock
from portal.core.text import folded, line
from portal.extensions import db
from portal.people.choosing import meant
from portal.people.models import User


def fill_asked(form: CaseForm, person: User | None) -> None:
    """Show who is asked."""
    if isinstance(form, ProblemForm) and person is not None:
        form.asked.data, form.asked_id.data = person.name, str(person.id)


def save_asked(case: Case, form: CaseForm) -> bool:
    """Address the case to whom the form means; whether that changed."""
    return isinstance(form, ProblemForm) and ask_colleague(
        g.actor, case, form.colleague, clock.now()
    )


def person_of(number: str) -> User | None:
    """The active person with this id, as an address gives it."""
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    person = db.session.get(User, int(number))
    return person if person is not None and person.deactivated_at is None else None


def understands_asked(form: CaseForm, kept: User | None = None) -> bool:
    """Whether it is clear whom the form means; `kept` is who is asked already, and may have left
    meanwhile."""
    if not isinstance(form, ProblemForm) or not (text := line(form.asked.data)):
        return True
    number = form.asked_id.data
    if kept and number == str(kept.id) and folded(text) == folded(kept.name):
        form.colleague = kept
        return True
    return meant(g.actor, form) is not None
