"""Two people editing one record: who saves second learns of it before anything is overwritten."""

import hashlib
from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import HiddenField


def fingerprint(values: Iterable[object]) -> str:
    """Equal for equal values; differs as soon as one of them changed."""
    return hashlib.sha256(repr(list(values)).encode()).hexdigest()[:20]


class RecordForm(FlaskForm):  # type: ignore[misc]
    """A form that remembers what the record was when the form was shown."""

    base = HiddenField()

    def begin(self, stored: Iterable[object]) -> None:
        """The form now stands beside these stored values."""
        self.base.data = fingerprint(stored)

    def is_stale(self, stored: Iterable[object]) -> bool:
        """Whether somebody else saved since the form was shown."""
        return bool(self.base.data) and self.base.data != fingerprint(stored)
