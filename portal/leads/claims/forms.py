"""What is entered about a duplicate claim: evidence, and the decision."""

from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from portal.cases.rules import DECISION_ROLES
from portal.cases.words import DECISION_ROLES as ROLE_WORDS
from portal.core import clock
from portal.core.i18n import lazy_gettext as _l
from portal.leads.claims import rules
from portal.leads.claims.actions import Said
from portal.leads.claims.words import OUTCOMES

NEEDED = _l("This is needed.")
NO_DAY = _l("Write a day such as 2026-06-01.")


class EvidenceForm(FlaskForm):  # type: ignore[misc]
    """Who reaches the decision-maker, since when, and what shows it."""

    reaches = StringField(
        _l("Whom do you reach there?"), [DataRequired(NEEDED), Length(max=80)],
        description=_l("Name and job, best of whoever decides."),
        render_kw={"autocomplete": "off", "maxlength": 80},
    )
    decision_role = SelectField(
        _l("Role in the decision"),
        choices=[("", _l("Not known")), *((role, ROLE_WORDS[role]) for role in DECISION_ROLES)],
    )
    met_on = DateField(_l("When did you meet them last?"), [Optional()],
                       render_kw={"autocomplete": "off"})
    note = TextAreaField(
        _l("What speaks for you"),
        [Length(max=rules.LONGEST_NOTE, message=_l("At most 2,000 characters."))],
        description=_l("Since when you work on it, what you agreed on."), render_kw={"rows": 4},
    )
    photos = MultipleFileField(
        _l("Photos"), description=_l("Business card, minutes, chat: up to 6. Where a photo was "
                                     "taken is removed."),
        render_kw={"accept": "image/png,image/jpeg,image/gif,image/webp", "multiple": True},
    )

    def validate_met_on(self, field: DateField) -> None:
        """A meeting that took place."""
        if field.data is not None and field.data > clock.today():
            raise ValidationError(_l("This day is still to come. When did you meet them?"))

    @property
    def said(self) -> Said:
        """What was typed."""
        return Said(self.reaches.data or "", self.decision_role.data or "", self.met_on.data,
                    self.note.data or "")


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """Whose the customer is, and why."""

    outcome = RadioField(
        _l("Decision"), [DataRequired(_l("Choose one of the list."))],
        choices=[(code, OUTCOMES[code][0]) for code in rules.OUTCOMES],
    )
    reason = TextAreaField(
        _l("Why?"),
        [DataRequired(NEEDED),
         Length(max=rules.LONGEST_REASON, message=_l("At most 2,000 characters."))],
        description=_l("Both sides read it."), render_kw={"rows": 3},
    )
    name = StringField(
        _l("What the second company is called"), [Length(max=120)],
        description=_l("Only for two different companies of the same name: add the city or the "
                       "branch."),
        render_kw={"autocomplete": "off", "maxlength": 120},
    )
