"""How the case library reacts to what happens elsewhere."""

from collections.abc import Iterator

from sqlalchemy import delete, select, update

from portal.cases import origins
from portal.cases.events import CaseRecorded, SolutionAccepted
from portal.cases.models import Case, Comment, Retrospective, Solution, case_tags
from portal.core import clock
from portal.extensions import db
from portal.lists.events import TagsMerged, TermRelabelled
from portal.people.events import PersonRenamed, TeamDissolved
from portal.search.log.actions import gap_settled
from portal.search.outbox import enqueue


def index_cases_of_person(event: PersonRenamed) -> None:
    """A person's name stands in the documents of what they wrote."""
    ids = set(db.session.scalars(select(Case.id).where(Case.owner_id == event.user_id)))
    for model in (Solution, Comment):
        ids |= set(
            db.session.scalars(select(model.case_id).where(model.author_id == event.user_id))
        )
    enqueue(f"case:{case_id}" for case_id in ids)


def index_cases_of_term(event: TermRelabelled) -> None:
    """The wording of a list entry stands in the documents that use it."""
    if event.list == "tag":
        query = select(case_tags.c.case_id).where(case_tags.c.term_id == event.term_id)
    elif event.list in ("stage", "industry", "product", "region"):
        query = select(Case.id).where(getattr(Case, event.list) == event.code)
    elif event.list == "reason":
        enqueue(f"case:{case_id}" for case_id in _deals_because_of(event.code))
        return
    else:
        return
    enqueue(f"case:{case_id}" for case_id in db.session.scalars(query))


def _deals_because_of(reason: str) -> Iterator[int]:
    """Wins and losses with this main or contributing reason; databases search JSON each in
    their own way, and a reason is reworded so seldom that all are looked through."""
    rows = db.session.execute(select(
        Retrospective.case_id, Retrospective.main_reason, Retrospective.contributing_reasons
    ))
    for case_id, main, contributing in rows:
        if reason in (main, *contributing):
            yield case_id


def move_tagged_cases(event: TagsMerged) -> None:
    """Cases with the merged tag get the kept one, each once."""
    tagged = select(case_tags.c.case_id)
    enqueue(
        f"case:{case_id}"
        for case_id in db.session.scalars(tagged.where(case_tags.c.term_id == event.merged_id))
    )
    both = tagged.where(case_tags.c.term_id == event.kept_id).scalar_subquery()
    db.session.execute(
        delete(case_tags).where(
            case_tags.c.term_id == event.merged_id, case_tags.c.case_id.in_(both)
        )
    )
    db.session.execute(
        update(case_tags)
        .where(case_tags.c.term_id == event.merged_id)
        .values(term_id=event.kept_id)
    )


def move_cases_of_team(event: TeamDissolved) -> None:
    """Cases of a dissolved team become its heir's; without one, a case for the team alone is
    its owner's again."""
    theirs = select(Case.id).where(Case.team_id == event.team_id)
    enqueue(f"case:{case_id}" for case_id in db.session.scalars(theirs))
    db.session.execute(
        update(Case).where(Case.team_id == event.team_id).values(team_id=event.heir_id)
    )


def tell_origin(event: CaseRecorded) -> None:
    """The deal or the visit that a case comes from shows it from now on."""
    case = db.session.get_one(Case, event.case_id)
    origins.tell(event.actor_id, case.source_ref, case.id, case.kind, clock.now())


def settle_gap(event: SolutionAccepted) -> None:
    """From here on it counts anew whether people find the answer."""
    gap_settled(f"case:{event.case_id}", clock.now())
