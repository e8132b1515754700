"""The forms of closing: won, lost, abandoned, and why it is opened again."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from portal.cases.forms import parts_of
from portal.core import clock
from portal.core.amounts import AmountField
from portal.core.i18n import current_language
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.leads import rules as leads
from portal.leads.closing import rules
from portal.leads.closing.content import Ending
from portal.leads.models import Lead
from portal.lists.queries import choices

REQUIRED = _l("This is needed.")
AT_MOST = Length(max=rules.LONGEST_NOTE, message=_l("At most 500 characters."))

class EndingForm(FlaskForm):  # type: ignore[misc]
    """What every ending has: some words."""

    status = HiddenField()
    note = TextAreaField(_l("Remark"), [AT_MOST], render_kw={"rows": 3, "maxlength": 500})

    def prepare(self) -> None:
        """Fill in the choices."""

    def fill(self, lead: Lead) -> None:
        """Show what is known already."""

    def ending(self, status: str) -> Ending:
        return Ending(status, self.note.data or "")


class WonForm(EndingForm):
    """The contract."""

    contract_amount = AmountField(
        _l("Contract amount"), [InputRequired(REQUIRED)],
        render_kw={"inputmode": "decimal", "autocomplete": "off"},
    )
    margin = AmountField(
        _l("Margin"), [InputRequired(REQUIRED)],
        description=_l("What is left of it after all costs, as an amount."),
        render_kw={"inputmode": "decimal", "autocomplete": "off"},
    )
    signed_on = DateField(_l("Signed on"), [InputRequired(REQUIRED)])
    pass_reason = StringField(
        _l("Let it pass although something is missing, because"), [AT_MOST],
        description=_l("For whoever leads the owner; stays in the timeline."),
    )

    def fill(self, lead: Lead) -> None:
        self.contract_amount.data = lead.contract_amount or lead.amount
        self.margin.data = lead.margin
        self.signed_on.data = lead.signed_on or clock.today()

    def validate_margin(self, field: AmountField) -> None:
        amount = self.contract_amount.data
        if field.data is not None and amount is not None and field.data > amount:
            raise ValidationError(str(_l("The margin cannot be more than the contract.")))

    def validate_signed_on(self, field: DateField) -> None:
        if field.data and not rules.may_be_signed_on(field.data, clock.today()):
            raise ValidationError(str(_l("The day of signing is not in the future, and not more "
                                         "than three years ago.")))

    def ending(self, status: str) -> Ending:
        return Ending(
            status, self.note.data or "", contract_amount=self.contract_amount.data,
            margin=self.margin.data, signed_on=self.signed_on.data,
        )


class LostForm(EndingForm):
    """Why, and to whom."""

    reason = SelectField(_l("Main reason"), [DataRequired(REQUIRED)])
    competitors = StringField(_l("Who got it, or who else was there"), [Length(max=500)],
                              description=_l("Separated by commas."))

    def prepare(self) -> None:
        self.reason.choices = [("", "–"), *choices("reason", current_language())]

    def fill(self, lead: Lead) -> None:
        self.competitors.data = "，".join(lead.competitors)

    def validate_competitors(self, field: StringField) -> None:
        named = parts_of(field.data)
        if len(named) > leads.MOST_COMPETITORS or any(
                len(each) > leads.LONGEST_COMPETITOR for each in named):
            raise ValidationError(str(_l("At most 10 competitors, each with at most 80 "
                                         "characters.")))

    def ending(self, status: str) -> Ending:
        return Ending(status, self.note.data or "", self.reason.data,
                      parts_of(self.competitors.data))


class AbandonedForm(EndingForm):
    """Why nobody goes on."""

    note = TextAreaField(
        _l("Why does nobody go on with it?"), [DataRequired(REQUIRED), AT_MOST],
        render_kw={"rows": 3, "maxlength": 500},
    )


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why something is taken back."""

    reason = StringField(_l("Why?"), [DataRequired(REQUIRED), AT_MOST],
                         filters=[lambda text: line(text)])


FORMS: Mapping[str, type[EndingForm]] = {
    leads.WON: WonForm, leads.LOST: LostForm, leads.ABANDONED: AbandonedForm,
}
