"""“I used this”, and whether it helped: the review of a case (K8)."""

from datetime import datetime

from portal.cases.actions.cases import hold
from portal.cases.actions.counting import count_outcomes
from portal.cases.events import ReuseReviewed
from portal.cases.models import Reuse
from portal.cases.trust import rules
from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.extensions import db
from portal.people.rules import Actor


def review_reuse(
    actor: Actor, reuse: Reuse, outcome: str | None, note: str, now: datetime
) -> None:
    """Say what came of it: `helped`, `not_helped`, or `dismissed` for no answer; None takes
    the answer back. `note` says why, at most 500 signs.

    Who says that it helped counts like "helped me"; the last word of a person counts. Raises
    `Refused` for an answer that does not exist. Publishes `ReuseReviewed`.
    """
    if outcome is not None and outcome not in rules.OUTCOMES:
        raise Refused(_l("Say whether it helped or not."))
    if len(note) > rules.LONGEST_NOTE:
        raise Refused(_l("At most 500 characters."))
    hold(reuse.case)
    db.session.refresh(reuse)
    reuse.outcome, reuse.outcome_note = outcome, line(note)
    reuse.outcome_at = now if outcome else None
    count_outcomes(reuse.case)
    audit.record(actor.id, "reuse.reviewed", f"case:{reuse.case_id}", now,
                 outcome=outcome or "taken_back")
    publish(ReuseReviewed(reuse.id, reuse.case_id, actor.id))
