"""What every form has that corrects what is known: the version it was opened on, and the reason."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import Length

from portal.core.i18n import lazy_gettext as _l
from portal.customers.rules import LONGEST_REASON


class CorrectingForm(FlaskForm):  # type: ignore[misc]
    """Facts that were known before: who changes one says why."""

    version = HiddenField()
    reason = StringField(
        _l("Why is it different now?"),
        [Length(max=LONGEST_REASON, message=_l("At most 500 characters."))],
        description=_l("Needed only when you change what was known. Filling in a blank needs no "
                       "reason. The old value stays in the timeline."),
        render_kw={"maxlength": LONGEST_REASON, "autocomplete": "off"},
    )

    @property
    def opened_on(self) -> int:
        """The version that the form was opened on; 0 for nonsense, which fits no record."""
        text = self.version.data
        if not isinstance(text, str):
            return 0
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
