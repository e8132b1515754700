"""The process that reads files: one request a line, one answer a line, within limits.

Started as a script by `reading.py`, never imported by the portal.
"""

import contextlib
import importlib
import json
import os
import resource
import sys
import types
from pathlib import Path
from typing import Any

# The readers need nothing of the application: a bare package in its place spares its second of
# start and its memory.
portal = types.ModuleType("portal")
portal.__path__ = [str(Path(__file__).resolve().parent.parent)]
sys.modules["portal"] = portal

from portal.extraction.budget import Budget, Enough  # noqa: E402
from portal.extraction.results import UNREADABLE, Extracted, Limits, outcome  # noqa: E402
from portal.extraction.tidy import tidied  # noqa: E402

MEGABYTE = 1024 * 1024


def main() -> None:
    """Say that it runs, then answer until the portal closes its end."""
    limits = Limits(**json.loads(sys.argv[1]))
    _enclose(limits)
    _say({})
    for line in sys.stdin:
        answer = _answer(Path(json.loads(line)), limits)
        _say(answer)
        if answer.get("last"):
            return


def _say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


def _enclose(limits: Limits) -> None:
    """Give up what reading does not need: memory, writing files, precedence."""
    memory = limits.memory_mb * MEGABYTE
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0),
                       (resource.RLIMIT_FSIZE, 0)):
        # A stricter limit that is in force already is as good.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
    os.nice(10)


def _answer(path: Path, limits: Limits) -> dict[str, Any]:
    _limit_time(limits)
    try:
        reader = _reader_for(path)
    except OSError:
        return {"status": "missing"}
    except ImportError as error:
        return {"status": "unavailable", "text": str(error)}
    extracted, spent = _extract(reader, path, limits)
    return {"status": extracted.status, "text": extracted.text, "last": spent}


def _limit_time(limits: Limits) -> None:
    """The kernel kills a reader that does not stop when it is asked to."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + limits.cpu_seconds) + limits.grace_seconds
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _reader_for(path: Path) -> types.ModuleType:
    """By what the bytes are; the name of a file may say anything."""
    with path.open("rb") as file:
        start = file.read(1024)
    if b"%PDF-" in start:
        kind = "pdf"
    elif start.startswith(b"PK\x03\x04"):
        kind = "office"
    else:
        kind = "plain"
    return importlib.import_module(f"portal.extraction.readers.{kind}")


def _extract(reader: types.ModuleType, path: Path, limits: Limits) -> tuple[Extracted, bool]:
    """What the file holds, and whether this process should better end now."""
    budget = Budget(limits)
    stopped = spent = False
    try:
        with budget.in_time():
            reader.read(path, budget)
    except Enough:
        # Enough words, or no more time.
        stopped = True
    except BaseException as error:
        # Nobody knows what a damaged or hostile file makes a reader raise.
        stopped, spent = True, not isinstance(error, Exception) or isinstance(error, MemoryError)
    found = outcome(tidied(budget.text))
    # What was read before the end is as good as any.
    return (Extracted(UNREADABLE) if stopped and not found.text else found), spent


if __name__ == "__main__":
    main()
