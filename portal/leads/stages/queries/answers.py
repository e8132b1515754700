"""What was answered about a lead, and how the reviews at its gates stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.stages.models import StageAnswer, StageReview
from portal.leads.stages.rules import FIELD, PASSED, StageMap

Key = tuple[str, str]


@dataclass(frozen=True)
class Answered:
    """All answers of a lead, the newest of each item, and the newest review at each gate."""

    history: Sequence[StageAnswer]
    newest: Mapping[Key, StageAnswer]
    all_reviews: Sequence[StageReview]
    reviews: Mapping[Key, StageReview]
    # Fields of the lead a stage asks for that are filled in.
    fields: frozenset[str]

    def keys(self, stages: StageMap) -> set[Key]:
        """Which items are answered."""
        found = {key for key, answer in self.newest.items() if answer.value}
        return found | {
            (stage.code, item.key) for stage in stages for item in stage.content.items
            if item.kind == FIELD and item.field in self.fields
        }

    @property
    def passed(self) -> set[Key]:
        """Which gates are open."""
        return {key for key, review in self.reviews.items() if review.status == PASSED}


def answered_of(lead: Lead) -> Answered:
    """In two statements."""
    answers = list(db.session.scalars(
        select(StageAnswer).where(StageAnswer.lead_id == lead.id)
        .options(joinedload(StageAnswer.answered_by)).order_by(StageAnswer.id)
    ))
    reviews = list(db.session.scalars(
        select(StageReview).where(StageReview.lead_id == lead.id)
        .options(joinedload(StageReview.reviewer), joinedload(StageReview.asked_by),
                 joinedload(StageReview.decided_by))
        .order_by(StageReview.id)
    ))
    return Answered(
        history=answers, newest={(each.stage, each.item): each for each in answers},
        all_reviews=reviews, reviews={(each.stage, each.gate): each for each in reviews},
        fields=filled_fields(lead),
    )


def filled_fields(lead: Lead) -> frozenset[str]:
    """Which of the fields that a stage may ask for are known."""
    values = {
        "contact_id": lead.contact_id, "product": lead.product, "amount": lead.amount,
        "expected_close": lead.expected_close, "competitors": lead.competitors or None,
        "contract_amount": lead.contract_amount, "margin": lead.margin,
        "signed_on": lead.signed_on,
    }
    return frozenset(name for name, value in values.items() if value is not None)
