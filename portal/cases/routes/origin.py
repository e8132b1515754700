"""The record that a new case comes from: kept by the form, believed only from who may read it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import g, request

from portal.cases import naming, origins
from portal.cases.content import CaseContent
from portal.cases.forms import CaseForm
from portal.cases.models import Case
from portal.cases.origins import Place, Prefill
from portal.cases.rules import RETROSPECTIVES
from portal.core.i18n import current_language
from portal.drafts import queries as drafts
from portal.drafts.models import Draft
from portal.drafts.web import DraftFields

# The argument of the address, and the field of the form.
FROM = "from"


def asked_origin(fields: DraftFields | None = None) -> str:
    """The ref that the address, the form or the draft names; empty for what this person may not
    read, as if it had not been named."""
    ref = request.values.get(FROM, "")
    if fields is not None and fields.draft is not None:
        ref = fields.fields.get(FROM, "")
    return ref if origins.place_of(g.actor, ref) is not None else ""


def begun_before(kind: str, ref: str) -> Draft | None:
    """One's own unfinished retrospective of the same deal: nobody writes two."""
    if kind not in RETROSPECTIVES or not ref:
        return None
    found = drafts.of_forms(g.actor, [f"case:{kind}"])
    return next((each for each in found if ref in each.fields.get(FROM, ())), None)


def fill_from(form: CaseForm, kind: str, ref: str, template: str) -> None:
    """What the record knows already, in the fields of the form."""
    given = origins.prefill_of(g.actor, ref, kind)
    if given is not None:
        form.fill(_content(given, kind, ref, template), 0)


def _content(given: Prefill, kind: str, ref: str, template: str) -> CaseContent:
    return CaseContent(
        kind=kind, title=given.title, body=given.body or template, tags=given.tags,
        stage=given.stage, industry=given.industry, product=given.product, region=given.region,
        source=origins.source_of(ref),
        retrospective=given.retrospective if kind in RETROSPECTIVES else None,
    )


def with_source(content: CaseContent, ref: str | None) -> CaseContent:
    """A case from a record says so, whatever the form says."""
    return replace(content, source=origins.source_of(ref)) if ref else content


def named(form: CaseForm, kind: str, ref: str | None) -> list[str]:
    """The customer's names that stand in what was typed; asked about once."""
    if not ref or request.form.get("named") == "yes":
        return []
    given = origins.prefill_of(g.actor, ref, kind)
    return naming.named_in(_words(form), given.names) if given else []


def listed(names: Sequence[str]) -> str:
    """Names one after the other, as the reader's language separates them."""
    return ("、" if current_language() == "zh" else ", ").join(names)


def _words(form: CaseForm) -> str:
    facts = ("title", "body", "tags", "actions", "repeat", "avoid")
    return "\n".join(str(form[name].data or "") for name in facts if name in form)


def shown_origin(case: Case | None, fields: DraftFields) -> dict[str, Any]:
    """What the form shows of it: the record as a link, and the field that keeps it."""
    ref = (case.source_ref or "") if case else asked_origin(fields)
    place: Place | None = origins.place_of(g.actor, ref)
    return {"origin": ref, "place": place}
