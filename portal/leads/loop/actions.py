"""A case was used for a deal or a customer: counted, told in the timeline, reviewed, taken back."""

from dataclasses import dataclass
from datetime import datetime

from portal.cases.actions.reuse import reuse_case, undo_reuse
from portal.cases.models import Case, Reuse
from portal.cases.trust.actions.reviewing import review_reuse
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.customers.actions.timeline import note
from portal.customers.models import TimelineEntry
from portal.extensions import db
from portal.leads.loop.queries.uses import is_taken_back, reuse_behind, standing_use
from portal.people.rules import Actor

USED, TAKEN_BACK = "case.used", "case.use_undone"


@dataclass(frozen=True)
class Occasion:
    """For what a case was used: a customer's deal (or the customer alone), and the record in which
    it happened, such as "lead:7" or "visit:9"."""

    customer_id: int
    lead_id: int | None
    ref: str

    @property
    def word(self) -> str:
        """As reuses name it."""
        return "visit" if self.ref.startswith("visit:") else "lead"


def use_case(
    actor: Actor, case: Case, occasion: Occasion, words: str, now: datetime
) -> TimelineEntry:
    """“Used it”: the case counts as reused, as far as it counts, and stands among those used here.
    Used again by the same person for the same deal, it stands there once.

    Raises `Refused` for what is not published. Publishes `CaseReused` when it counts.
    """
    reuse = reuse_case(actor, case, words, now, occasion=occasion.word, source_ref=occasion.ref)
    before = standing_use(actor, case.id, occasion.customer_id, occasion.lead_id)
    if before is not None:
        return before
    entry = note(
        occasion.customer_id, USED, actor.id, now, lead_id=occasion.lead_id,
        subject=case.search_ref, reuse=reuse.id if reuse else None, ref=occasion.ref,
    )
    # The page names the new entry.
    db.session.flush()
    return entry


def review_use(
    actor: Actor, entry: TimelineEntry, outcome: str | None, now: datetime
) -> Reuse:
    """It helped, it did not; None takes the answer back. Raises `Refused`."""
    reuse = reuse_behind(entry)
    if reuse is None or is_taken_back(entry):
        raise Refused(_l("Nothing is counted here, so there is nothing to say about it."))
    review_reuse(actor, reuse, outcome, "", now)
    return reuse


def take_back_use(actor: Actor, entry: TimelineEntry, now: datetime) -> None:
    """It was not used after all: no longer counted, and no longer among those used here."""
    if is_taken_back(entry):
        return
    counted = db.session.get(Reuse, entry.detail.get("reuse") or 0)
    if counted is not None:
        undo_reuse(actor, counted, now)
    note(entry.customer_id, TAKEN_BACK, actor.id, now, lead_id=entry.lead_id,
         subject=entry.subject, corrects_id=entry.id)
