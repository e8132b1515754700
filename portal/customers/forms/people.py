"""Which of us works for a customer, and who has it from now on."""

from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length

from portal.core.i18n import lazy_gettext as _l
from portal.customers.rules import LONGEST_REASON, TEAM_PARTS
from portal.customers.words import PARTS
from portal.people.forms.colleague import ColleagueForm
from portal.people.rules import SELLING


class SellerForm(ColleagueForm):
    """One of us; only reps and managers work for customers."""

    among = SELLING


class JoinForm(SellerForm):
    """Who works for the customer besides the owner."""

    part = SelectField(_l("As"), choices=[(part, PARTS[part]) for part in TEAM_PARTS])


class HandOverForm(SellerForm):
    """The new owner, and why."""

    reason = StringField(
        _l("Why?"), [DataRequired(_l("Say why.")), Length(max=LONGEST_REASON)],
        render_kw={"required": True, "maxlength": LONGEST_REASON, "autocomplete": "off"},
    )
