"""A form and its draft: the key it carries, what was sent before, what is filled in again."""

import secrets
from dataclasses import dataclass

from flask import g, request
from werkzeug.datastructures import MultiDict

from portal.core import clock
from portal.drafts import actions, queries, rules
from portal.drafts.actions import Sent
from portal.drafts.models import Draft
from portal.drafts.rules import Typed


@dataclass(frozen=True)
class DraftFields:
    """What the hidden fields of a form say; `draft` is what was kept of it before."""

    key: str
    form: str
    version: int = 0
    draft: Draft | None = None

    @property
    def fields(self) -> MultiDict[str, str]:
        """What was typed, as a form reads it."""
        kept = self.draft.fields if self.draft else {}
        return MultiDict((name, value) for name, values in kept.items() for value in values)


def draft_of(form: str, *, adopt: Draft | None = None) -> DraftFields:
    """The hidden fields of a form that is shown: of the key that was sent or stands in the
    address, of the draft to adopt, or new ones."""
    key = request.values.get("draft_key", "")
    if request.method == "POST" and rules.is_key(key):
        return DraftFields(key, form, _version())
    if rules.is_key(key):
        found = queries.by_key(g.actor, key)
        adopt = found if found is not None and found.form == form else None
        if found is None:
            # Kept on the device alone until now.
            return DraftFields(key, form)
    if adopt is not None and adopt.ended_at is None:
        return DraftFields(adopt.key, form, adopt.version, adopt)
    return DraftFields(secrets.token_urlsafe(18), form)


def sent_before(form: str) -> Sent | None:
    """What came of this form when it arrived earlier; None when this is the first time."""
    return actions.claim(g.actor, _key(), _typed(form), clock.now())


def sent(ref: str) -> None:
    """This form has become this record."""
    actions.end(g.actor, _key(), ref, clock.now())


def _key() -> str:
    return request.form.get("draft_key", "")


def _typed(form: str) -> Typed:
    fields = rules.typed_fields(request.form.items(multi=True))
    return Typed(form, fields, _version(), request.form.get("draft_tab", "")[:64])


def _version() -> int:
    text = request.form.get("draft_version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
