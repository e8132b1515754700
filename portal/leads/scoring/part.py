"""The score of a lead on its page: what it is made of, and what can be answered in place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.core import access
from portal.customers.words import term_word
from portal.leads.models import Lead
from portal.leads.scoring import queries, words
from portal.leads.scoring.actions import level_of
from portal.leads.scoring.rules import ASKED, INDUSTRY, REGION, SIZE, score
from portal.options.queries import value
from portal.people.rules import Actor


@dataclass(frozen=True)
class ShownPart:
    """One row: `says` is what is known in words; `levels` are the answers to choose from, with
    `level` the one that was given (None: nobody knows)."""

    dimension: str
    label: Any
    says: str
    weight: int
    value: int | None
    points: int
    levels: Sequence[Any] = ()
    level: int | None = None


def score_part(actor: Actor, lead: Lead) -> Mapping[str, Any]:
    """What `leads/parts/score.html` shows. Of a closed lead the score that it had then."""
    settings = queries.settings()
    made = score(lead.score_parts or {}, settings.weights)
    agrees = made.total == lead.score
    threshold = value("scoring.qualified_from")
    return {
        "score_total": lead.score, "score_agrees": agrees, "score_threshold": threshold,
        "score_qualified": lead.score >= threshold,
        "score_rows": [
            ShownPart(
                part.dimension, words.DIMENSIONS[part.dimension], _says(lead, part.dimension),
                part.weight, part.value, part.points, words.LEVELS.get(part.dimension, ()),
                level_of(lead, part.dimension) if part.dimension in ASKED else None,
            )
            for part in made.parts
        ],
        "score_editable": lead.is_open and access.allows(actor, "lead:edit", lead),
    }


def _says(lead: Lead, dimension: str) -> str:
    customer = lead.customer
    if dimension in ASKED:
        return words.level_word(dimension, level_of(lead, dimension))
    known = {
        INDUSTRY: term_word("industry", customer.industry),
        REGION: term_word("region", customer.region),
        SIZE: words.employees_word(customer.employees) if customer.employees else "",
    }[dimension]
    grade = words.grade_word((lead.score_parts or {}).get(dimension))
    return f"{known} · {grade}" if known else grade


