"""Whose an imported case is, who may read it, how far it is trusted, and since when it is so."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.cases.exchange.job import Job
from portal.cases.exchange.records import CaseRecord
from portal.cases.models import Case
from portal.cases.rules import DISCARDED
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import folded

SETTLED = ("owner_id", "byline", "team_id", "confidence", "confidence_before", "verified_until",
           "created_at")
Notes = list[Any]
# What tells whether somebody worked on a case since.
STATE = (*SETTLED, "revision", "updated_at", "merged_into_id")


def state_of(case: Case) -> dict[str, Any]:
    """How a case stands, as plain values."""
    return {name: plain_value(getattr(case, name)) for name in STATE}


def plain_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def begin(job: Job, record: CaseRecord, teams: Mapping[str, int]) -> tuple[Case, Notes]:
    """The row of a new case, without its content."""
    person = job.people.named(record.author)
    created = record.created or record.modified or job.now
    confidence = confidence_of(job, record, None)
    case = Case(
        ref=record.ref, owner_id=person.id if person else job.actor.id,
        byline=None if person else record.author,
        team_id=person.team_id if person else job.actor.team_id,
        created_at=created, updated_at=record.updated or created, revision=1,
        confidence=confidence or "not_validated",
        verified_until=record.verified_until if confidence == "validated" or job.vouches else None,
    )
    if case.confidence == "archived":
        case.confidence_before = _before(record, None)
    return case, _set_team(case, record, teams)


def settle(
    job: Job, record: CaseRecord, case: Case, teams: Mapping[str, int]
) -> tuple[bool, Notes]:
    """Bring the row of a known case in line with its file; whether anything differed."""
    before = [getattr(case, name) for name in SETTLED]
    notes: Notes = []
    _set_author(job, record, case)
    # What went into another case stays put away until that is undone.
    confidence = confidence_of(job, record, case) if case.merged_into_id is None else None
    if confidence == "draft" and case.confidence != "draft":
        notes.append(_l("It is published here already and does not become a draft again."))
    elif confidence is not None:
        put(case, "confidence", confidence)
        if confidence == "archived":
            put(case, "confidence_before", _before(record, case.confidence_before))
    if job.vouches:
        put(case, "verified_until", record.verified_until or case.verified_until)
    put(case, "created_at", record.created or case.created_at)
    notes += _set_team(case, record, teams)
    return before != [getattr(case, name) for name in SETTLED], notes


def confidence_of(job: Job, record: CaseRecord, case: Case | None) -> str | None:
    """How far the case is trusted from now on; None leaves it as it is.

    Who may not vouch for it brings nothing validated in. What was taken back comes back.
    """
    said = record.confidence
    if said == "validated" and not job.vouches:
        said = None
    if case is not None and said is None and case.confidence == DISCARDED:
        return case.confidence_before or "not_validated"
    return said


def put(row: Any, name: str, value: Any) -> None:
    """Set a column only where it differs: a row that is set counts as changed, and is indexed."""
    if getattr(row, name) != value:
        setattr(row, name, value)


def team_kept(record: CaseRecord, teams: Mapping[str, int]) -> Mapping[str, str]:
    """The name of a team that this portal does not have, to be exported again."""
    unknown = record.team is not None and folded(record.team) not in teams
    return {"team": record.team} if unknown and record.team else {}


def written_author(case: Case) -> str:
    """The author as an export writes it."""
    return case.byline or f"{case.owner.name} <{case.owner.login}>"


def _set_author(job: Job, record: CaseRecord, case: Case) -> None:
    """Another author than before: an account takes the case over, any other name is a byline."""
    if record.author in (None, case.byline) or record.author == written_author(case):
        return
    person = job.people.named(record.author)
    if person is None:
        case.byline = record.author
    elif person.id != case.owner_id or case.byline:
        case.owner_id, case.team_id, case.byline = person.id, person.team_id, None


def _set_team(case: Case, record: CaseRecord, teams: Mapping[str, int]) -> Notes:
    """The team that reads a team's case. A team that is not here opens it to nobody."""
    if record.team is not None:
        put(case, "team_id", teams.get(folded(record.team)))
    if record.content.audience != "team" or case.team_id is not None:
        return []
    if record.team is None:
        return [_l("It names no team (team: …); only its owner can read it.")]
    return [_l("There is no team “%(team)s” here; only the owner can read it until there is and "
               "it is imported again.", team=record.team)]


def _before(record: CaseRecord, known: str | None) -> str:
    found = record.confidence_before or known or "not_validated"
    return "not_validated" if found == "archived" else found
