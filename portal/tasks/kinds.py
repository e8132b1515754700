"""The kinds of long work: each room declares its own, and what the pages show of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portal.tasks.models import Task
    from portal.tasks.progress import Progress

Run = Callable[["Task", "Progress"], None]


@dataclass(frozen=True)
class Link:
    """Where the person goes on from here."""

    label: Any
    url: str
    icon: str = "arrow-right"
    is_download: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of long work.

    `run(task, progress)` does it; it may be called again for the same task after a crash when it
    `resumes`, so what it writes in one `progress.batch()` must be what it need not do again.
    `steps` are the words for what it says it is doing, `links(task)` where its page leads,
    `outcome(task)` says what came of it once it is over, and `when_cancelled` what becomes of what
    was done so far.
    """

    name: str
    label: Any
    run: Run
    resumes: bool = False
    steps: Mapping[str, Any] = field(default_factory=dict)
    links: Callable[["Task"], Sequence[Link]] = lambda task: ()
    outcome: Callable[["Task"], Any] = lambda task: ""
    when_cancelled: Any = None


_kinds: dict[str, Kind] = {}


def kind(name: str, label: Any, **more: Any) -> Callable[[Run], Run]:
    """Declare the function that does this kind of work; the keywords are those of `Kind`."""

    def declare(run: Run) -> Run:
        _kinds[name] = Kind(name, label, run, **more)
        return run

    return declare


def kind_of(name: str) -> Kind | None:
    """The kind of this name; None for one that an earlier version knew."""
    return _kinds.get(name)
