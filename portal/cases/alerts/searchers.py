"""Who looked for what a problem asks, and is told when it has its answer."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from portal.cases.events import SolutionAccepted
from portal.cases.models import Case, Solution
from portal.cases.rules import LIVE
from portal.core import clock
from portal.extensions import db
from portal.reminders.actions import notify
from portal.search.analyzer import analyze, is_function_pair
from portal.search.log.models import GapDecision, LoggedSearch
from portal.search.log.rules import RESULTS

LOOKED_WITHIN = timedelta(days=90)
# The newest searches that are read to find the same question; older ones are told nothing.
MOST_SEARCHES = 20_000


def tell_searchers(event: SolutionAccepted) -> None:
    """Everyone who searched for it learns that it has an answer, once for ever.

    Those who cleared their history are nobody, and stay so.
    """
    case, solution = db.session.get(Case, event.case_id), db.session.get(
        Solution, event.solution_id)
    if case is None or solution is None or case.accepted_id != event.solution_id:
        return
    if case.confidence not in LIVE:
        return
    now = clock.now()
    people = searchers_of(case, now) - {case.owner_id, solution.author_id, event.actor_id}
    notify(people, "answers.found", f"case:{case.id}", now, key=f"found:{case.id}",
           actor_id=event.actor_id, detail={"anchor": f"solution-{solution.id}"})


def searchers_of(case: Case, now: datetime) -> set[int]:
    """People whose search led to the problem: it was asked because of it, they opened it from
    their results, or all words of their question stand in its title and tags."""
    return _led_there(case, now) | _asked_the_same(case, now)


def _led_there(case: Case, now: datetime) -> set[int]:
    ref = f"case:{case.id}"
    asked = select(GapDecision.key).where(GapDecision.ref == ref)
    query = select(LoggedSearch.person_id).distinct().where(
        LoggedSearch.person_id.is_not(None), LoggedSearch.searched_at >= now - LOOKED_WITHIN,
        or_(LoggedSearch.opened_ref == ref, LoggedSearch.key.in_(asked)),
    )
    return {person for person in db.session.scalars(query) if person is not None}


def _asked_the_same(case: Case, now: datetime) -> set[int]:
    newest = (
        select(LoggedSearch.key, LoggedSearch.person_id)
        .where(LoggedSearch.searched_at >= now - LOOKED_WITHIN,
               LoggedSearch.person_id.is_not(None),
               or_(LoggedSearch.surface == RESULTS, LoggedSearch.opened_ref.is_not(None)))
        .order_by(LoggedSearch.searched_at.desc(), LoggedSearch.id.desc()).limit(MOST_SEARCHES)
    )
    askers: dict[str, set[int]] = {}
    for key, person in db.session.execute(newest):
        if person is not None:
            askers.setdefault(key, set()).add(person)
    words = subject_words([case.title, *(tag.label_zh for tag in case.tags)])
    return {
        person for key, people in askers.items()
        if asks_for(key, words) for person in people
    }


def subject_words(texts: Iterable[str]) -> frozenset[str]:
    """What a title and tags speak of, as the index sees it."""
    return frozenset(token for text in texts for token in analyze(text))


def asks_for(question: str, words: frozenset[str]) -> bool:
    """Whether a question is about this: each of its words is among `words`. Single characters
    and pairs of grammar say nothing, and a question of nothing else is about nothing."""
    asked = {token for token in analyze(question)
             if len(token) > 1 and not is_function_pair(token)}
    return bool(asked) and asked <= words
