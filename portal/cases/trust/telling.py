"""Who is told of validations, flags, handovers and reuse; after the transaction, each fact once."""

from collections.abc import Collection
from datetime import datetime, time

from portal.cases.events import (
    CaseFlagged,
    CaseReused,
    CasesHandedOver,
    CaseValidated,
    FlagReopened,
    FlagResolved,
    ReuseReviewed,
    ReuseUndone,
    ValidationWithdrawn,
    VerificationUndone,
)
from portal.cases.models import Case, Flag, Handover, Reuse, Verification
from portal.cases.trust import rules
from portal.cases.trust.queries.due import due_of
from portal.cases.trust.queries.flags import open_flags
from portal.cases.trust.subjects import OVERDUE_LIST
from portal.core import clock
from portal.extensions import db
from portal.people.models import User
from portal.people.queries import actor_for, team_tree
from portal.reminders.actions import notify, remind, settle
from portal.workdays.queries import calendar

FLAG_KINDS = ("trust.flagged", "trust.private")


def tell_of_validated(event: CaseValidated) -> None:
    """The owner; what asked for it is settled."""
    step = db.session.get(Verification, event.verification_id)
    if step is None or step.undone_at is not None:
        return
    subject, now = _subject(event.case_id), clock.now()
    settle(subject, now, kinds=("trust.due", "trust.withdrawn"))
    _settle_list(step.case.owner)
    notify({step.case.owner_id}, "trust.validated", subject, now,
           key=f"validated:{step.id}", actor_id=event.actor_id)


def tell_of_withdrawn(event: ValidationWithdrawn) -> None:
    """The owner, who must mend it; nobody needs to verify it as it stands."""
    step = db.session.get(Verification, event.verification_id)
    if step is None or step.undone_at is not None:
        return
    subject, now = _subject(event.case_id), clock.now()
    settle(subject, now, kinds=("trust.due", "trust.validated"))
    _settle_list(step.case.owner)
    notify({step.case.owner_id}, "trust.withdrawn", subject, now,
           key=f"withdrawn:{step.id}", actor_id=event.actor_id, detail={"anchor": "trust"})


def forget_the_step(event: VerificationUndone) -> None:
    """It never happened."""
    settle(_subject(event.case_id), clock.now(), kinds=("trust.validated", "trust.withdrawn"))


def tell_of_flagged(event: CaseFlagged) -> None:
    """The owner, and who leads them."""
    _tell_owner(event.flag_id, f"flag:{event.flag_id}")


def tell_of_reopened(event: FlagReopened) -> None:
    """The owner again, at most once a day; whoever raised it need not read an answer that was
    taken back."""
    flag = db.session.get(Flag, event.flag_id)
    if flag is not None:
        settle(_subject(flag.case_id), clock.now(), kinds=("trust.resolved",),
               person_id=flag.person_id)
        _tell_owner(flag.id, f"flag:{flag.id}:again:{clock.today()}", {event.actor_id})


def _tell_owner(flag_id: int, key: str, except_for: Collection[int] = ()) -> None:
    flag = db.session.get(Flag, flag_id)
    if flag is None or flag.resolved_at is not None:
        return
    owner = flag.case.owner
    manager = team_tree().line_manager(owner.id, owner.team_id)
    kind = "trust.private" if flag.reason in rules.URGENT_REASONS else "trust.flagged"
    people = {owner.id, manager} - {None, *except_for}
    notify({person for person in people if person}, kind, _subject(flag.case_id),
           clock.now(), key=key, actor_id=flag.person_id, detail={"anchor": "flags"})


def tell_of_resolved(event: FlagResolved) -> None:
    """Whoever raised it; the others have nothing left to do when it was the last."""
    flag = db.session.get(Flag, event.flag_id)
    if flag is None or flag.resolved_at is None:
        return
    now = clock.now()
    if not open_flags(flag.case):
        settle(_subject(flag.case_id), now, kinds=FLAG_KINDS)
    # One that was answered, reopened and answered again is told again.
    key = f"resolved:{flag.id}:{flag.resolved_at.isoformat()}"
    notify({flag.person_id}, "trust.resolved", _subject(flag.case_id), now, key=key,
           actor_id=event.actor_id, detail={"anchor": "flags"})


def ask_whether_it_helped(event: CaseReused) -> None:
    """After three working days, in working time."""
    reuse = db.session.get(Reuse, event.reuse_id)
    if reuse is None or reuse.outcome is not None:
        return
    days = calendar()
    day = days.next_working_day(clock.local_day(reuse.reused_at), rules.ASK_AFTER_DAYS)
    opening = days.after(datetime.combine(day, time.min, tzinfo=clock.zone()), 0)
    remind(reuse.person_id, "trust.helped", _subject(reuse.case_id), opening, clock.now(),
           key=f"helped:{reuse.case_id}", detail={"anchor": "review"})


def stop_asking(event: ReuseReviewed) -> None:
    """The person has said it; who takes it back is asked again."""
    reuse = db.session.get(Reuse, event.reuse_id)
    if reuse is not None and reuse.outcome is not None:
        _settle_asking(event.case_id, event.actor_id)


def forget_the_use(event: ReuseUndone) -> None:
    """It was not used after all."""
    _settle_asking(event.case_id, event.actor_id)


def tell_of_handover(event: CasesHandedOver) -> None:
    """Whose the cases are now."""
    handover = db.session.get(Handover, event.first_id)
    if handover is not None and handover.undone_at is None:
        notify({event.to_id}, "trust.handed", f"handover:{handover.id}", clock.now(),
               key=f"handover:{handover.batch}", actor_id=event.actor_id)


def _settle_list(owner: User) -> None:
    """The list of what is due is done when it is empty."""
    query = due_of(actor_for(owner), clock.today()).with_only_columns(Case.id).limit(1)
    if db.session.scalar(query) is None:
        settle(OVERDUE_LIST, clock.now(), kinds=("trust.due_many", "trust.asked"),
               person_id=owner.id)


def _settle_asking(case_id: int, person_id: int) -> None:
    settle(_subject(case_id), clock.now(), kinds=("trust.helped",), person_id=person_id)


def _subject(case_id: int) -> str:
    return f"case:{case_id}"
