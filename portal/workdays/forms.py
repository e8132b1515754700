"""What is entered about days of the working calendar."""

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from portal.core.i18n import lazy_gettext as _l

REQUIRED = _l("This is needed.")


class DayForm(FlaskForm):  # type: ignore[misc]
    """One day."""

    working = RadioField(
        _l("This day is"), choices=[("no", _l("off")), ("yes", _l("a working day"))],
        validators=[DataRequired(REQUIRED)],
    )
    label = StringField(
        _l("Why"), [Length(max=60, message=_l("At most 60 characters."))],
        description=_l("Such as: company anniversary, make-up day."),
    )


class DaysForm(FlaskForm):  # type: ignore[misc]
    """Many days, a line each."""

    lines = TextAreaField(
        _l("Days"), [DataRequired(REQUIRED), Length(max=20_000)],
        description=_l("A line each: date, 休 or 班 (or off, work), why. Several days: "
                       "2027-02-05~2027-02-11 休 春节"),
    )
