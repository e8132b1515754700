"""What is entered about an alert: a short reply, or a colleague's name."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from portal.core.i18n import lazy_gettext as _l
from portal.people.forms.colleague import ColleagueForm, name_field
from portal.people.rules import OTHERS

REQUIRED = _l("This is needed.")


class ReplyForm(FlaskForm):  # type: ignore[misc]
    """The manager's reply."""

    reply = TextAreaField(
        _l("Your reply"),
        [DataRequired(REQUIRED), Length(max=10_000, message=_l("At most 10,000 characters."))],
        description=_l("One sentence is enough: what to do now, or when you will call."),
    )


class HandForm(ColleagueForm):
    """Who is to answer instead."""

    among = OTHERS
    asked = name_field(_l("Colleague"),
                       _l("Name or login. The clock runs on, and it stays your alert."))
