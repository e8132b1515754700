"""Which of us works for a customer, and who has it from now on."""

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from portal.core.i18n import lazy_gettext as _l
from portal.customers.rules import LONGEST_REASON, TEAM_PARTS
from portal.customers.words import PARTS
from portal.people.models import User

NEEDED = _l("This is needed.")


class ColleagueForm(FlaskForm):  # type: ignore[misc]
    """One of us, by name or login."""

    asked = StringField(
        _l("Colleague"), [DataRequired(NEEDED), Length(max=120)],
        description=_l("A name or a login."),
        render_kw={"autocomplete": "off", "maxlength": 120, "list": "colleagues"},
    )
    # Which of several people; drawn as a choice only when the name leaves it open.
    asked_id = RadioField(_l("Whom do you mean?"), choices=[], validate_choice=False)
    # Who it turned out to be.
    person: User | None = None


class JoinForm(ColleagueForm):
    """Who works for the customer besides the owner."""

    part = SelectField(_l("As"), choices=[(part, PARTS[part]) for part in TEAM_PARTS])


class HandOverForm(ColleagueForm):
    """The new owner, and why."""

    reason = StringField(
        _l("Why?"), [DataRequired(_l("Say why.")), Length(max=LONGEST_REASON)],
        render_kw={"required": True, "maxlength": LONGEST_REASON, "autocomplete": "off"},
    )
