"""The forms for new leads: of a new company, and of a customer that is here."""

from wtforms import Field, SelectField, StringField
from wtforms.validators import DataRequired, Optional, ValidationError

from portal.cases.forms import ListSelectField
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.customers.content import CustomerFacts
from portal.customers.identity.content import Identity
from portal.customers.identity.forms import CreditCode
from portal.customers.models import Customer
from portal.leads.content import LeadFacts
from portal.leads.forms.fields import (
    QUIET,
    REQUIRED,
    LeadFields,
    OwnerFields,
    PersonFields,
    known_contact,
    offer_contacts,
    short,
)


class NewLeadForm(LeadFields, PersonFields, OwnerFields):
    """A company that is not here yet, and what it wants."""

    company = StringField(
        _l("Company"), [DataRequired(REQUIRED), short(120)],
        description=_l("Its whole name, as it stands on its papers."),
        render_kw={**QUIET, "maxlength": 120},
    )
    industry = ListSelectField(_l("Industry"), "industry")
    region = ListSelectField(_l("Region"), "region")
    credit_code = StringField(_l("Credit code"), [short(40), CreditCode()],
                              description=_l("The unified social credit code: 18 signs."),
                              render_kw=QUIET)

    def prepare(self, before: LeadFacts | None = None) -> None:
        super().prepare(before)
        self.industry.offer(None)
        self.region.offer(None)

    def validate_company(self, field: Field) -> None:
        if len(line(field.data)) < 2:
            raise ValidationError(str(_l("A company's name has at least two characters.")))

    def identity(self) -> Identity:
        """By what the company will be known."""
        return Identity(name=line(self.company.data), phones=[line(self.contact_phone.data)],
                        credit_code=self.credit_code.data or None)

    def customer(self) -> CustomerFacts:
        """The company; a phone without a person's name is the company's."""
        nobody = self.person() is None
        return CustomerFacts(
            name=line(self.company.data), industry=self.industry.data, region=self.region.data,
            credit_code=self.credit_code.data or None,
            phone=line(self.contact_phone.data) if nobody else "",
        )


class DealForm(LeadFields, PersonFields, OwnerFields):
    """A new deal with a customer that is here: one of its people, or a new one."""

    contact_id = SelectField(_l("Contact"), [Optional()], coerce=known_contact)

    def offer_contacts(self, customer: Customer) -> None:
        offer_contacts(self.contact_id, customer, None)

    def validate_contact_phone(self, field: Field) -> None:
        if line(field.data) and self.person() is None:
            raise ValidationError(str(_l("Write whose phone this is.")))
