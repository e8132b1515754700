"""The sample story as written in `content/sample/*.yaml`, read into plain values.

A key that is not known here is an error, so that a misspelt one cannot be overlooked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from portal.cases.content import CaseContent, RetrospectiveContent
from portal.config import ROOT

FOLDER = ROOT / "content" / "sample"
# The C reader is five times as fast where it is installed.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class TeamScript:
    """A team; `below` names the team above it, `leader` a login."""

    name: str
    leader: str
    below: str | None = None


@dataclass(frozen=True)
class PersonScript:
    """A person. `shown_as` marks those whose login is printed; an account without its own
    moment is as old as the department, without `joined_days_ago` it was opened on joining."""

    login: str
    name: str
    team: str
    job: str
    role: str = "rep"
    account: str | None = None
    joined_days_ago: int | None = None
    locale: str | None = None
    shown_as: str | None = None


@dataclass(frozen=True)
class Step:
    """Somebody does something at a moment."""

    by: str
    when: str


@dataclass(frozen=True)
class EditScript(Step):
    """One save: words exchanged, text added, fields set; `publish` ends the draft."""

    note: str = ""
    replace: Mapping[str, str] = field(default_factory=dict)
    append: str = ""
    set: Mapping[str, Any] = field(default_factory=dict)
    publish: bool = False


@dataclass(frozen=True)
class TextScript(Step):
    """A solution or a comment; `helped` is login → moment of the vote for a solution."""

    body: str
    helped: Mapping[str, str] = field(default_factory=dict)
    accepted: Step | None = None


@dataclass(frozen=True)
class FileScript(Step):
    """A file of `content/sample/files` that is attached."""

    name: str


@dataclass(frozen=True)
class ReviewScript(Step):
    """What came of a reuse."""

    outcome: str
    note: str = ""


@dataclass(frozen=True)
class ResolvedScript(Step):
    """How a flag was settled."""

    resolution: str
    answer: str = ""


@dataclass(frozen=True)
class FlagScript(Step):
    """A flag, open unless somebody settled it."""

    reason: str
    note: str = ""
    resolved: ResolvedScript | None = None


@dataclass(frozen=True)
class CaseScript(Step):
    """A case, and what happened to it; `asked` is the login of whom it is addressed to, `origin`
    the deal or visit it comes from, such as `lead valve-erp`."""

    ref: str
    content: CaseContent
    draft: bool = False
    asked: str | None = None
    origin: str | None = None
    edits: Sequence[EditScript] = ()
    files: Sequence[FileScript] = ()
    solutions: Sequence[TextScript] = ()
    comments: Sequence[TextScript] = ()
    helped: Mapping[str, str] = field(default_factory=dict)
    reused: Mapping[str, str] = field(default_factory=dict)
    reviewed: Sequence[ReviewScript] = ()
    flags: Sequence[FlagScript] = ()
    validated: Sequence[Step] = ()
    archived: Step | None = None
    # When the asker raised it as a difficulty alert.
    alert: str | None = None


@dataclass(frozen=True)
class Department:
    """Who works there."""

    opened: str
    teams: Sequence[TeamScript]
    people: Sequence[PersonScript]


def department() -> Department:
    data = read(FOLDER / "people.yaml")
    return Department(
        opened=data["opened"],
        teams=[TeamScript(**each) for each in data["teams"]],
        people=[PersonScript(**each) for each in data["people"]],
    )


def cases() -> Iterator[CaseScript]:
    """Every case of the story, file by file; each file holds one kind."""
    for path in sorted(FOLDER.glob("*.yaml")):
        data = read(path)
        for entry in data.get("cases", ()):
            yield _case(data["kind"], entry)


def _case(kind: str, entry: dict[str, Any]) -> CaseScript:
    entry = dict(entry)
    content = {name: entry.pop(name) for name in _CONTENT if name in entry}
    facts = entry.pop("facts", None)
    edits = [EditScript(**{"by": entry["by"], **each}) for each in entry.pop("edits", ())]
    files = [FileScript(**{"by": entry["by"], **each}) for each in entry.pop("files", ())]
    archived = entry.pop("archived", None)
    return CaseScript(
        content=content_of({"kind": kind, **content, "retrospective": facts}),
        edits=edits, files=files,
        solutions=[_text(each) for each in entry.pop("solutions", ())],
        comments=[_text(each) for each in entry.pop("comments", ())],
        validated=[Step(**each) for each in entry.pop("validated", ())],
        reviewed=[ReviewScript(**each) for each in entry.pop("reviewed", ())],
        flags=[_flag(each) for each in entry.pop("flags", ())],
        archived=Step(**archived) if archived else None,
        **entry,
    )


_CONTENT = ("title", "body", "tags", "stage", "industry", "product", "region", "audience",
            "source")


def content_of(values: Mapping[str, Any]) -> CaseContent:
    """Case content from plain values."""
    values = {name: _plain(value) for name, value in values.items()}
    if values.get("retrospective"):
        facts = {name: _plain(value) for name, value in values["retrospective"].items()}
        if "price_gap" in facts:
            facts["price_gap"] = Decimal(str(facts["price_gap"]))
        values["retrospective"] = RetrospectiveContent(**facts)
    return CaseContent(**values)


def _text(entry: dict[str, Any]) -> TextScript:
    entry = dict(entry)
    accepted = entry.pop("accepted", None)
    return TextScript(accepted=Step(**accepted) if accepted else None, **entry)


def _flag(entry: dict[str, Any]) -> FlagScript:
    entry = dict(entry)
    resolved = entry.pop("resolved", None)
    return FlagScript(resolved=ResolvedScript(**resolved) if resolved else None, **entry)


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def read(path: Path) -> dict[str, Any]:
    """A file of the story as plain values."""
    with path.open(encoding="utf-8") as file:
        data: dict[str, Any] = yaml.load(file, Loader=_Loader)  # noqa: S506 a safe loader
    return data
