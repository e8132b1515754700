"""A note in the timeline, and what it should have said."""

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from portal.core.i18n import lazy_gettext as _l
from portal.customers.rules import LONGEST_NOTE, LONGEST_REASON

NEEDED = _l("Write something first.")
SHORT = Length(max=LONGEST_NOTE, message=_l("At most 5,000 characters."))


class NoteForm(FlaskForm):  # type: ignore[misc]
    """A few words about the customer."""

    text = TextAreaField(
        _l("Note"), [DataRequired(NEEDED), SHORT],
        render_kw={"rows": 2, "maxlength": LONGEST_NOTE},
    )


class NoteCorrectionForm(NoteForm):
    """What the note should have said, and why."""

    reason = StringField(
        _l("Why is it different now?"), [DataRequired(_l("Say why.")), Length(max=LONGEST_REASON)],
        render_kw={"required": True, "maxlength": LONGEST_REASON, "autocomplete": "off"},
    )
