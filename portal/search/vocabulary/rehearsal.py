"""What a text of many groups would add, decided line by line before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.core.text import line
from portal.search.synonyms import plain
from portal.search.vocabulary.phrases import Problem, key_of, read
from portal.search.vocabulary.queries import Group

MOST_LINES = 2000


@dataclass(frozen=True)
class Verdict:
    """What becomes of one line: `new`, `known` or `error`."""

    line: int
    kind: str
    text: str
    phrases: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def rehearse(text: str, present: Iterable[Group]) -> list[Verdict]:
    """The verdict on every line but blank ones and remarks (#), in the file's order.

    A line is known when one group in force has all its phrases, or an earlier line does.
    """
    known = [set(group.plain) for group in present if not group.is_removed]
    earlier: dict[str, int] = {}
    verdicts = []
    for number, written in enumerate(text.split("\n"), start=1):
        if line(written) and not line(written).startswith("#"):
            verdicts.append(_verdict(number, line(written), known, earlier))
    return verdicts


def _verdict(
    number: int, written: str, known: list[set[str]], earlier: dict[str, int]
) -> Verdict:
    found = read(written)
    problems = found.problems
    if not problems:
        first = earlier.setdefault(key_of(found.phrases), number)
        if first != number:
            problems = (Problem("double", str(first)),)
    if problems:
        return Verdict(number, "error", written, found.phrases, problems)
    wanted = {plain(phrase) for phrase in found.phrases}
    kind = "known" if any(wanted <= phrases for phrases in known) else "new"
    return Verdict(number, kind, written, found.phrases)
