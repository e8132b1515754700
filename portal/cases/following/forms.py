"""The form for “remind me about this case”."""

from flask_wtf import FlaskForm
from wtforms import DateField, StringField, TimeField
from wtforms.validators import InputRequired, Length

from portal.cases.following.looking_again import LONGEST_NOTE
from portal.core.i18n import lazy_gettext as _l


class LookAgainForm(FlaskForm):  # type: ignore[misc]
    """When, and what about."""

    day = DateField(_l("Day"), [InputRequired()])
    at = TimeField(_l("Time"), [InputRequired()])
    note = StringField(_l("What about"), [Length(max=LONGEST_NOTE)])
