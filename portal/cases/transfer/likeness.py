"""Which known cases have nearly the same title: asked of thousands of records in one rehearsal."""

from collections import Counter
from collections.abc import Iterable, Set

from sqlalchemy import select

from portal.cases import rules
from portal.cases.models import Case
from portal.cases.queries.alike import ENOUGH_OF_A_TITLE
from portal.cases.queries.cases import readable_by
from portal.core.text import folded
from portal.extensions import db
from portal.people.rules import Actor
from portal.search.analyzer import fold

# Counted without how often a pair occurs, likeness is a little off: the exact measure decides.
NEAR = rules.VERY_ALIKE - 0.15


class KnownTitles:
    """Titles by the pairs of signs in them.

    The form that records one case asks the search, which knows synonyms too; for thousands of
    cases that would take many minutes.
    """

    def __init__(self, titles: Iterable[tuple[int, str]]) -> None:
        self._titles: dict[int, str] = {}
        self._sizes: dict[int, int] = {}
        self._having: dict[str, list[int]] = {}
        for case_id, title in titles:
            plain = fold(folded(title))
            found = _pairs(plain)
            self._titles[case_id], self._sizes[case_id] = plain, len(found)
            for pair in found:
                self._having.setdefault(pair, []).append(case_id)

    def like(self, title: str, most: int) -> list[int]:
        """The cases whose titles are most like this one, best first."""
        typed = fold(folded(title))
        pairs = _pairs(typed)
        if len(typed) < ENOUGH_OF_A_TITLE or not pairs:
            return []
        shared: Counter[int] = Counter()
        for pair in pairs:
            shared.update(self._having.get(pair, ()))
        near = [case_id for case_id, count in shared.items()
                if 2 * count >= NEAR * (len(pairs) + self._sizes[case_id])]
        exact = {case_id: rules.likeness(typed, self._titles[case_id]) for case_id in near}
        best = sorted(exact, key=lambda case_id: (-exact[case_id], case_id))
        return [case_id for case_id in best if exact[case_id] >= rules.VERY_ALIKE][:most]


def known_titles(actor: Actor) -> KnownTitles:
    """The titles of everything published that the person may read."""
    query = select(Case.id, Case.title).where(
        readable_by(actor), Case.confidence.in_(rules.LIVE))
    return KnownTitles((case_id, title) for case_id, title in db.session.execute(query))


def _pairs(text: str) -> Set[str]:
    signs = "".join(sign for sign in text if sign.isalnum())
    return {signs[start : start + 2] for start in range(len(signs) - 1)}
