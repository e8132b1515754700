"""Cases as what news and reminders are about, for whoever may read them."""

from collections.abc import Collection, Mapping, Sequence

from flask import url_for
from sqlalchemy import select

from portal.cases.models import Case
from portal.cases.queries.cases import readable_by
from portal.cases.rules import readable
from portal.extensions import db
from portal.people.rules import Actor
from portal.reminders.subjects import About, Subject


def _about(actor: Actor, ids: Collection[int]) -> Mapping[int, About]:
    query = select(Case.id, Case.title).where(Case.id.in_(ids), readable_by(actor))
    return {
        case_id: About(title, url_for("cases.show", case_id=case_id))
        for case_id, title in db.session.execute(query)
    }


def _readers(case_id: int, actors: Sequence[Actor]) -> Collection[int]:
    columns = (Case.audience, Case.confidence, Case.owner_id, Case.team_id)
    case = db.session.execute(select(*columns).where(Case.id == case_id)).one_or_none()
    if case is None:
        return ()
    return {
        actor.id for actor in actors
        if readable(
            audience=case.audience, confidence=case.confidence, owner_id=case.owner_id,
            team_id=case.team_id, reader_id=actor.id, reader_teams=actor.reads_teams,
            reader_is_manager=actor.is_manager,
        )
    }


CASE = Subject("case", _about, _readers)
