"""What features tell the search room about their records: it knows documents, nothing else."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from portal.people.rules import Actor
from portal.search.document import Document


@dataclass(frozen=True)
class Badge:
    """A word with a tone beside a hit."""

    label: str
    tone: str = "grey"


@dataclass(frozen=True)
class Card:
    """What a result page shows of a record; `text` is where the snippet is cut from."""

    ref: str
    name: str
    kind: str
    title: str
    url: str
    text: str
    author: str
    created: datetime
    icon: str = "file-text"
    badges: tuple[Badge, ...] = field(default=())
    tags: tuple[str, ...] = ()


Place = Literal["solution", "comment", "attachment", "facts"]


@dataclass(frozen=True)
class Passage:
    """A text of a record beside its title and main text.

    `label` names it (the author of a comment, the name of a file), `anchor` leads to it on the
    record's page.
    """

    where: Place
    label: str
    text: str
    anchor: str = ""


def _no_passages(actor: Actor, ids: Collection[int]) -> Mapping[int, Sequence[Passage]]:
    return {}


def _no_offers(actor: Actor, name: str, text: str) -> Mapping[str, str]:
    return {}


def _none_waits(ids: Collection[int]) -> Collection[int]:
    return ()


def _everybody(actor: Actor) -> bool:
    return True


@dataclass(frozen=True, eq=False)
class Source:
    """One kind of searchable record.

    `touched(row)` names the record that a changed row belongs to, or None; `documents(ids)`
    describes records (ids that are gone are left out); `all_ids()` lists every record;
    `cards(actor, ids)` shows those the actor may read; `labels(actor, facet, codes)` words facet
    values, as far as the actor may know them; `resolve(field, text)` turns a word typed after
    `author:` or `tag:` into facet codes.

    Records of one `scope` are searched together. Those that are found `by_name` have no text: they
    are found as while typing. `briefs` are cards without text and badges, quick
    enough for every keystroke. `passages(actor, ids)` gives the other texts of records whose cards
    the actor was shown. `offers(actor, field, text)` proposes values of a field, code and word,
    that begin with, hold or sound like a text, the likeliest first; only those the actor may meet.
    `waiting(ids)` tells which of these are questions that still wait for their solution.
    Who is not `meant` finds none of them anyway and is not offered their scope.
    """

    prefix: str
    touched: Callable[[Any], int | None]
    documents: Callable[[Collection[int]], Iterable[Document]]
    all_ids: Callable[[], Collection[int]]
    cards: Callable[[Actor, Collection[int]], Mapping[int, Card]]
    labels: Callable[[Actor, str, Collection[str]], Mapping[str, str]]
    resolve: Callable[[str, str], Collection[str]]
    scope: str = "library"
    by_name: bool = False
    briefs: Callable[[Actor, Collection[int]], Mapping[int, Card]] | None = None
    passages: Callable[[Actor, Collection[int]], Mapping[int, Sequence[Passage]]] = _no_passages
    offers: Callable[[Actor, str, str], Mapping[str, str]] = _no_offers
    waiting: Callable[[Collection[int]], Collection[int]] = _none_waits
    meant: Callable[[Actor], bool] = _everybody


_sources: dict[str, Source] = {}


def install(sources: Iterable[Source]) -> None:
    """The whole table of sources, replacing an earlier one."""
    _sources.clear()
    _sources.update({source.prefix: source for source in sources})


def installed() -> Collection[Source]:
    return _sources.values()


def scopes(actor: Actor) -> list[str]:
    """The scopes that have a source for this person, in the order of the sources."""
    return list(dict.fromkeys(source.scope for source in installed() if source.meant(actor)))


def is_by_name(scope: str) -> bool:
    """Whether nothing in this scope has more than names."""
    return all(source.by_name for source in installed() if source.scope == scope)


def source_of(ref: str) -> tuple[Source, int] | None:
    """The source and the id behind a reference such as `case:12`."""
    prefix, _, number = ref.partition(":")
    source = _sources.get(prefix)
    # References come from forms too.
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    return (source, int(number)) if source and is_number else None


def by_source(refs: Iterable[str]) -> dict[Source, list[int]]:
    """References grouped by where they belong; unknown ones are left out."""
    groups: dict[str, list[int]] = {}
    for ref in refs:
        found = source_of(ref)
        if found:
            groups.setdefault(found[0].prefix, []).append(found[1])
    return {_sources[prefix]: ids for prefix, ids in groups.items()}
