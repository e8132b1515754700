"""One key for every way of writing the same question."""

from portal.search.analyzer import fold, split_words
from portal.search.query import MAX_CHARACTERS, MAX_WORDS, parse


def key_of(text: str) -> str:
    """The words asked for, folded, without quotes, operators and punctuation; at most 200 signs.

    Empty when nothing but fields and exclusions is asked, or no word at all: that is no question.
    The key of a key is the key itself.
    """
    words = parse(text).words
    # Phrases are told apart from words; what was typed first shall stand first.
    typed = " ".join(text.split())
    ordered = sorted(words, key=typed.find)
    return _normal(" ".join(_normal(fold(word)) for word in ordered)[:MAX_CHARACTERS])


def is_narrowed(text: str) -> bool:
    """Whether fields, days or exclusions in the words themselves leave records out."""
    query = parse(text)
    return bool(query.fields or query.excluded or query.since or query.until)


def _normal(folded: str) -> str:
    words = [word for word, _, _ in split_words(folded)]
    return " ".join(words[:MAX_WORDS])
