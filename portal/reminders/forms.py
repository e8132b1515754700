"""What people enter about the channels that reach them, and administrators about gateways."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField, TimeField
from wtforms.validators import InputRequired, Length, Optional

from portal.core.i18n import lazy_gettext as _l
from portal.reminders.kinds import CATEGORIES
from portal.reminders.rules import LONGEST_ADDRESS, Times, Wishes
from portal.reminders.words import DAYS, FIRST_WORDS, SECOND_WORDS

REQUIRED = _l("This is needed.")
_PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class ChannelsForm(FlaskForm):  # type: ignore[misc]
    """Channels by category, hours, and one's own addresses. `CATEGORIES` adds two choices each:
    `alerts_first`, `alerts_second` and so on."""

    quiet_from = TimeField(_l("Quiet from"), [Optional()])
    quiet_until = TimeField(_l("until"), [Optional()])
    digest_at = TimeField(_l("Digest at"), [InputRequired(REQUIRED)])
    digest_day = SelectField(_l("Digest on"), choices=list(DAYS.items()))
    chat = StringField(_l("Chat"), [Length(max=LONGEST_ADDRESS)], render_kw=_PLAIN)
    sms = StringField(
        _l("Mobile phone"), [Length(max=40)],
        render_kw={"autocomplete": "tel", "inputmode": "tel"},
    )

    @property
    def wishes(self) -> Mapping[str, Wishes | None]:
        """The choices by category; None where the usual is to hold."""
        return {
            name: Wishes(first, self[f"{name}_second"].data)
            if (first := self[f"{name}_first"].data) else None
            for name in CATEGORIES
        }

    @property
    def times(self) -> Times:
        day = self.digest_day.data
        return Times(self.quiet_from.data, self.quiet_until.data,
                     self.digest_at.data or Times().digest_at,
                     int(day) if day else None)


for _name, _label in CATEGORIES.items():
    setattr(ChannelsForm, f"{_name}_first",
            SelectField(_label, choices=list(FIRST_WORDS.items())))
    setattr(ChannelsForm, f"{_name}_second",
            SelectField(_l("then"), choices=list(SECOND_WORDS.items()), default="none"))


def filled_in(
    choices: Mapping[str, Wishes], times: Times, addresses: Mapping[str, str]
) -> dict[str, Any]:
    """What the form of a person starts with."""
    data: dict[str, Any] = {
        "quiet_from": times.quiet_from, "quiet_until": times.quiet_until,
        "digest_at": times.digest_at,
        "digest_day": "" if times.digest_day is None else str(times.digest_day), **addresses,
    }
    for name in CATEGORIES:
        wish = choices.get(name)
        data[f"{name}_first"] = wish.first if wish else ""
        data[f"{name}_second"] = wish.second if wish else "none"
    return data


class GatewayForm(FlaskForm):  # type: ignore[misc]
    """One service that delivers messages."""

    url = StringField(_l("Address of the service"), [Length(max=2000)], render_kw=_PLAIN)
    label = StringField(_l("What people call it"), [Length(max=80)])
    hint = StringField(_l("What people enter as their address"), [Length(max=200)])
    active = BooleanField(_l("In use"), default=True)


class TestForm(FlaskForm):  # type: ignore[misc]
    """Where a test message goes."""

    to = StringField(_l("Address to try"), [InputRequired(REQUIRED), Length(max=254)],
                     render_kw=_PLAIN)
