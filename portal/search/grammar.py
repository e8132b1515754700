"""English words that say more about grammar than about the subject."""

from __future__ import annotations

_WORDS = """
a about after all am an and any are as at be because been before being but by can could did do does
doing done don for from get had has have having he her his how i if in into is its just me more most
my no not of on or our out over she should so some such than that the their them then there these
they this those to too up very was we were what when where which while why will with would you your
"""
FUNCTION_WORDS = frozenset(_WORDS.split())
# In capitals these are a department, a country and an authority: typed alone they are meant.
AMBIGUOUS_WORDS = frozenset(("it", "us", "who"))


def is_function_word(token: str) -> bool:
    """Does a word of a question say little? (Folded; a doubtful one says something.)"""
    return token in FUNCTION_WORDS


def may_be_function_word(token: str) -> bool:
    """Does a word of a long text say little, as far as one can know?"""
    return token in FUNCTION_WORDS or token in AMBIGUOUS_WORDS
