"""What is entered about a review, besides the answers that a page of a move asks for."""

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, Length

from portal.core.i18n import lazy_gettext as _l
from portal.leads.stages.rules import LONGEST_REASON

REQUIRED = _l("This is needed.")


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """The reviewer's decision."""

    decision = RadioField(
        _l("Your decision"), [DataRequired(REQUIRED)],
        choices=[("passed", _l("It may go on")), ("refused", _l("Something must change first"))],
    )
    reason = StringField(
        _l("Reason"),
        [Length(max=LONGEST_REASON, message=_l("A reason has at most 500 characters."))],
        description=_l("Needed when something must change: say what."),
    )
