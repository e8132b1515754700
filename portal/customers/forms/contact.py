"""What is known of a person at a customer."""

from datetime import date
from typing import Any

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import (
    DataRequired,
    Email,
    Length,
    NumberRange,
    Optional,
    StopValidation,
    ValidationError,
)

from portal.cases.rules import DECISION_ROLES
from portal.cases.words import DECISION_ROLES as ROLE_WORDS
from portal.core import clock
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.customers.content import ContactFacts
from portal.customers.forms.correcting import CorrectingForm
from portal.customers.identity.forms import Phones

NEEDED = _l("This is needed.")
OLDEST = 1900


def _number(text: str | None) -> int | None:
    return int(text) if text else None


class ContactForm(CorrectingForm):
    """A contact; `fill` shows what is known."""

    name = StringField(_l("Name"), [DataRequired(NEEDED), Length(max=80)],
                       render_kw={"autocomplete": "off", "maxlength": 80})
    job_title = StringField(_l("Job title"), [Length(max=80)],
                            render_kw={"autocomplete": "off", "maxlength": 80})
    phone = StringField(
        _l("Phone"), [Optional(), Length(max=120), Phones()],
        description=_l("Several are separated by a slash or a comma."),
        render_kw={"autocomplete": "off", "maxlength": 120, "type": "tel"},
    )
    decision_role = SelectField(
        _l("Role in the decision"),
        choices=[("", _l("Not known")), *((role, ROLE_WORDS[role]) for role in DECISION_ROLES)],
    )
    email = StringField(
        _l("E-mail"),
        [Optional(), Email(_l("This is not an e-mail address.")), Length(max=254)],
        render_kw={"autocomplete": "off", "maxlength": 254, "type": "email"},
    )
    wechat = StringField(_l("WeChat"), [Length(max=80)],
                         render_kw={"autocomplete": "off", "maxlength": 80})
    birth_month = SelectField(
        _l("Birthday: month"), coerce=_number, choices=[("", "–"), *(
            (str(month), str(month)) for month in range(1, 13))],
    )
    birth_day = SelectField(
        _l("Birthday: day"), coerce=_number, choices=[("", "–"), *(
            (str(day), str(day)) for day in range(1, 32))],
    )
    birth_year = IntegerField(
        _l("Year of birth"),
        [Optional(), NumberRange(OLDEST, 9999, _l("Write a year such as 1985."))],
        description=_l("Leave it empty when you do not know it."),
        render_kw={"min": OLDEST, "inputmode": "numeric"},
    )
    preferences = TextAreaField(
        _l("Likes and habits"), [Length(max=2000)],
        description=_l("When and how they like to be reached, what they care about."),
        render_kw={"rows": 3, "maxlength": 2000},
    )

    def fill(self, facts: ContactFacts, version: int) -> None:
        """Show what is known."""
        for name, value in facts.values().items():
            self[name].data = value
        self.version.data = str(version)

    def facts(self) -> ContactFacts:
        """What was entered."""
        names = ContactFacts.__dataclass_fields__
        entered: dict[str, Any] = {name: self[name].data for name in names}
        for name, value in entered.items():
            entered[name] = value if name.startswith("birth_") else value or ""
        return ContactFacts(**entered)

    def validate_name(self, field: StringField) -> None:
        if not line(field.data):
            raise ValidationError(NEEDED)

    def validate_birth_year(self, field: IntegerField) -> None:
        if field.data is not None and field.data > clock.today().year:
            raise StopValidation(_l("This year is still to come."))
        if field.data is not None and self.birth_month.data is None:
            raise StopValidation(_l("Give month and day too, or leave the year empty."))

    def validate_birth_day(self, field: SelectField) -> None:
        month, day = self.birth_month.data, field.data
        if (month is None) != (day is None):
            raise ValidationError(_l("Give month and day, or neither."))
        if month is None or day is None:
            return
        # Without a year, 29 February may be right.
        year = self.birth_year.data or 2000
        try:
            born = date(year, month, day)
        except (ValueError, OverflowError):
            raise ValidationError(_l("There is no such day.")) from None
        if born > clock.today() and self.birth_year.data:
            raise ValidationError(_l("This day is still to come."))
