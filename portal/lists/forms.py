"""What an administrator enters about an entry of a list."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from portal.core.i18n import lazy_gettext as _l
from portal.core.stale import RecordForm
from portal.lists.models import LONGEST_LABEL, Term

REQUIRED = _l("This is needed.")


class TermForm(RecordForm):
    """The wording of an entry in both languages."""

    label_zh = StringField(_l("Chinese"), [DataRequired(REQUIRED), Length(max=LONGEST_LABEL)])
    label_en = StringField(
        _l("English"), [Length(max=LONGEST_LABEL)],
        description=_l("Without it, English pages show the Chinese wording."),
    )


class TagForm(RecordForm):
    """A tag has one wording for everybody."""

    label_zh = StringField(_l("Tag"), [DataRequired(REQUIRED), Length(max=LONGEST_LABEL)])


class MergeForm(FlaskForm):  # type: ignore[misc]
    """The tag that stays."""

    into = StringField(
        _l("Merge into"), [DataRequired(REQUIRED), Length(max=LONGEST_LABEL)],
        description=_l("The tag that stays. Write it as it stands in the list."),
    )


def form_for(name: str, term: Term | None = None) -> TermForm | TagForm:
    """The form of this list's entries, filled from `term`."""
    return TagForm(obj=term) if name == "tag" else TermForm(obj=term)


def english_of(form: TermForm | TagForm) -> str | None:
    """The English wording entered, if this list has any."""
    return form.label_en.data if isinstance(form, TermForm) else None
