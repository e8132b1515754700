"""The facts of a customer, and why it is void."""

from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from portal.core.i18n import current_language
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.customers import words
from portal.customers.content import CustomerFacts
from portal.customers.forms.correcting import CorrectingForm
from portal.customers.identity.forms import CreditCode, Phones
from portal.customers.models import Customer
from portal.customers.rules import (
    LONGEST_NAME,
    LONGEST_REASON,
    SEGMENTS,
    TIERS,
    is_website,
    website,
)
from portal.lists.queries import choices

NEEDED = _l("This is needed.")
MOST_ALIASES = 20


class CustomerForm(CorrectingForm):
    """The file of a customer. `prepare` gives it the lists; `fill` shows what is known."""

    name = StringField(_l("Company name"), [DataRequired(NEEDED), Length(max=LONGEST_NAME)],
                       render_kw={"autocomplete": "off", "maxlength": LONGEST_NAME})
    aliases = TextAreaField(
        _l("Other names"), [Length(max=2500)],
        description=_l("One on each line: short names, brands, the former name. Whoever checks one "
                       "of them finds this customer."),
        render_kw={"rows": 2, "maxlength": 2500},
    )
    credit_code = StringField(
        _l("Unified social credit code"), [Optional(), CreditCode()],
        render_kw={"autocomplete": "off", "maxlength": 24, "spellcheck": "false"},
    )
    phone = StringField(
        _l("Switchboard"), [Optional(), Length(max=80), Phones()],
        render_kw={"autocomplete": "off", "maxlength": 80, "type": "tel"},
    )
    industry = SelectField(_l("Industry"))
    region = SelectField(_l("Region"))
    employees = IntegerField(
        _l("Employees"),
        [Optional(), NumberRange(0, 10_000_000, _l("Write a number of people, from 0 up."))],
        render_kw={"min": 0, "inputmode": "numeric"},
    )
    website = StringField(_l("Web site"), [Length(max=200)],
                          render_kw={"autocomplete": "off", "maxlength": 200, "inputmode": "url"})
    address = StringField(_l("Office address"), [Length(max=200)],
                          render_kw={"autocomplete": "off", "maxlength": 200})
    tier = SelectField(
        _l("Class"), choices=[(tier, words.TIERS[tier]) for tier in TIERS],
        description=_l("How often they hear from us: A weekly, B twice a month, C each quarter."),
    )
    segment = SelectField(
        _l("Segment"), choices=[(code, words.SEGMENTS[code]) for code in SEGMENTS]
    )
    introduced_by = StringField(
        _l("Introduced by"), [Length(max=LONGEST_NAME)],
        description=_l("The customer who recommended us to them."),
        render_kw={"autocomplete": "off", "list": "called", "maxlength": LONGEST_NAME},
    )
    note = TextAreaField(_l("Remark"), [Length(max=5000)], render_kw={"rows": 3, "maxlength": 5000})
    # Who the introducer turned out to be; set by the route.
    introduced_by_id: int | None = None

    def prepare(self, customer: Customer | None = None) -> None:
        """Offer the lists, and what this customer has of them though it is retired."""
        language = current_language()
        for name in ("industry", "region"):
            kept = getattr(customer, name) if customer else None
            self[name].choices = [("", _l("Not known")), *choices(name, language, kept)]

    def fill(self, facts: CustomerFacts, version: int) -> None:
        """Show what is known."""
        for name, value in facts.values().items():
            if name in self:
                self[name].data = value
        self.aliases.data = "\n".join(facts.aliases)
        self.version.data = str(version)
        for name in ("industry", "region"):
            self[name].data = getattr(facts, name) or ""

    def facts(self) -> CustomerFacts:
        """What was entered."""
        return CustomerFacts(
            name=self.name.data or "", aliases=tuple(self.alias_lines()),
            credit_code=self.credit_code.data or None, phone=self.phone.data or "",
            industry=self.industry.data or None, region=self.region.data or None,
            employees=self.employees.data, website=website(line(self.website.data)),
            address=self.address.data or "", note=self.note.data or "", tier=self.tier.data,
            segment=self.segment.data or "", introduced_by_id=self.introduced_by_id,
        )

    def alias_lines(self) -> list[str]:
        return [each for each in map(line, (self.aliases.data or "").splitlines()) if each]

    def validate_name(self, field: StringField) -> None:
        if not line(field.data):
            raise ValidationError(NEEDED)

    def validate_aliases(self, field: TextAreaField) -> None:
        names = self.alias_lines()
        if len(names) > MOST_ALIASES:
            raise ValidationError(_l("At most 20 other names."))
        if any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(_l("Each name has at most 120 characters, on a line of its own."))

    def validate_website(self, field: StringField) -> None:
        if line(field.data) and not is_website(line(field.data)):
            raise ValidationError(_l("Write an address such as www.example.com."))


class VoidForm(FlaskForm):  # type: ignore[misc]
    """Why a record counts no more."""

    reason = StringField(
        _l("Why?"), [DataRequired(NEEDED), Length(max=LONGEST_REASON)],
        render_kw={"required": True, "maxlength": LONGEST_REASON, "autocomplete": "off"},
    )
