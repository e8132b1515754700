"""One key for every way of writing the same question."""

from portal.core.text import line
from portal.search.analyzer import fold, split_words
from portal.search.query import MAX_CHARACTERS, MAX_WORDS, parse


def key_of(text: str) -> str:
    """The words asked for, folded, without quotes, operators and punctuation; at most 200 signs.

    Empty when nothing but fields and exclusions is asked, or no word at all: that is no question.
    The key of a key is the key itself.
    """
    query = parse(text)
    words = query.words
    if query.phrases:
        # They are read apart from the words around them; what was typed first stands first.
        words = tuple(sorted(words, key=" ".join(text.split()).find))
    return _normal(_normal(fold(" ".join(words)))[:MAX_CHARACTERS])


def kept_text(text: str) -> str:
    """The question as typed, without signs that no database takes; at most 200."""
    # Half a pair of signs cannot be stored.
    return line(text.encode("utf-8", "ignore").decode())[:MAX_CHARACTERS]


def is_narrowed(text: str) -> bool:
    """Whether fields, days or exclusions in the words themselves leave records out."""
    query = parse(text)
    return bool(query.fields or query.excluded or query.since or query.until)


def _normal(folded: str) -> str:
    words = [word for word, _, _ in split_words(folded)]
    return " ".join(words[:MAX_WORDS])
