"""One file to one record: its keys get their meaning, missing facts their defaults."""

import re
from pathlib import PurePosixPath
from typing import Any

from portal.cases import rules
from portal.cases.content import CaseContent, RetrospectiveContent
from portal.cases.exchange import values
from portal.cases.exchange.attached import files_of
from portal.cases.exchange.reader import Reader, plain_key
from portal.cases.exchange.records import FACTS, LIST_FIELDS, CaseRecord, Record, TextRecord, Wrong
from portal.cases.exchange.refs import LONGEST_CASE, LONGEST_TEXT, ref_of
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import block, folded, line

HEADING = re.compile(r"^#[ \t]+(\S.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
TEXT_KEYS = {"ref", "kind", "of", "author", "created", "updated", "accepted", "language"}
CASE_KEYS = {"ref", "kind", "title", "tags", *LIST_FIELDS, "source", "audience", "team", "author",
             "created", "updated", "confidence", "confidence_before", "verified_until",
             "merged_into", "language", "outcome", "attachments"}
LONGEST_FACT = 20_000
LONGEST_BYLINE = 120


def read(reader: Reader) -> Record:
    """The record of a file. Raises `Wrong` with the line and the reason."""
    key = "kind" if reader.has("kind") else "outcome"
    kind = reader.code(key, "kind") or "lesson"
    return _text(reader, kind) if kind in ("solution", "comment") else _case(reader, kind)


def _text(reader: Reader, kind: str) -> TextRecord:
    of = ref_of(reader.text("of") or "")
    if not of:
        raise Wrong(_l("It does not say which case it belongs to (of: …)."), reader.line("kind"))
    body = block(reader.page.body)
    if not body.strip():
        raise Wrong(_l("There is no text."))
    for key in reader.keys.keys() - TEXT_KEYS:
        reader.note(key, _l("“%(key)s” is not known here; left out.", key=values.short(key)))
    return TextRecord(
        path=reader.path, ref=_ref(reader, LONGEST_TEXT), kind=kind, of=of, body=body,
        author=_author(reader), created=reader.moment("created"),
        updated=reader.moment("updated"), modified=reader.modified,
        accepted=reader.get("accepted", values.is_yes, False), lines=reader.lines,
    )


def _case(reader: Reader, kind: str) -> CaseRecord:
    title, body = _title_and_body(reader)
    source, strange = _source(reader)
    content = CaseContent(
        kind=kind, title=title, body=body, tags=reader.get("tags", values.words_of, ()),
        audience=reader.code("audience") or "everyone", source=source,
        retrospective=_facts(reader) if kind in rules.RETROSPECTIVES else None,
        extra={**strange, **_extra(reader, kind)},
        **{name: reader.text(name) for name in LIST_FIELDS},
    )
    return CaseRecord(
        path=reader.path, ref=_ref(reader, LONGEST_CASE), content=content,
        author=_author(reader), team=reader.text("team"),
        created=reader.moment("created"), updated=reader.moment("updated"),
        modified=reader.modified, confidence=reader.code("confidence"),
        confidence_before=reader.code("confidence_before", "confidence"),
        verified_until=reader.get(
            "verified_until", lambda value: values.day_of(value, reader.zone), None
        ),
        merged_into=ref_of(reader.text("merged_into") or "", LONGEST_CASE) or None,
        files=reader.get("attachments", lambda value: files_of(value, reader.path), ()),
        lines=reader.lines,
    )


def _ref(reader: Reader, longest: int) -> str:
    path = PurePosixPath(reader.path)
    return ref_of(reader.text("ref") or str(path.with_suffix("")), longest) or "unnamed"


def _author(reader: Reader) -> str | None:
    return line(reader.text("author"))[:LONGEST_BYLINE] or None


def _title_and_body(reader: Reader) -> tuple[str, str]:
    """The title as given, else the first heading, which then leaves the text, else the name."""
    body = block(reader.page.body)
    given = line(reader.text("title"))
    if given:
        return given, body
    heading = HEADING.search(body)
    title = line(heading[1] if heading else PurePosixPath(reader.path).stem)
    if heading and not body[: heading.start()].strip():
        body = block(body[heading.end() :])
    if not body.strip() and not heading and not reader.page.fields:
        raise Wrong(_l("The file is empty."))
    longest = rules.LONGEST_TITLE
    return (title if len(title) <= longest else f"{title[: longest - 1]}…"), body


def _source(reader: Reader) -> tuple[str, dict[str, Any]]:
    """Where the case comes from; any other word, such as an address, is kept as it stands."""
    try:
        return reader.code("source") or "none", {}
    except Wrong as wrong:
        reader.note("source", _l("%(reason)s Kept as it stands.", reason=wrong.message))
        return "none", {"source": reader.raw("source")}


def _facts(reader: Reader) -> RetrospectiveContent:
    roles = reader.codes["role"]
    return RetrospectiveContent(
        amount_band=reader.code("amount_band"),
        cycle_days=reader.get("cycle_days", values.days_of, None),
        competitors=reader.get("competitors", values.words_of, ()),
        stage_reached=reader.text("stage_reached"),
        roles_reached=reader.get(
            "roles_reached",
            lambda value: tuple(values.code_of(word, roles) for word in values.words_of(value)),
            (),
        ),
        main_reason=reader.text("main_reason"),
        contributing_reasons=reader.get("contributing_reasons", values.words_of, ()),
        price_gap=reader.get("price_gap", values.percent_of, None),
        actions=reader.get("actions", values.lines_of, ()),
        repeat=_long_text(reader, "repeat"), avoid=_long_text(reader, "avoid"),
    )


def _long_text(reader: Reader, key: str) -> str:
    text = reader.text(key) or ""
    if len(text) > LONGEST_FACT:
        raise Wrong(_l("This text is too long: at most %(limit)d characters.",
                       limit=LONGEST_FACT), reader.line(key))
    return text


def _extra(reader: Reader, kind: str) -> dict[str, Any]:
    """Keys without a meaning here, and typed facts of a case that is neither won nor lost."""
    known = CASE_KEYS | (set(FACTS) if kind in rules.RETROSPECTIVES else set())
    found = {}
    for written, value in reader.page.fields.items():
        key = plain_key(written)
        if key in known and reader.keys[key] == written and not _contradicts(reader, key, kind):
            continue
        reader.note(key, _l("“%(key)s” is not known here; kept as it is.",
                            key=values.short(written)))
        found[written] = value
    return found


def _contradicts(reader: Reader, key: str, kind: str) -> bool:
    """Whether `outcome` says something else than the kind; then it is kept as a word."""
    if key != "outcome" or not reader.has("kind"):
        return False
    return reader.codes["kind"].get(folded(values.text_of(reader.raw("outcome")))) != kind
