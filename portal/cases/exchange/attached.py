"""The files that a record names: where they lie in the folder, how the text links to them."""

import posixpath
import re
from pathlib import PurePosixPath
from typing import Any

from portal.cases.exchange.records import File, Wrong
from portal.cases.exchange.values import text_of
from portal.core.i18n import lazy_gettext as _l

# A case that took others in has their files besides its own thirty.
MOST_FILES = 300
# Signs that some file system or another does not take in a name.
UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


def files_of(value: Any, page: str) -> tuple[File, ...]:
    """The files listed under `attachments:`, each a path beside the page, or name and file."""
    entries = value if isinstance(value, list) else [value]
    if len(entries) > MOST_FILES:
        raise Wrong(_l("A case has at most %(most)d files.", most=MOST_FILES))
    return tuple(_file(entry, page) for entry in entries)


def _file(entry: Any, page: str) -> File:
    given = entry if isinstance(entry, dict) else {"file": entry}
    place = text_of(given.get("file"))
    # Without a path it is told when it is fetched: the case goes in without this file.
    path = inside(place, page) or ""
    return File(text_of(given.get("name")) or PurePosixPath(path).name, place, path)


def inside(place: str, page: str) -> str | None:
    """The path in the folder that a page means; None when it leads out of it."""
    if not place or place.startswith(("/", "\\")) or ":" in place.split("/")[0]:
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), place))
    return None if path.startswith("../") or path in ("..", ".") else path


def names_in_folder(names: list[str]) -> list[str]:
    """Each name as the name of a file in one folder: safe everywhere, none twice."""
    taken: set[str] = set()
    found = []
    for name in names:
        name = UNSAFE.sub("_", name).strip(" .") or "file"
        stem, dot, ending = name.rpartition(".")
        number = 1
        candidate = name
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{stem} ({number}){dot}{ending}" if dot else f"{name} ({number})"
        taken.add(candidate.casefold())
        found.append(candidate)
    return found
