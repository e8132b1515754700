"""What the page of a case shows about trust: flags, one's own use, and why it lost validation."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.cases.models import Case, Verification
from portal.cases.rules import LIVE
from portal.cases.trust import rules
from portal.cases.trust.forms import FlagForm, ResolveForm, WithdrawForm
from portal.cases.trust.queries.flags import open_flags
from portal.cases.trust.queries.uses import last_use
from portal.cases.trust.words import fact_words
from portal.core import access, clock
from portal.extensions import db
from portal.people.rules import Actor


def part(actor: Actor, case: Case) -> Mapping[str, Any]:
    """Values for `parts/trust.html` and `parts/review.html`."""
    live = case.confidence in LIVE
    flags = open_flags(case) if live else ()
    own = case.owner_id == actor.id
    return {
        "standing": rules.standing(case.confidence, case.verified_until, clock.today()),
        "changed_since": (case.confidence == "validated"
                          and rules.has_changed(case.revision, case.validated_revision)),
        "lost": _lost(case), "fact_words": fact_words,
        "flags": flags, "my_flag": next((f for f in flags if f.person_id == actor.id), None),
        "answers_flags": bool(flags) and access.allows(actor, "flag:resolve", flags[0]),
        "my_use": last_use(actor, case) if live and not own else None,
        "withdraw_form": WithdrawForm(formdata=None), "flag_form": FlagForm(formdata=None),
        "resolve_form": ResolveForm(formdata=None),
    }


def _lost(case: Case) -> Verification | None:
    """The step by which the case lost its validation, as long as nobody vouched for it anew."""
    if case.confidence != "not_validated" or case.validated_revision is None:
        return None
    step = db.session.scalar(
        select(Verification).options(joinedload(Verification.person))
        .where(Verification.case_id == case.id, Verification.undone_at.is_(None))
        .order_by(Verification.id.desc()).limit(1)
    )
    return step if step is not None and step.act != "validated" else None
