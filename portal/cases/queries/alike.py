"""Cases that may answer already what somebody begins to write (K9)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.cases import rules
from portal.cases.models import Case
from portal.cases.queries.cases import readable_by
from portal.core.plain_text import plain
from portal.core.text import folded
from portal.extensions import db
from portal.people.rules import Actor
from portal.search import find
from portal.search.analyzer import fold
from portal.search.highlight import Fragment

# Fewer signs than this say nothing yet.
ENOUGH_OF_A_TITLE = 4
# More would push the form off the screen.
MOST = 5
LONGEST_LINE = 120
# Each of the two ways to look names so many.
CANDIDATES = 8
# What a search would read as its own language; in a title they are only signs.
SIGNS = re.compile(r"[\"“”„「」『』:：]|(?<!\S)[-－−–—]+")


@dataclass(frozen=True)
class Alike:
    """A case as the form shows it: the words for which it was found, and what solved it."""

    case: Case
    excerpt: Sequence[Fragment]
    answer: str


def cases_alike(actor: Actor, title: str, words: str = "", limit: int = MOST) -> list[Alike]:
    """The cases most like a title and the first lines under it; none for a title too short.

    Only published ones: nobody's draft, not even one's own, and nothing from the archive.
    """
    title = " ".join(title.split())
    if len(title) < ENOUGH_OF_A_TITLE:
        return []
    excerpts = _asked(actor, title)
    places = _places(excerpts)
    if words:
        hits = find.similar_hits(actor, f"{title}\n{title}\n{words}", limit=CANDIDATES)
        places = _merged(places, _places(hit.ref for hit in hits))
    cases = _published(actor, places)
    best = sorted(cases, key=lambda case: places[case.search_ref])
    return [_shown(case, excerpts) for case in best[:limit]]


def very_alike(actor: Actor, title: str) -> list[Alike]:
    """What to look at before publishing: all that is alike, when one of it has nearly the same
    title."""
    found = cases_alike(actor, title)
    typed = fold(folded(title))
    near = (rules.likeness(typed, fold(folded(each.case.title))) for each in found)
    return found if any(share >= rules.VERY_ALIKE for share in near) else []


def _asked(actor: Actor, title: str) -> dict[str, Sequence[Fragment]]:
    """What a search for the title finds, best first: a title is a question, and its synonyms
    count."""
    wanted = {"kind": rules.KINDS, "confidence": rules.LIVE}
    question = SIGNS.sub(" ", title)
    found = find.search(actor, question, filters=wanted, limit=CANDIDATES, facets=()).found
    return {hit.card.ref: hit.snippet for hit in found}


def _places(refs: Iterable[str]) -> dict[str, float]:
    """Each reference with its place in the list; the best has the lowest."""
    return {ref: float(place) for place, ref in enumerate(refs)}


def _merged(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    """One order out of two by reciprocal ranks, which need no common scale of scores."""
    def rank(ref: str) -> float:
        return -sum(1 / (10 + places[ref]) for places in (one, other) if ref in places)

    return {ref: rank(ref) for ref in {**one, **other}}


def _published(actor: Actor, refs: Iterable[str]) -> list[Case]:
    """These cases with what solved them; the database has the last word on who may read."""
    numbers = [int(ref[5:]) for ref in refs if ref.startswith("case:")]
    query = (
        select(Case).options(joinedload(Case.accepted))
        .where(readable_by(actor), Case.id.in_(numbers), Case.confidence.in_(rules.LIVE))
    )
    return list(db.session.scalars(query))


def _shown(case: Case, excerpts: Mapping[str, Sequence[Fragment]]) -> Alike:
    excerpt = excerpts.get(case.search_ref) or [Fragment(_first_line(case.body), False)]
    answer = _first_line(case.accepted.body) if case.accepted else ""
    return Alike(case, excerpt, answer)


def _first_line(text: str) -> str:
    """The first line that says something; headings of the templates say nothing yet."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    said = filter(None, (plain(line).strip() for line in lines))
    return next(said, "")[:LONGEST_LINE]
