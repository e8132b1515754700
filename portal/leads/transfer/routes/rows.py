"""The rows of an import, one group or all, as its pages list them."""

from collections.abc import Sequence
from typing import Any

from flask import g, request

from portal.core import clock
from portal.core.i18n import current_language
from portal.core.paging import paginate
from portal.extensions import db
from portal.leads.pool.options import limits
from portal.leads.transfer import queries, rules, words
from portal.leads.transfer.lists import offered
from portal.leads.transfer.models import LeadImport, LeadImportRow
from portal.leads.transfer.owners import Owners
from portal.leads.transfer.telling import leads_url
from portal.lists.queries import choices
from portal.people.models import User


def listed(found: LeadImport, stage: str) -> dict[str, Any]:
    """The rows of the group that the address asks for, and how many each group has."""
    rows, wanted = queries.rows_of(found), request.args.get("group", "")
    rehearsal = stage in ("rehearsed", "stopped")
    counts = dict(queries.verdict_counts(found) if rehearsal else queries.outcome_counts(found))
    if rehearsal and wanted in rules.VERDICTS:
        rows = rows.where(LeadImportRow.verdict == wanted)
    elif not rehearsal and wanted == rules.KEPT:
        rows = rows.where(LeadImportRow.reverted == rules.KEPT)
    elif not rehearsal and wanted in words.OUTCOMES:
        asked = LeadImportRow.outcome == wanted
        rows = rows.where(LeadImportRow.outcome.is_(None) if wanted == "waiting" else asked)
    page = paginate(rows)
    return {"page": page, "counts": counts, "wanted": wanted, **_beside(found, page.items),
            **(_of_rehearsal(found) if rehearsal else _of_outcome(found, stage, counts))}


def _beside(found: LeadImport, rows: Sequence[LeadImportRow]) -> dict[str, Any]:
    ids = {row.match_id for row in rows if row.match_id is not None}
    return {"whose": queries.whose(g.actor, ids), "groups": found.choices.get("groups", {}),
            "stage_words": dict(choices("stage", current_language()))}


def _of_rehearsal(found: LeadImport) -> dict[str, Any]:
    result = found.rehearsal.result if found.rehearsal else {}
    unknown = result.get("unknown", [])
    owners = Owners(g.actor, found.choices.get("defaults", {}).get("owner", ""), {})
    claimer = db.session.get(User, owners.default_claimer)
    return {
        "claimer": claimer.name if claimer else "", "claimable": result.get("claimable", 0),
        "claimers_named": "owner" in found.mapping,
        "unknown": unknown, "unknown_count": result.get("unknown_count", 0),
        "list_choices": {name: offered(name, current_language())
                         for name in {each[0] for each in unknown}},
        "cap": limits().cap,
    }


def _of_outcome(found: LeadImport, stage: str, counts: dict[str, int]) -> dict[str, Any]:
    commit = found.commit_task
    return {
        "written": sum(counts.get(each, 0) for each in rules.WRITTEN),
        "reverted": queries.reverted_counts(found) if stage == "reverted" else {},
        "can_revert": stage == "committed" and rules.can_revert(
            commit.finished_at if commit else None, clock.now()),
        "leads_url": leads_url(found.id),
    }
