"""What waits for a person so that the library stays true, as rows of the start page."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from flask import url_for

from portal.cases.models import Case, Flag, Reuse
from portal.cases.queries import waiting
from portal.cases.trust import rules
from portal.cases.trust.queries.flags import waiting_for
from portal.cases.trust.queries.owners import leavers
from portal.cases.trust.queries.uses import unreviewed
from portal.cases.trust.words import flag_word
from portal.core import clock
from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext
from portal.core.today import Choice, Pressing, Row
from portal.extensions import db
from portal.people.rules import Actor
from portal.workdays.queries import calendar

# So many of one sort stand here one by one; a row leads to the others.
MOST = 5


def rows(actor: Actor, now: datetime) -> Iterator[Row]:
    """Flags, verification, reviews of what one used; for managers validation and leavers."""
    for flag in db.session.scalars(waiting_for(actor)):
        yield _flagged(flag, actor)
    yield from _to_verify(actor, clock.local_day(now))
    yield from _used(actor, now)
    if actor.is_manager:
        yield from (_left(row) for row in leavers(actor))
        yield from _to_validate(actor)


def _flagged(flag: Flag, actor: Actor) -> Row:
    case, urgent = flag.case, flag.reason in rules.URGENT_REASONS
    return Row(
        pressing=Pressing.ANSWER if urgent else Pressing.CHECK,
        what=_("Flagged: %(reason)s", reason=flag_word(flag.reason)), title=case.title,
        open=url_for("cases.show", case_id=case.id), icon="flag", tone="red" if urgent else "amber",
        who=flag.person.name, since=flag.created_at, action=_("See what is wrong"),
        target=url_for("cases.show", case_id=case.id, _anchor="flags"), key=f"flags:{case.id}",
    )


def _to_verify(actor: Actor, today: date) -> Iterator[Row]:
    found = db.session.scalars(waiting.to_verify(actor, today)).all()
    for case in found[:MOST]:
        yield _verify(case)
    if len(found) > MOST:
        yield _list(_("More of your cases to verify"), _("Is this still right?"),
                    url_for("trust.overdue"), Pressing.CHECK, "clock-exclamation", "amber")


def _verify(case: Case) -> Row:
    url = url_for("cases.show", case_id=case.id)
    target = url_for("cases.validate", case_id=case.id, next=url_for("home.today"))
    return Row(
        pressing=Pressing.CHECK, what=_("Is this still right?"), title=case.title, open=url,
        who="", since=_since(case.verified_until), icon="clock-exclamation", tone="amber",
        action=_("Still right"), target=target, post=True,
    )


def _used(actor: Actor, now: datetime) -> Iterator[Row]:
    """What one used three working days ago or longer."""
    found = db.session.scalars(unreviewed(actor, now)).all()
    days = calendar() if found else None
    for reuse in found:
        used = clock.local_day(reuse.reused_at)
        if days and days.next_working_day(used, rules.ASK_AFTER_DAYS) <= clock.local_day(now):
            yield _did_it_help(reuse)


def _did_it_help(reuse: Reuse) -> Row:
    def said(outcome: str) -> str:
        return url_for("trust.review", reuse_id=reuse.id, outcome=outcome,
                       next=url_for("home.today"))

    case = reuse.case
    return Row(
        pressing=Pressing.GO_ON, what=_("You used this: did it help?"), title=case.title,
        open=url_for("cases.show", case_id=case.id, _anchor="review"), who="",
        since=reuse.reused_at, icon="repeat", tone="blue", action=_("It helped"),
        target=said(rules.HELPED), post=True,
        choices=(Choice(_("Did not help"), said(rules.NOT_HELPED)),
                 Choice(_("Do not ask"), said(rules.DISMISSED))),
    )


def _to_validate(actor: Actor) -> Iterator[Row]:
    found = db.session.scalars(waiting.to_validate(actor)).all()
    for case in found[:MOST]:
        url = url_for("trust.read", case_id=case.id, tab="new")
        yield Row(
            pressing=Pressing.READ, what=_("Not validated yet"), title=case.title, open=url,
            who=case.author_name, since=case.created_at, icon="shield-check", tone="blue",
            action=_("Read"), target=url,
        )
    if len(found) > MOST:
        yield _list(_("More cases to review"), _("Not validated yet"),
                    url_for("trust.review_queue"), Pressing.READ, "shield-check", "blue")


def _left(row: Any) -> Row:
    person_id, name, left, count = row
    url = url_for("trust.hand_over_all", user_id=person_id)
    return Row(
        pressing=Pressing.CHECK, what=_("Needs a new owner"), who=name, since=left,
        title=ngettext("%(num)d case", "%(num)d cases", count), open=url, icon="user-off",
        tone="amber", action=_("Hand over"), target=url, key=f"left:{person_id}",
    )


def _list(
    title: str, what: str, url: str, pressing: Pressing, icon: str, tone: str
) -> Row:
    return Row(pressing=pressing, what=what, title=title, open=url, who="", since=None,
               icon=icon, tone=tone, action=_("Open the list"), target=url)


def _since(day: date | None) -> datetime:
    return datetime.combine(day or clock.today(), time.min, tzinfo=clock.zone())
