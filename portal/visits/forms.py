"""What is entered about visits and follow-ups; the forms speak the values of `content`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from portal.cases.forms import parts_of
from portal.core import clock
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.customers.models import Contact
from portal.leads.models import Lead
from portal.visits import rules, words
from portal.visits.content import FollowUp, Met, NextStep, ReviewFacts, VisitPlan, Written
from portal.workdays.queries import calendar

REQUIRED = _l("This is needed.")
LONGEST_TEXT = 20_000
TOO_LONG = _l("At most 20,000 characters.")
NOTHING = ""


class CheckboxList(SelectMultipleField):
    """Several of a few, each a checkbox."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class DealField(SelectField):
    """One of the customer's open deals, or none."""

    offered: Sequence[str] = ()

    def offer(self, leads: Sequence[Lead], kept: Lead | None = None) -> None:
        """What may be chosen; `kept` is the one that is chosen already, closed or not."""
        all_of_them = [*leads, *([kept] if kept is not None and kept not in leads else [])]
        self.offered = [str(lead.id) for lead in all_of_them]
        self.choices = [("", _("No deal in particular")),
                        *((str(lead.id), lead.title) for lead in all_of_them)]

    @property
    def lead_id(self) -> int | None:
        return int(self.data) if self.data in self.offered else None


class VisitForm(FlaskForm):  # type: ignore[misc]
    """What every form about a customer may ask: which deal, and whom one meets."""

    lead = DealField(_l("Deal"), choices=[], default="")
    contacts = CheckboxList(_l("Contacts"), choices=[], coerce=int)

    def offer(
        self, leads: Sequence[Lead], contacts: Sequence[Contact], kept: Lead | None = None
    ) -> None:
        """The customer's own deals and people."""
        self.lead.offer(leads, kept)
        self.contacts.choices = [(each.id, each.name) for each in contacts]


class PlanForm(VisitForm):
    """When, why and what for."""

    day = DateField(_l("Day"), [InputRequired(_l("Choose a day."))])
    starts_at = TimeField(_l("Time"), [Optional()])
    purpose = RadioField(_l("Purpose of the visit"), choices=[("", "")], default="",
                         validate_choice=True)
    why = StringField(_l("In your own words"), [Length(max=200)])
    goal = StringField(
        _l("Goal"), [Length(max=rules.LONGEST_GOAL)],
        description=_l("What should be different when you leave?"),
    )
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.purpose.choices = [*words.PURPOSE_WORDS.items(), ("", _l("Not said"))]

    @property
    def plan(self) -> VisitPlan:
        return VisitPlan(
            chosen(self.day), self.starts_at.data, self.purpose.data or "", line(self.why.data),
            line(self.goal.data), self.lead.lead_id, tuple(self.contacts.data or ()),
        )


class NextForm(VisitForm):
    """What was said, whom one met, and what comes next: the end of every record."""

    new_contacts = StringField(_l("Somebody new"), [Length(max=200)],
                               description=_l("A name is enough; the rest can follow."))
    next_step = StringField(_l("Next step"), [Length(max=rules.LONGEST_STEP)])
    next_when = RadioField(_l("When"), choices=[], default=NOTHING)
    next_on = DateField(_l("Another day"), [Optional()])

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.days = rules.quick_days(clock.today(), calendar().is_working)
        labels = {"tomorrow": _("Tomorrow"), "three": _("In 3 working days"),
                  "week": _("Next week")}
        # A day stands there once; under the name by which it was chosen already, if it was.
        named = rules.first_names(self.days, self.next_when.data or "")
        self.next_when.choices = [
            *((name, f"{labels[name]} ({words.weekday_of(self.days[name])})") for name in named),
            ("date", _("Another day")), (NOTHING, _("No next step")),
        ]

    @property
    def step(self) -> NextStep:
        return NextStep(line(self.next_step.data), self._day())

    def _day(self) -> date | None:
        chosen = self.next_when.data
        # Whoever writes into the box need not say so as well.
        if chosen == "date" or (not chosen and self.next_on.data is not None):
            return self.next_on.data
        return self.days.get(chosen or "")

    @property
    def met(self) -> Met:
        return Met(tuple(self.contacts.data or ()), parts_of(self.new_contacts.data))

    def validate_next_step(self, box: StringField) -> None:
        if line(box.data) and self._day() is None:
            raise ValidationError(_("Say when: a step without a day is easily forgotten."))

    def validate_next_when(self, box: RadioField) -> None:
        if box.data and not line(self.next_step.data):
            raise ValidationError(_("Say what the next step is."))

    def validate_next_on(self, box: DateField) -> None:
        if box.data is not None and box.data < clock.today():
            raise ValidationError(_("This day has passed. Choose a later one."))


class ReviewForm(NextForm):
    """What came of a visit; at least one of the three texts."""

    result = RadioField(_l("Result against the goal"), [InputRequired(_l("Choose one."))],
                        choices=list(words.RESULT_WORDS.items()))
    words = TextAreaField(_l("The customer's words"), [Length(max=LONGEST_TEXT, message=TOO_LONG)])
    worked = TextAreaField(_l("What worked"), [Length(max=LONGEST_TEXT, message=TOO_LONG)])
    not_worked = TextAreaField(_l("What did not work"),
                               [Length(max=LONGEST_TEXT, message=TOO_LONG)])

    def validate_words(self, box: TextAreaField) -> None:
        if not rules.is_whole_review(box.data or "", self.worked.data or "",
                                     self.not_worked.data or ""):
            raise ValidationError(_("Write at least one of the three: what they said, what worked, "
                                    "or what did not."))

    @property
    def facts(self) -> ReviewFacts:
        return ReviewFacts(self.result.data or "", self.words.data or "", self.worked.data or "",
                           self.not_worked.data or "")

    @property
    def written(self) -> Written:
        return Written(self.facts, self.met, self.step)


class UnplannedForm(ReviewForm):
    """A visit that nobody had planned: its day as well."""

    day = DateField(_l("Day of the visit"), [InputRequired(_l("Choose a day."))])

    def validate_day(self, box: DateField) -> None:
        check_past(box)


class FollowUpForm(NextForm):
    """A call, message or mail, in half a minute."""

    channel = RadioField(_l("How"), [InputRequired(_l("Choose one."))], default=rules.CALL,
                         choices=[(name, words.KIND_WORDS[name]) for name in rules.CHANNELS])
    words = TextAreaField(
        _l("What came of it"),
        [DataRequired(_l("Write in a few words what came of it.")),
         Length(max=LONGEST_TEXT, message=TOO_LONG)],
    )
    day = DateField(_l("Day"), [InputRequired(_l("Choose a day."))])

    def validate_day(self, box: DateField) -> None:
        check_past(box)

    @property
    def follow_up(self) -> FollowUp:
        return FollowUp(
            chosen(self.day), self.words.data or "", self.channel.data or "", self.lead.lead_id,
            self.met, self.step,
        )


class CorrectionForm(FlaskForm):  # type: ignore[misc]
    """Another version of what was written, and why."""

    result = RadioField(_l("Result against the goal"), [Optional()],
                        choices=list(words.RESULT_WORDS.items()))
    words = TextAreaField(_l("The customer's words"), [Length(max=LONGEST_TEXT, message=TOO_LONG)])
    worked = TextAreaField(_l("What worked"), [Length(max=LONGEST_TEXT, message=TOO_LONG)])
    not_worked = TextAreaField(_l("What did not work"),
                               [Length(max=LONGEST_TEXT, message=TOO_LONG)])
    reason = StringField(
        _l("Why it is corrected"),
        [DataRequired(_l("Say why, in a few words.")), Length(max=rules.LONGEST_REASON)],
    )
    number = HiddenField()

    @property
    def facts(self) -> ReviewFacts:
        return ReviewFacts(self.result.data or "", self.words.data or "", self.worked.data or "",
                           self.not_worked.data or "")


class CommentForm(FlaskForm):  # type: ignore[misc]
    """A remark on a visit."""

    body = TextAreaField(
        _l("Your comment"),
        [DataRequired(REQUIRED),
         Length(max=rules.LONGEST_COMMENT, message=_l("At most 5,000 characters."))],
    )


class ExportForm(FlaskForm):  # type: ignore[misc]
    """A period of one's own visits."""

    class Meta:
        csrf = False

    first = DateField(_l("From"), [InputRequired(_l("Choose a day."))])
    last = DateField(_l("Until"), [InputRequired(_l("Choose a day."))])
    cancelled = BooleanField(_l("With cancelled and voided ones"))

    def validate_last(self, box: DateField) -> None:
        if self.first.data and box.data and box.data < self.first.data:
            raise ValidationError(_("This day is before the first one."))


def chosen(box: DateField) -> date:
    """The day of a box in a form that was found whole."""
    if box.data is None:
        raise ValueError(f"{box.name} is empty")
    return box.data


def check_past(box: DateField) -> None:
    """Raises `ValidationError` for a day to come, or more than a year ago."""
    today = clock.today()
    if box.data is None:
        return
    if box.data > today:
        raise ValidationError(_("This day has not come yet. Plan the visit instead."))
    if not rules.may_have_happened_on(box.data, today):
        raise ValidationError(_("This is more than a year ago. Is the year right?"))
