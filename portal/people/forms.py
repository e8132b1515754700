"""Forms of people: sign-in, password, preferences, and what administrators enter."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    DateField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from portal.core.i18n import LANGUAGES
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.people.actions import PersonFacts
from portal.people.rules import ROLES
from portal.people.words import ROLE_WORDS

REQUIRED = _l("This is needed.")


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Login and password."""

    login = StringField(
        _l("Login"), [DataRequired(REQUIRED), Length(max=64)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"), [InputRequired(REQUIRED), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password, proven by the current one."""

    current = PasswordField(
        _l("Current password"), [InputRequired(REQUIRED), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        _l("New password"), [InputRequired(REQUIRED), Length(max=200)],
        description=_l("At least 10 characters; a short sentence is good."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("New password again"), [InputRequired(REQUIRED), Length(max=200)],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_again(self, field: PasswordField) -> None:
        if field.data != self.new.data:
            raise ValueError(str(_l("The two new passwords differ.")))


class PreferencesForm(FlaskForm):  # type: ignore[misc]
    """Language and appearance."""

    locale = RadioField(
        _l("Language"), choices=[("", _l("As the browser says")), *LANGUAGES.items()], default=""
    )
    theme = RadioField(
        _l("Colours"),
        choices=[("system", _l("Automatic")), ("light", _l("Light")), ("dark", _l("Dark"))],
    )


class PersonForm(FlaskForm):  # type: ignore[misc]
    """What an administrator enters about a person."""

    name = StringField(_l("Name"), [DataRequired(REQUIRED), Length(max=80)])
    login = StringField(
        _l("Login"), [DataRequired(REQUIRED), Length(min=2, max=64)],
        description=_l("Small letters, digits or . _ - @ +"),
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )
    role = SelectField(_l("Role"), choices=[(role, ROLE_WORDS[role]) for role in ROLES])
    team_id = SelectField(_l("Team"), coerce=lambda v: int(v) if v else None)
    job_title = StringField(_l("Job title"), [Length(max=80)])
    email = StringField(_l("E-mail"), [Optional(), Email(_l("This is not an e-mail address.")),
                                       Length(max=254)])
    joined_on = DateField(_l("Joined on"), [Optional()])

    def facts(self) -> PersonFacts:
        """The entered values, tidied."""
        return PersonFacts(
            login=line(self.login.data).lower(), name=line(self.name.data), role=self.role.data,
            team_id=self.team_id.data, email=line(self.email.data) or None,
            job_title=line(self.job_title.data) or None, joined_on=self.joined_on.data,
        )


class TeamForm(FlaskForm):  # type: ignore[misc]
    """A team, where it hangs, and who leads it."""

    name = StringField(_l("Name"), [DataRequired(REQUIRED), Length(max=80)])
    parent_id = SelectField(_l("Belongs to"), coerce=lambda v: int(v) if v else None)
    leader_id = SelectField(_l("Leader"), coerce=lambda v: int(v) if v else None)


class RosterForm(FlaskForm):  # type: ignore[misc]
    """A CSV file of people."""

    file = FileField(_l("CSV file"), [FileRequired(REQUIRED)],
                     render_kw={"accept": ".csv,text/csv"})


class EmptyForm(FlaskForm):  # type: ignore[misc]
    """A button: nothing but the token."""
