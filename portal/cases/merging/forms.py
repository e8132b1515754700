"""How the kept case shall read."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from portal.cases import rules
from portal.core.i18n import lazy_gettext as _l


class MergeForm(FlaskForm):
    """Title and text of the kept case; the bases say on which revisions that was decided."""

    title = StringField(
        _l("Title"), [DataRequired(_l("This is needed.")), Length(max=rules.LONGEST_TITLE)])
    body = TextAreaField(_l("Text"), [Length(max=rules.LONGEST_BODY)])
    kept_base = HiddenField()
    gone_base = HiddenField()

    @property
    def bases(self) -> tuple[int, int]:
        """The revisions that were compared; 0 for what no form sent."""
        return _number(self.kept_base.data), _number(self.gone_base.data)


def _number(text: str | None) -> int:
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
