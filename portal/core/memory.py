"""Remembers what was made of a text, so that making it again costs nothing; within a budget."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Made = TypeVar("Made", bound=str)


def remembered(characters: int) -> Callable[[Callable[[str], Made]], Callable[[str], Made]]:
    """Keep the latest answers of a function of one text: as many as have `characters` in all.

    Counted in characters and not in answers, because a few very long texts must not take the
    memory of thousands of usual ones.
    """

    def decorate(make: Callable[[str], Made]) -> Callable[[str], Made]:
        kept: OrderedDict[str, Made] = OrderedDict()
        lock = threading.Lock()
        total = 0

        @wraps(make)
        def answer(text: str) -> Made:
            nonlocal total
            with lock:
                if text in kept:
                    kept.move_to_end(text)
                    return kept[text]
            made = make(text)
            with lock:
                if text not in kept:
                    kept[text] = made
                    total += len(text) + len(made)
                while total > characters:
                    dropped, its_answer = kept.popitem(last=False)
                    total -= len(dropped) + len(its_answer)
            return made

        return answer

    return decorate
