"""Which colleague, and which customer, somebody means who types a name."""

from collections.abc import Sequence

from sqlalchemy import func, select

from portal.cases.queries import colleagues
from portal.core.i18n import gettext as _
from portal.core.text import line
from portal.customers.forms.people import ColleagueForm
from portal.customers.models import Customer
from portal.customers.queries.listing import found_by
from portal.customers.queries.reading import readable_by
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import Actor

MOST = 8
SELLING = ("rep", "manager")


def understands(form: ColleagueForm) -> bool:
    """Whether it is clear whom the name means; `form.person` then says it. Otherwise the people to
    choose from stand below. Only reps and managers work for customers."""
    text = line(form.asked.data)
    exact = _selling(colleagues.called(text))
    people = exact or _selling(colleagues.resembling(text, 0))
    chosen = [person for person in people if str(person.id) == form.asked_id.data] or exact
    if len(chosen) == 1:
        form.person = chosen[0]
        return True
    form.asked.errors = [
        _("Which one do you mean? Choose one below.") if people
        else _("No rep or manager here is called %(name)s.", name=text)
    ]
    form.asked_id.data = None
    form.asked_id.choices = [
        (str(person.id), " · ".join(filter(None, (
            person.name, person.team.name if person.team else "", person.job_title))))
        for person in people
    ]
    return False


def _selling(people: Sequence[User]) -> list[User]:
    return [person for person in people if person.role in SELLING]


def customers_called(actor: Actor, text: str, limit: int = MOST) -> Sequence[Customer]:
    """Customers this person may read whose name, alias, contact or phone holds the text; those
    that begin so first."""
    if not line(text):
        return ()
    begins = func.lower(Customer.name).startswith(line(text).lower(), autoescape=True)
    query = (
        select(Customer)
        .where(Customer.id.in_(found_by(text)), Customer.voided_at.is_(None), readable_by(actor))
        .order_by(begins.desc(), Customer.last_activity_at.desc(), Customer.id).limit(limit)
    )
    return db.session.scalars(query).all()


def customer_called(actor: Actor, name: str) -> Customer | None:
    """The one customer of exactly this name that the person may read; None when there is none, or
    more than one."""
    query = select(Customer).where(
        Customer.name == line(name), Customer.voided_at.is_(None), readable_by(actor)
    )
    found = db.session.scalars(query.limit(2)).all()
    return found[0] if len(found) == 1 else None
