"""Taking a validation back, by hand or because facts changed, and undoing any step of trust."""

from datetime import datetime

from sqlalchemy import select

from portal.cases.actions.cases import hold
from portal.cases.actions.verifications import keep_step, put_back
from portal.cases.events import ValidationWithdrawn, VerificationUndone
from portal.cases.models import Case, Verification
from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.extensions import db
from portal.people.rules import Actor


def withdraw_validation(actor: Actor, case: Case, reason: str, now: datetime) -> Verification:
    """It is no longer right: not validated until somebody vouches for it again.

    Raises `Refused` without a reason, and for what is not validated. Publishes
    `ValidationWithdrawn`.
    """
    if not line(reason):
        raise Refused(_l("Say what is no longer right, so that the owner can mend it."))
    hold(case)
    if case.confidence != "validated":
        raise Refused(_l("Only a validated case can lose its validation."))
    return _take_away(actor.id, case, "withdrawn", reason, now)


def facts_changed(actor_id: int, case: Case, names: tuple[str, ...], now: datetime) -> None:
    """Nobody vouched for the new numbers: the validation ends with them."""
    hold(case)
    if lasting_confidence(case) == "validated":
        _take_away(actor_id, case, "outdated", " ".join(names), now)


def lasting_confidence(case: Case) -> str | None:
    """How far it is vouched for; in the archive, as it was when it went there."""
    return case.confidence_before if case.confidence == "archived" else case.confidence


def undo_step(actor: Actor, step: Verification, now: datetime) -> None:
    """The trust of the case as it was before one's own newest step; twice does no harm.

    Raises `Refused` when something happened to it since: what was taken away comes back only to
    the very text it was taken from. Publishes `VerificationUndone`.
    """
    case = step.case
    hold(case)
    db.session.refresh(step)
    if step.undone_at is not None:
        return
    newest = select(Verification.id).where(
        Verification.case_id == case.id, Verification.undone_at.is_(None)
    ).order_by(Verification.id.desc()).limit(1)
    gives = step.act == "validated"
    expected = "validated" if gives else "not_validated"
    if (db.session.scalar(newest) != step.id or case.confidence != expected
            or not (gives or _same_text(case, step))):
        raise Refused(_l("The case has been changed since; nothing was undone."))
    put_back(case, step)
    step.undone_at = now
    audit.record(actor.id, "verification.undone", f"case:{case.id}", now, act=step.act)
    publish(VerificationUndone(step.id, case.id, actor.id))


def _same_text(case: Case, step: Verification) -> bool:
    """Whether the text is the one that somebody vouched for; new facts made another one."""
    return step.act != "outdated" and step.before["revision"] == case.revision


def _take_away(
    actor_id: int, case: Case, act: str, reason: str, now: datetime
) -> Verification:
    step = keep_step(actor_id, case, act, reason, now)
    if case.confidence == "archived":
        case.confidence_before = "not_validated"
    else:
        case.confidence = "not_validated"
    case.verified_until = None
    # The revision stays: it tells that somebody vouched for the case once.
    case.validated_by_id = case.validated_at = None
    audit.record(actor_id, f"validation.{act}", f"case:{case.id}", now, reason=step.reason)
    publish(ValidationWithdrawn(step.id, case.id, actor_id))
    return step
