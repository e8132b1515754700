"""What templates ask about a case: its badge, and its facts in words."""

from collections.abc import Iterable
from typing import Any

from flask import Flask, current_app
from flask_babel import format_decimal
from markupsafe import Markup, escape

from portal.cases import words
from portal.cases.models import Case
from portal.cases.rules import Trust, trust
from portal.core import clock, recording
from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.lists.queries import vocabulary


def init_app(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.globals.update(
        kind_hints=words.KIND_HINTS, quick_words=words.QUICK, trust_of=trust_of,
        case_facts=case_facts, kind_word=words.kind_word, upload_limit=upload_limit,
        record_forms=recording.forms, kind_icon=words.kind_icon, trust_word=words.trust_word,
        note_word=words.note_word,
    )


def upload_limit() -> int:
    """The largest file, in MB."""
    limit: int = current_app.extensions["settings"].upload_mb
    return limit


def trust_of(case: Case) -> Trust:
    """The trust badge of a case today."""
    return trust(case.confidence, case.verified_until, clock.today())


def case_facts(case: Case) -> list[tuple[str, Any]]:
    """The facts as rows of a short table; rows without a value are left out by the macro."""
    rows = [
        (_("Stage"), _label("stage", case.stage)),
        (_("Industry"), _label("industry", case.industry)),
        (_("Product"), _label("product", case.product)),
        (_("Region"), _label("region", case.region)),
        (_("Who may read it"), _audience(case)),
        (_("Comes from"), words.SOURCES[case.source] if case.source != "none" else None),
    ]
    return [*rows, *_retrospective(case)]


def _audience(case: Case) -> Any:
    if case.audience == "everyone":
        return None
    if case.audience == "team" and case.team is not None:
        return _("Only the team %(name)s", name=case.team.name)
    return words.AUDIENCES[case.audience]


def _retrospective(case: Case) -> list[tuple[str, Any]]:
    if case.retrospective is None:
        return []
    facts = case.retrospective.content
    gap = facts.price_gap
    above = None if gap is None else _("%(number)s %%", number=format_decimal(gap))
    days = None if facts.cycle_days is None else _("%(days)d days", days=facts.cycle_days)
    return [
        (_("Main reason"), _label("reason", facts.main_reason)),
        (_("Contributing reasons"), _several("reason", facts.contributing_reasons)),
        (_("Amount"), words.AMOUNT_BANDS.get(facts.amount_band or "")),
        (_("Sales cycle"), days),
        (_("Stage reached"), _label("stage", facts.stage_reached)),
        (_("Price gap"), above),
        (_("Competitors"), _listed(facts.competitors)),
        (_("Whom we reached"),
         _listed(str(words.DECISION_ROLES.get(role, role)) for role in facts.roles_reached)),
        (_("What decided it, in order"), _ordered(facts.actions)),
        (_("Repeat next time"), facts.repeat or None),
        (_("Avoid next time"), facts.avoid or None),
    ]


def _label(name: str, code: str | None) -> str | None:
    term = vocabulary()[name].get(code or "")
    return term.label(current_language()) if term else code


def _several(name: str, codes: Iterable[str]) -> str | None:
    return _listed(_label(name, code) or code for code in codes)


def _listed(values: Iterable[str]) -> str | None:
    """Words one after the other, as the reader's language separates them."""
    return ("、" if current_language() == "zh" else ", ").join(values) or None


def _ordered(lines: Iterable[str]) -> Markup | None:
    items = Markup("").join(Markup("<li>") + escape(line) + Markup("</li>") for line in lines)
    return Markup("<ol>") + items + Markup("</ol>") if items else None
