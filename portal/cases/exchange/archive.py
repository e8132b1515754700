"""A zip archive as a folder. Nothing is unpacked: members are read one by one, within limits."""

import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from portal.cases.exchange.folders import Entry, takes, within
from portal.cases.exchange.records import Problem, Wrong
from portal.core.i18n import lazy_gettext as _l

MOST_MEMBERS = 300_000
MOST_BYTES = 20 * 1024**3
# Text shrinks to a tenth; what shrinks to a two-hundredth was made to burst the machine.
FREE_BYTES = 50 * 1024**2
MOST_RATIO = 200
DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True)
class Limits:
    """How much an archive may hold."""

    members: int
    unpacked: int


class Archive:
    """An archive made by `portal export`, or any folder somebody zipped."""

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        self.limits = limits or Limits(MOST_MEMBERS, MOST_BYTES)
        self.problems: list[Problem] = []
        self.others = 0
        try:
            self._zip = zipfile.ZipFile(path)
            members = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise Wrong(_l("It is damaged, or no zip archive.")) from None
        self._check_size(members, path.stat().st_size)
        self._members: dict[str, zipfile.ZipInfo] = {}
        for member in members:
            self._take(member)

    def _check_size(self, members: list[zipfile.ZipInfo], size: int) -> None:
        if len(members) > self.limits.members:
            raise Wrong(_l("The archive holds more than %(most)d files.",
                           most=self.limits.members))
        total = sum(member.file_size for member in members)
        if total > self.limits.unpacked or (total > FREE_BYTES and total > MOST_RATIO * size):
            raise Wrong(_l("Unpacked, the archive would be %(size)d MB: too large to be true.",
                           size=total >> 20))

    def _take(self, member: zipfile.ZipInfo) -> None:
        name = _name(member)
        reason = _fault(name, member)
        if member.is_dir() or (reason is None and _is_hidden(name)):
            return
        if name in self._members:
            reason = _l("The archive holds this name twice.")
        if reason is None:
            self._members[name] = member
        else:
            self.problems.append(Problem(name, 0, reason))

    def entries(self) -> list[Entry]:
        # The times in an archive name no zone, and an export's are fixed: they mean nothing.
        found = [Entry(name, None) for name in sorted(self._members) if takes(name)]
        self.others = len(self._members) - len(found)
        return found

    def read(self, path: str, limit: int) -> bytes:
        member = self._members.get(path)
        if member is None:
            raise Wrong(_l("“%(file)s” is not there.", file=path))
        try:
            with self._zip.open(member) as file:
                return within(file.read(limit + 1), limit)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError,
                RuntimeError):
            raise Wrong(_l("This part of the archive is damaged.")) from None


def _name(member: zipfile.ZipInfo) -> str:
    """The name as meant: archives made in Explorer hold Chinese names without saying how."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _is_hidden(name: str) -> bool:
    """Files of the system that made the archive, not of the person."""
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def _fault(name: str, member: zipfile.ZipInfo) -> object | None:
    parts = name.split("/")
    if name.startswith("/") or DRIVE.match(name) or "\\" in name or ".." in parts:
        return _l("This name would lead out of the archive.")
    if stat.S_ISLNK(member.external_attr >> 16):
        return _l("It is a link, not a file.")
    if member.flag_bits & 0x1:
        return _l("It is protected by a password.")
    return None
