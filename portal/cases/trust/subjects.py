"""Lists of the trust room, and handovers, as what news are about."""

from collections.abc import Collection, Mapping, Sequence

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from portal.cases.models import Case, Handover
from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext
from portal.extensions import db
from portal.people.rules import Actor
from portal.reminders.subjects import About, Subject

OVERDUE_LIST, REVIEW_QUEUE = "trust:1", "trust:2"


def _lists(actor: Actor, ids: Collection[int]) -> Mapping[int, About]:
    """The two lists, each for whom it is."""
    found = {1: About(_("Cases to verify"), url_for("trust.overdue"))}
    if actor.is_manager:
        found[2] = About(_("Review queue"), url_for("trust.review_queue"))
    return {number: about for number, about in found.items() if number in ids}


def _handovers(actor: Actor, ids: Collection[int]) -> Mapping[int, About]:
    """What became this person's in one go: the case, or how many."""
    batch = aliased(Handover)
    rows = db.session.execute(
        select(Handover.id, func.count(), func.min(Case.id), func.min(Case.title))
        .join(batch, batch.batch == Handover.batch).join(Case, Case.id == batch.case_id)
        .where(Handover.id.in_(ids), Handover.to_id == actor.id, batch.undone_at.is_(None))
        .group_by(Handover.id)
    )
    return {
        number: About(title, url_for("cases.show", case_id=case_id)) if count == 1 else About(
            ngettext("%(num)d case", "%(num)d cases", count),
            url_for("cases.of_person", user_id=actor.id),
        )
        for number, count, case_id, title in rows
    }


def _list_readers(number: int, actors: Sequence[Actor]) -> Collection[int]:
    return {actor.id for actor in actors if number == 1 or actor.is_manager}


def _handover_readers(number: int, actors: Sequence[Actor]) -> Collection[int]:
    to_id = db.session.scalar(select(Handover.to_id).where(Handover.id == number))
    return {actor.id for actor in actors if actor.id == to_id}


SUBJECTS = (Subject("trust", _lists, _list_readers),
            Subject("handover", _handovers, _handover_readers))
