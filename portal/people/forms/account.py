"""What people enter about themselves: sign-in, password, preferences."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from portal.core.i18n import LANGUAGES
from portal.core.i18n import lazy_gettext as _l

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
            raise ValidationError(_l("The two new passwords differ."))


class PreferencesForm(FlaskForm):  # type: ignore[misc]
    """Language and appearance."""

    locale = RadioField(
        _l("Language"), choices=[("", _l("As the browser says")), *LANGUAGES.items()], default=""
    )
    theme = RadioField(
        _l("Colours"),
        choices=[("system", _l("Automatic")), ("light", _l("Light")), ("dark", _l("Dark"))],
    )
