"""The forms of a lead that is here: a correction, the next step, a reason, another owner."""

from datetime import datetime, time

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Optional

from portal.core import clock
from portal.core.i18n import lazy_gettext as _l
from portal.leads import rules
from portal.leads.forms.fields import QUIET, REQUIRED, LeadFields, OwnerFields, known_contact, short
from portal.leads.models import Lead


class EditForm(LeadFields):
    """A correction."""

    contact_id = SelectField(_l("Contact"), [Optional()], coerce=known_contact)
    reason = StringField(
        _l("Why is it different?"), [short(rules.LONGEST_REASON)],
        description=_l("Needed when you change what was known. The old values stay visible."),
        render_kw={**QUIET, "maxlength": rules.LONGEST_REASON},
    )
    # The version that the form was opened on.
    base = HiddenField()

    def begin(self, lead: Lead) -> None:
        """Show the lead as it is."""
        self.fill(lead.facts)
        self.contact_id.data, self.base.data = lead.contact_id, str(lead.version)

    @property
    def version(self) -> int:
        """0 when the value is missing or nonsense."""
        text = self.base.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


class StepForm(FlaskForm):  # type: ignore[misc]
    """What comes next, and when."""

    step = StringField(_l("What comes next"), [DataRequired(REQUIRED), short(rules.LONGEST_STEP)],
                       render_kw={**QUIET, "maxlength": rules.LONGEST_STEP})
    day = DateField(_l("Day"), [InputRequired(_l("Say when."))])
    time = TimeField(_l("Time"), [Optional()])

    @property
    def at(self) -> datetime:
        """The moment; without a time the morning of that day, or today within the hour."""
        day = self.day.data or clock.today()
        if self.time.data is not None:
            return datetime.combine(day, self.time.data, tzinfo=clock.zone())
        morning = datetime.combine(day, time(9), tzinfo=clock.zone())
        if day == clock.today():
            return max(morning, clock.now())
        return morning


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why something is so."""

    reason = TextAreaField(
        _l("Why?"), [DataRequired(REQUIRED), short(rules.LONGEST_REASON)],
        render_kw={"rows": 2, "maxlength": rules.LONGEST_REASON},
    )


class GiveForm(OwnerFields):
    """To whom a lead goes, and why."""

    reason = TextAreaField(
        _l("Why?"), [DataRequired(REQUIRED), short(rules.LONGEST_REASON)],
        description=_l("Both colleagues read it in the timeline."),
        render_kw={"rows": 2, "maxlength": rules.LONGEST_REASON},
    )
