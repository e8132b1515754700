"""A colleague, named or chosen."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.validators import Length

from portal.core.i18n import lazy_gettext as _l
from portal.people.models import User
from portal.people.rules import ANYONE


def name_field(label: Any, description: Any = None) -> StringField:
    """Where the name is typed; matching names are offered meanwhile."""
    return StringField(
        label, [Length(max=120)], description=description or _l("A name or a login."),
        render_kw={"autocomplete": "off", "maxlength": 120, "list": "colleagues"},
    )


class ColleagueForm(FlaskForm):  # type: ignore[misc]
    """One of us; `people.choosing` says who is meant."""

    # Among whom: `people.rules.may_be_chosen`.
    among = ANYONE
    asked = name_field(_l("Colleague"))
    # Which of several people; drawn as a choice only when the name leaves it open.
    asked_id = RadioField(_l("Whom do you mean?"), choices=[], validate_choice=False)
    # Who it turned out to be.
    colleague: User | None = None
