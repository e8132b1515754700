"""What somebody enters about synonyms."""

from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from portal.core.i18n import lazy_gettext as _l
from portal.core.stale import RecordForm
from portal.search.vocabulary.phrases import LONGEST, MOST, Written, read
from portal.search.vocabulary.words import problem_words

REQUIRED = _l("This is needed.")
# More characters than any group of that many phrases.
_ENOUGH = MOST * (LONGEST + 2) * 2


class GroupForm(RecordForm):
    """The phrases of one group."""

    phrases = TextAreaField(
        _l("Phrases"), [DataRequired(REQUIRED)],
        description=_l(
            "Two to twenty, separated by commas or on lines of their own. Write Chinese in "
            "either script and Latin words in any case."
        ),
    )

    @property
    def written(self) -> Written:
        return read((self.phrases.data or "")[:_ENOUGH])

    def validate_phrases(self, field: Any) -> None:
        """Say what is wrong with each phrase."""
        if problems := self.written.problems:
            raise ValidationError(" ".join(problem_words(problem) for problem in problems))


class ImportForm(FlaskForm):  # type: ignore[misc]
    """Many groups: a file, or a text, or both."""

    file = FileField(_l("Text file"), render_kw={"accept": ".txt,.csv,text/plain"})
    text = TextAreaField(_l("Or paste the lines here"))


class ImportCommitForm(FlaskForm):  # type: ignore[misc]
    """The rehearsed text, and what was shown for it."""

    content = HiddenField()
    shown = HiddenField()
