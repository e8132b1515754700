"""The forms of the case library as drafts: what they are called, and where they go on."""

from collections.abc import Iterator, Sequence

from flask import url_for
from sqlalchemy import select

from portal.cases import rules, words
from portal.cases.models import Case, Comment, Solution
from portal.cases.queries import waiting
from portal.cases.queries.cases import own_words, visible_to
from portal.core.i18n import gettext as _
from portal.drafts.models import Draft
from portal.drafts.rules import Fields
from portal.drafts.writings import Shown, Writing
from portal.extensions import db
from portal.people.rules import Actor

# A problem that cannot wait has a form of its own.
ALERT = "alert"
NEW = (*rules.KINDS, ALERT)
FORMS = ("case", "solution-to", "comment-on", "solution", "comment")
# Fields that come filled in, or say nothing by themselves.
GIVEN = {"body", "audience", "source", "base", "revision", "asked_id", "gap", "draft", "from"}


def shown(actor: Actor, drafts: Sequence[Draft]) -> Iterator[Shown]:
    """Those whose case this person can still read; the text of any other is not lost, but the
    title of its case is no longer theirs to see."""
    cases = _cases_of(actor, drafts)
    for draft in drafts:
        prefix, _colon, name = draft.form.partition(":")
        if prefix == "case" and name in NEW:
            yield _new(draft, name)
        elif case := cases.get(draft.form):
            yield _about(draft, prefix, case)
        else:
            yield _orphan(draft)


def records(actor: Actor) -> Iterator[Shown]:
    """Private cases: kept by the button that says so."""
    for case in db.session.scalars(waiting.drafts(actor)):
        yield Shown(
            what=str(words.kind_word(case.kind)), title=case.title, saved_at=case.updated_at,
            go_on=url_for("cases.edit", case_id=case.id), icon=words.kind_icon(case.kind),
            discard=url_for("cases.archive", case_id=case.id), subject=f"case:{case.id}",
        )


def is_begun(form: str, fields: Fields) -> bool:
    """Whether a new case holds more than its template; any other text was typed as it is."""
    prefix, _colon, name = form.partition(":")
    if prefix != "case":
        return any(value.strip() for value in fields.get("body", ()))
    if name not in NEW:
        return True
    kind = "problem" if name == ALERT else name
    others = (value.strip() for key, values in fields.items() if key not in GIVEN
              for value in values)
    return any(others) or bool(own_words(kind, "\n".join(fields.get("body", ()))).strip())


WRITING = Writing(FORMS, shown, is_begun, records)


def _new(draft: Draft, name: str) -> Shown:
    kind = "problem" if name == ALERT else name
    what = _("Difficulty alert") if name == ALERT else str(words.kind_word(kind))
    return _line(draft, what, url_for("cases.record", kind=name, draft_key=draft.key),
                 words.kind_icon(kind))


def _about(draft: Draft, prefix: str, case: Case) -> Shown:
    number = draft.form.partition(":")[2]
    if prefix == "case":
        url = url_for("cases.edit", case_id=case.id, draft_key=draft.key)
        return _line(draft, _("Changes to “%(title)s”", title=case.title), url,
                     words.kind_icon(case.kind), subject=draft.form)
    if prefix in ("solution-to", "comment-on"):
        anchor = "propose" if prefix == "solution-to" else "remark"
        url = url_for("cases.show", case_id=case.id, draft_key=draft.key, _anchor=anchor)
        what = (_("Solution to “%(title)s”", title=case.title) if prefix == "solution-to"
                else _("Comment on “%(title)s”", title=case.title))
        return _line(draft, what, url, "message")
    values = {f"{prefix}_id": int(number), "draft_key": draft.key}
    url = url_for(f"cases.edit_{prefix}", **values)  # type: ignore[arg-type]
    return _line(draft, _("Changes to your text under “%(title)s”", title=case.title), url,
                 "message", subject=draft.form)


def _orphan(draft: Draft) -> Shown:
    return _line(draft, _("Its case is no longer there for you"),
                 url_for("drafts.text", key=draft.key), "file-text")


def _line(draft: Draft, what: str, go_on: str, icon: str, subject: str = "") -> Shown:
    return Shown(
        what=what, title=draft.title or what, go_on=go_on, saved_at=draft.saved_at, icon=icon,
        discard=url_for("drafts.discard", key=draft.key), key=draft.key, subject=subject,
    )


def _cases_of(actor: Actor, drafts: Sequence[Draft]) -> dict[str, Case]:
    """Form → the case it belongs to, of those this person may read."""
    numbers: dict[str, dict[int, str]] = {prefix: {} for prefix in FORMS}
    for draft in drafts:
        prefix, _colon, name = draft.form.partition(":")
        if name.isascii() and name.isdigit() and len(name) < 10:
            numbers[prefix][int(name)] = draft.form
    found: dict[str, Case] = {}
    for prefix, of_prefix in numbers.items():
        if of_prefix:
            found |= _readable(actor, prefix, of_prefix)
    return found


def _readable(actor: Actor, prefix: str, forms: dict[int, str]) -> dict[str, Case]:
    query = visible_to(actor)
    if prefix in ("solution", "comment"):
        model = Solution if prefix == "solution" else Comment
        texts = db.session.execute(
            select(model.id, model.case_id).where(model.id.in_(forms)))
        of_text = {row.id: row.case_id for row in texts}
        cases = {case.id: case for case in db.session.scalars(
            query.where(Case.id.in_(of_text.values())))}
        return {forms[text]: cases[case] for text, case in of_text.items() if case in cases}
    return {forms[case.id]: case for case in db.session.scalars(query.where(Case.id.in_(forms)))}
