"""What a reference like `case:12` is for a reader: title and address, or nothing at all."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from flask import current_app, has_request_context

from portal.people.rules import Actor


@dataclass(frozen=True)
class About:
    """What a record is called, and where it is in the portal."""

    title: str
    url: str


@dataclass(frozen=True)
class Subject:
    """One sort of record. `about(actor, ids)` leaves out what the actor may not read.

    `readers(id, actors)` says who of many may read one record, in few statements; without it
    each is asked about by `about`.
    """

    prefix: str
    about: Callable[[Actor, Collection[int]], Mapping[int, About]]
    readers: Callable[[int, Sequence[Actor]], Collection[int]] | None = None


_subjects: dict[str, Subject] = {}


def install(subjects: Sequence[Subject]) -> None:
    """The whole list of sorts, replacing an earlier one."""
    _subjects.clear()
    _subjects.update({subject.prefix: subject for subject in subjects})


def parts(ref: str) -> tuple[str, int]:
    """`("case", 12)` of `case:12`. Raises `ValueError` for anything else."""
    prefix, _, number = ref.partition(":")
    return prefix, int(number)


def about(actor: Actor, refs: Iterable[str]) -> dict[str, About]:
    """What these references are for the reader, one question for each sort; what the reader may
    not read, and what is no more, is missing."""
    wanted: dict[str, set[int]] = {}
    for ref in refs:
        prefix, number = parts(ref)
        wanted.setdefault(prefix, set()).add(number)
    return {
        f"{prefix}:{number}": found
        for prefix, ids in wanted.items() if prefix in _subjects
        for number, found in _subjects[prefix].about(actor, ids).items()
    }


def readers(ref: str, actors: Sequence[Actor]) -> frozenset[int]:
    """The ids of those who may read the record."""
    prefix, number = parts(ref)
    subject = _subjects.get(prefix)
    if subject is None:
        return frozenset()
    if subject.readers is not None:
        return frozenset(subject.readers(number, actors))
    with able_to_name_addresses():
        return frozenset(actor.id for actor in actors if subject.about(actor, {number}))


@contextmanager
def able_to_name_addresses() -> Iterator[None]:
    """Addresses of pages are named inside of requests; jobs borrow an empty one."""
    if has_request_context():
        yield
    else:
        with current_app.test_request_context():
            yield


def is_ref(text: str) -> bool:
    """Whether this names a record of a sort that the portal knows."""
    prefix, _, number = text.partition(":")
    return prefix in _subjects and number.isascii() and number.isdigit() and len(number) < 10
