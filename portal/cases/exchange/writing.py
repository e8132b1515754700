"""Rows to the text of files: what `reading` takes apart, in the order people look for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any

from portal.cases.content import CaseContent, RetrospectiveContent
from portal.cases.exchange.front_matter import compose
from portal.cases.exchange.standing import written_author
from portal.cases.exchange.values import written_moment
from portal.cases.models import Case, Comment, Solution

# The defaults of a file, which need not be written.
DEFAULTS = {"source": "none"}


@dataclass(frozen=True)
class Attached:
    """A file of a case and its path in the archive."""

    name: str
    path: str


def case_file(case: Case, body: str, files: Sequence[Attached], zone: tzinfo) -> str:
    """The file of a case; `body` links to the files already by their paths."""
    return compose(case_fields(case, files, zone), f"{body}\n")


def case_fields(case: Case, files: Sequence[Attached], zone: tzinfo) -> dict[str, Any]:
    """Everything of a case but its text, under the keys of its front matter."""
    content = case.content
    fields = {
        "ref": case.ref, **_words(content), "team": _team(case) or content.extra.get("team"),
        "author": written_author(case),
        **_times(case.created_at, case.updated_at, zone), "confidence": case.confidence,
        "confidence_before": case.confidence_before if case.confidence == "archived" else None,
        "verified_until": case.verified_until.isoformat() if case.verified_until else None,
        "merged_into": case.merged_into.ref if case.merged_into else None,
        **(_facts(content.retrospective) if content.retrospective else {}),
        "attachments": [{"name": file.name, "file": f"../{file.path}"} for file in files],
    }
    written = _without_empty(fields)
    for key, value in content.extra.items():
        written.setdefault(key, value)
    return written


def text_file(text: Solution | Comment, ref: str, body: str, zone: tzinfo) -> str:
    """The file of a solution or a comment."""
    author = text.byline or f"{text.author.name} <{text.author.login}>"
    kind = type(text).__name__.lower()
    fields = {
        "ref": ref, "kind": kind, "of": text.case.ref, "author": author,
        **_times(text.created_at, text.updated_at, zone),
        "accepted": True if kind == "solution" and text.case.accepted_id == text.id else None,
    }
    return compose(_without_empty(fields), f"{body}\n")


def _words(content: CaseContent) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "kind": content.kind, "title": content.title, "tags": sorted(content.tags),
        "stage": content.stage, "industry": content.industry, "product": content.product,
        "region": content.region, "audience": content.audience, "source": content.source,
    }
    return {key: value for key, value in fields.items() if DEFAULTS.get(key) != value}


def _team(case: Case) -> str | None:
    return case.team.name if case.audience == "team" and case.team else None


def _times(created: datetime, updated: datetime, zone: tzinfo) -> dict[str, str | None]:
    return {
        "created": written_moment(created, zone),
        "updated": written_moment(updated, zone) if updated != created else None,
    }


def _facts(facts: RetrospectiveContent) -> dict[str, Any]:
    return {
        key: _number(value) if isinstance(value, Decimal)
        else list(value) if isinstance(value, tuple) else value
        for key, value in vars(facts).items()
    }


def _number(value: Decimal) -> int | float:
    """Two places at most, so a float prints as it was written."""
    return int(value) if value == value.to_integral_value() else float(value)


def _without_empty(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value not in (None, "", [])}
