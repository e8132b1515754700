"""What is entered in the care of a customer."""

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portal.core.i18n import lazy_gettext as _l
from portal.leads.care import rules, words

SHORT = Length(max=rules.LONGEST_OUTCOME, message=_l("At most 500 characters."))
LINE = {"maxlength": rules.LONGEST_OUTCOME, "autocomplete": "off"}


def whole_number(text: str | None) -> int | None:
    return int(text) if text else None


class FeedbackForm(FlaskForm):  # type: ignore[misc]
    """What the customer said."""

    kind = RadioField(_l("What kind"), [InputRequired(_l("Choose one of the list."))],
                      choices=list(words.FEEDBACK.items()), default=rules.NPS)
    score = IntegerField(
        _l("Points"), [Optional()], render_kw={"inputmode": "numeric", "autocomplete": "off"},
        description=_l("NPS: 0 to 10. Satisfaction: 1 to 5. None for complaints and praise."),
    )
    text = TextAreaField(
        _l("In their words"),
        [Length(max=rules.LONGEST_TEXT, message=_l("At most 2,000 characters."))],
        render_kw={"rows": 2, "maxlength": rules.LONGEST_TEXT},
    )
    given_on = DateField(_l("On"), [InputRequired(_l("This is needed."))])
    contact_id = SelectField(_l("Who said it"), coerce=whole_number, validate_choice=True)


class OutcomeForm(FlaskForm):  # type: ignore[misc]
    """What came of a task."""

    outcome = StringField(_l("What came of it"), [SHORT], render_kw=LINE)


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why, or how."""

    reason = StringField(_l("Reason"), [DataRequired(_l("Say why.")), SHORT],
                         render_kw={**LINE, "required": True})


class RenewalForm(FlaskForm):  # type: ignore[misc]
    """Until when the contract runs."""

    renewal_on = DateField(_l("Contract runs until"), [Optional()],
                           description=_l("A month before, unless a deal is open, you are warned."))
    reason = StringField(_l("Why is it different now?"), [SHORT], render_kw=LINE)
