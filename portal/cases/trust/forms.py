"""Forms about trust: flags and their answers, reasons, and who becomes the owner."""

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from portal.cases.trust import rules, words
from portal.core.i18n import lazy_gettext as _l
from portal.people.forms.colleague import ColleagueForm, name_field

NEEDED = _l("This is needed.")
SHORT = Length(max=rules.LONGEST_NOTE, message=_l("At most 500 characters."))


class FlagForm(FlaskForm):
    """What is wrong with a case."""

    reason = RadioField(
        _l("What is wrong?"), [InputRequired(_l("Choose what is wrong."))],
        choices=[(code, words.FLAGS[code]) for code in rules.REASONS],
    )
    duplicate = StringField(
        _l("Which case says the same?"), [Length(max=300)],
        description=_l("Only for a duplicate: the address of the other case, or its number."),
        render_kw={"maxlength": 300, "autocomplete": "off"},
    )
    note = TextAreaField(
        _l("A few words"), [SHORT],
        description=_l("What should be mended? Its owner and their manager read this and your "
                       "name; other readers do not."),
        render_kw={"rows": 3, "maxlength": rules.LONGEST_NOTE},
    )


class ResolveForm(FlaskForm):
    """How a flag was settled."""

    resolution = SelectField(
        _l("How was it settled?"),
        choices=[(code, words.RESOLUTIONS[code]) for code in rules.RESOLUTIONS],
    )
    answer = StringField(
        _l("A word to whoever flagged it"), [SHORT],
        render_kw={"maxlength": rules.LONGEST_NOTE, "autocomplete": "off"},
    )


class WithdrawForm(FlaskForm):
    """Why a case is no longer right."""

    reason = TextAreaField(
        _l("What is no longer right?"), [DataRequired(NEEDED), SHORT],
        render_kw={"rows": 2, "maxlength": rules.LONGEST_NOTE, "required": True},
    )


class ReviewForm(FlaskForm):
    """Why a case did not help."""

    note = TextAreaField(
        _l("What was missing? (optional)"), [SHORT],
        render_kw={"rows": 2, "maxlength": rules.LONGEST_NOTE},
    )


class OwnerForm(ColleagueForm):
    """Who becomes the owner."""

    asked = name_field(_l("New owner"))


class AskForm(FlaskForm):
    """What the owner should change before somebody vouches for the case."""

    body = TextAreaField(
        _l("What should change?"), [DataRequired(NEEDED), Length(max=5000)],
        render_kw={"rows": 3, "maxlength": 5000, "required": True},
    )
