"""Records that have names and no text, such as people: found as while typing."""

from collections.abc import Sequence

from portal.people.rules import Actor
from portal.search.analyzer import fold
from portal.search.find.hits import marked_briefs
from portal.search.find.results import Found
from portal.search.highlight import Reading
from portal.search.matching import Matcher
from portal.search.vocabulary.current import engine


def named(
    actor: Actor, wanted: Matcher, text: str, scope: str, most: int
) -> Sequence[Found]:
    """Records of a scope whose names are meant, not all that share a sign with what is typed;
    those that begin so come first."""
    hits = engine().complete(text, actor.tokens, limit=most, filters={"scope": (scope,)})
    folded = fold(text)
    found = [
        each for each in marked_briefs(actor, wanted, hits)
        if folded in fold(said := f"{each.card.title} {each.card.text} {each.card.name}")
        or wanted.says_all(Reading(said, wanted).labels)
    ]
    return sorted(found, key=lambda each: not each.title[:1] or not each.title[0].match)
