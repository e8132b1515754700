"""Asking the engine on behalf of a person, and turning its answers into what pages show."""

from portal.search.find.asking import ask, search, similar, similar_hits, tokens_of
from portal.search.find.facets import FACETS
from portal.search.find.nothing import Way, related, ways_on
from portal.search.find.results import Found, Place, Question, Results, Value
from portal.search.find.suggesting import Suggestions, suggest

__all__ = [
    "FACETS", "Found", "Place", "Question", "Results", "Suggestions", "Value", "Way", "ask",
    "related", "search", "similar", "similar_hits", "suggest", "tokens_of",
    "ways_on",
]
