"""The analysis as an Excel workbook: every table, and the cases with all their facts."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask import url_for
from sqlalchemy.orm import joinedload

from portal.cases import words
from portal.cases.analysis.tables import Table
from portal.cases.analysis.words import OUTCOMES
from portal.cases.models import Case
from portal.cases.queries.cases import visible_to
from portal.core.clock import local_day
from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.workbook import Sheet
from portal.extensions import db
from portal.lists.queries import vocabulary
from portal.people.rules import Actor

AT_ONCE = 500


def sheets(tables: Iterable[Table], actor: Actor, ids: Sequence[int]) -> Iterator[Sheet]:
    """A sheet a table, then one with the cases."""
    for table in tables:
        header = [table.corner, *(column.label for column in table.columns)]
        rows = [[row.label, *(cell.plain for cell in row.cells)] for row in table.rows]
        yield Sheet(str(table.title), header, rows)
    yield Sheet(_("Cases"), _header(), _cases(actor, ids))


def _header() -> list[str]:
    return [
        _("Title"), _("Outcome"), _("Recorded"), _("Product"), _("Industry"), _("Region"),
        _("Amount"), _("Sales cycle in days"), _("Stage reached"), _("Main reason"),
        _("Contributing reasons"), _("Competitors"), _("Price gap in %"), _("Whom we reached"),
        _("What decided it, in order"), _("Repeat next time"), _("Avoid next time"),
        _("Author"), _("Trust"), _("Address"),
    ]


def _cases(actor: Actor, ids: Sequence[int]) -> Iterator[list[object]]:
    for some in _batches(ids):
        query = visible_to(actor).where(Case.id.in_(some)).options(joinedload(Case.retrospective))
        found = {case.id: case for case in db.session.scalars(query).unique()}
        yield from (_row(found[case_id]) for case_id in some if case_id in found)
        # A long table must not keep all its cases in memory.
        db.session.expunge_all()


def _row(case: Case) -> list[object]:
    facts = case.retrospective
    if facts is None:
        return [case.title]
    return [
        case.title, OUTCOMES[case.kind], local_day(case.created_at),
        _label("product", case.product), _label("industry", case.industry),
        _label("region", case.region), words.AMOUNT_BANDS.get(facts.amount_band or ""),
        facts.cycle_days, _label("stage", facts.stage_reached),
        _label("reason", facts.main_reason),
        _listed(_label("reason", code) for code in facts.contributing_reasons),
        _listed(facts.competitors), facts.price_gap,
        _listed(words.DECISION_ROLES.get(role, role) for role in facts.roles_reached),
        "\n".join(facts.actions), facts.repeat, facts.avoid, case.author_name,
        words.trust_word(case.confidence), url_for("cases.show", case_id=case.id, _external=True),
    ]


def _label(name: str, code: str | None) -> str | None:
    entry = vocabulary()[name].get(code or "")
    return entry.label(current_language()) if entry else code


def _listed(values: Iterable[Any]) -> str:
    return ("、" if current_language() == "zh" else ", ").join(str(value) for value in values)


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
