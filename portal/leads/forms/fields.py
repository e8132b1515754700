"""What the forms about leads are made of; they speak `LeadFacts`."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from portal.cases.forms import ListSelectField, parts_of
from portal.cases.words import DECISION_ROLES
from portal.core import clock
from portal.core.amounts import AmountField
from portal.core.i18n import current_language
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.customers.content import ContactFacts
from portal.customers.identity.forms import Phones
from portal.customers.models import Contact, Customer
from portal.leads import rules
from portal.leads.content import LeadFacts
from portal.lists.queries import choices
from portal.people.forms.colleague import ColleagueForm, name_field
from portal.people.rules import LED

REQUIRED = _l("This is needed.")
QUIET = {"autocomplete": "off"}
MINE, POOL, COLLEAGUE = "me", "pool", "colleague"


def short(most: int) -> Length:
    """No more characters than that."""
    return Length(max=most, message=_l("At most %(max)d characters."))


class LeadFields(FlaskForm):  # type: ignore[misc]
    """What every form about a lead asks for."""

    title = StringField(
        _l("What they want"), [DataRequired(REQUIRED), short(rules.LONGEST_TITLE)],
        description=_l("In a few words, such as “ERP for two factories”."),
        render_kw={**QUIET, "maxlength": rules.LONGEST_TITLE},
    )
    channel = SelectField(_l("How they came to us"), [InputRequired(REQUIRED)])
    product = ListSelectField(_l("Product"), "product")
    amount = AmountField(
        _l("Expected amount"), [Optional()], beside="currency",
        description=_l("Such as 120000 or 12万."), render_kw={**QUIET, "inputmode": "decimal"},
    )
    currency = SelectField(_l("Currency"), choices=[(each, each) for each in rules.CURRENCIES])
    expected_close = DateField(_l("Expected close"), [Optional()])
    competitors = StringField(_l("Competitors"), [short(500)],
                              description=_l("Separated by commas."), render_kw=QUIET)
    note = TextAreaField(_l("Note"), [short(rules.LONGEST_NOTE)], render_kw={"rows": 3})

    # What the lead says already: a day that has passed meanwhile may stay.
    before: LeadFacts | None = None

    def prepare(self, before: LeadFacts | None = None) -> None:
        """Fill the choices from the lists; what `before` says stays choosable."""
        self.before = before
        kept = before.channel if before else None
        self.channel.choices = [("", "–"), *choices("channel", current_language(), kept)]
        self.product.offer(before.product if before else None)

    def validate_expected_close(self, field: Field) -> None:
        if self.before is not None and field.data == self.before.expected_close:
            return
        if field.data is not None and field.data < clock.today():
            raise ValidationError(str(_l("This day has passed. Expected is today or later.")))
        if field.data is not None and field.data.year > clock.today().year + 20:
            raise ValidationError(str(_l("This is more than 20 years ahead. Is the year right?")))

    def validate_competitors(self, field: Field) -> None:
        names = parts_of(field.data)
        if len(names) > rules.MOST_COMPETITORS or any(
                len(name) > rules.LONGEST_COMPETITOR for name in names):
            raise ValidationError(str(_l("At most 10 competitors, each with at most 80 "
                                         "characters.")))

    def facts(self, contact_id: int | None = None) -> LeadFacts:
        """The entered values."""
        return LeadFacts(
            title=line(self.title.data), channel=self.channel.data, product=self.product.data,
            note=self.note.data or "", competitors=parts_of(self.competitors.data),
            amount=self.amount.data, currency=self.currency.data or rules.CURRENCY,
            expected_close=self.expected_close.data, contact_id=contact_id,
        )

    def fill(self, facts: LeadFacts) -> None:
        """Show what is known."""
        for name in ("title", "channel", "product", "amount", "currency", "expected_close",
                     "note"):
            self[name].data = getattr(facts, name)
        self.competitors.data = "，".join(facts.competitors)


class PersonFields(FlaskForm):  # type: ignore[misc]
    """A person at the customer whom nobody has recorded yet."""

    contact_name = StringField(_l("Contact's name"), [short(80)], render_kw=QUIET)
    contact_phone = StringField(
        _l("Contact's phone"), [short(120), Phones()],
        description=_l("Several are separated by commas."),
        render_kw={**QUIET, "inputmode": "tel"},
    )
    contact_job = StringField(_l("Contact's job"), [short(80)], render_kw=QUIET)
    contact_role = SelectField(
        _l("Contact's role in the decision"), [Optional()],
        choices=[("", "–"), *DECISION_ROLES.items()],
    )

    def person(self) -> ContactFacts | None:
        """The person, when there is a name."""
        if not line(self.contact_name.data):
            return None
        return ContactFacts(
            name=line(self.contact_name.data), job_title=line(self.contact_job.data),
            phone=line(self.contact_phone.data), decision_role=self.contact_role.data or "",
        )


class OwnerFields(ColleagueForm):
    """Whose the lead is from the beginning."""

    owner = RadioField(_l("Who takes it"), default=MINE, validate_choice=True)
    among = LED
    asked = name_field(_l("Colleague"), _l("A name or a login, of the people you lead."))

    def offer_owners(self, *, pool: bool, colleagues: bool) -> None:
        """Oneself, and whatever else this person may choose here."""
        offered: list[tuple[str, Any]] = [(MINE, _l("I do"))]
        if pool:
            offered.append((POOL, _l("Nobody yet: into the pool")))
        if colleagues:
            offered.append((COLLEAGUE, _l("A colleague")))
        self.owner.choices = offered

    def owner_id(self, mine: int) -> int | None:
        """Who it is; None: the pool."""
        if self.owner.data == COLLEAGUE and self.colleague is not None:
            return self.colleague.id
        return None if self.owner.data == POOL else mine


def known_contact(text: str) -> int | None:
    """A contact by its number, as a choice sends it."""
    return int(text) if text else None


def offer_contacts(field: SelectField, customer: Customer, keep: int | None) -> None:
    """The customer's people, without those who are no longer there."""
    field.choices = [("", "–"), *(
        (str(each.id), _contact_word(each)) for each in customer.contacts
        if each.voided_at is None or each.id == keep
    )]


def _contact_word(contact: Contact) -> str:
    return " · ".join(filter(None, (contact.name, contact.job_title)))
