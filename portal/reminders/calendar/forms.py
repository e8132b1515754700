"""The form for a new address."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from portal.core.i18n import lazy_gettext as _l
from portal.reminders.calendar.actions import LONGEST_LABEL


class AddressForm(FlaskForm):  # type: ignore[misc]
    """Where the address will be used."""

    label = StringField(
        _l("Where you will use it"), [InputRequired(), Length(max=LONGEST_LABEL)],
        description=_l("Such as “phone” or “Outlook”, so that you know later what to revoke."),
    )
