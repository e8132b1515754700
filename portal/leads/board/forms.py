"""Who gets the chosen leads, and what a view is called."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Length

from portal.core.i18n import lazy_gettext as _l
from portal.leads.forms import OwnerFields


class HandOverForm(OwnerFields):
    """A colleague, and why."""

    reason = StringField(
        _l("Why?"), [Length(max=500, message=_l("At most 500 characters."))],
        description=_l("Both colleagues read it in the timeline."),
        render_kw={"maxlength": 500, "autocomplete": "off"},
    )


class ViewForm(FlaskForm):  # type: ignore[misc]
    """The name of a view."""

    name = StringField(_l("Name of the view"), render_kw={"maxlength": 40, "autocomplete": "off"})
