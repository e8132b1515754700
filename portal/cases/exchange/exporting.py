"""The whole library as one archive of Markdown, from which an import makes an equal library."""

import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from portal.cases.actions.attachments import path_of
from portal.cases.exchange import links
from portal.cases.exchange.attached import names_in_folder
from portal.cases.exchange.attaching import kept_files
from portal.cases.exchange.refs import ref_of
from portal.cases.exchange.writing import Attached, case_file, text_file
from portal.cases.models import Attachment, Case, Comment, Solution
from portal.cases.rules import PRIVATE
from portal.core import clock
from portal.core.unit_of_work import reading_only
from portal.extensions import db

PAGE = 500
# The same library gives the same bytes, whenever it is exported.
TIME = (1980, 1, 1, 0, 0, 0)
MODE = 0o100644 << 16
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Exported:
    """What went into the archive; `missing` are attachments whose bytes are gone."""

    cases: int
    texts: int
    files: int
    missing: tuple[str, ...]


def shared() -> ColumnElement[bool]:
    """Drafts are their owner's alone; everything else is the library."""
    return Case.confidence.not_in(PRIVATE)


def total(which: ColumnElement[bool] | None = None) -> int:
    """How many cases an export holds."""
    chosen = select(func.count()).select_from(Case).where(_chosen(which))
    return db.session.scalar(chosen) or 0


def _chosen(which: ColumnElement[bool] | None) -> ColumnElement[bool]:
    return shared() if which is None else and_(shared(), which)


def export_library(
    target: Path, progress: Progress = lambda done: None,
    which: ColumnElement[bool] | None = None,
) -> Exported:
    """Write everything but drafts to `target`, whole or not at all; with `which`, only the cases
    of that condition and what belongs to them. Raises `OSError`."""
    with (
        _one_moment(), _replaced(target) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
    ):
        return _Export(archive, clock.zone(), _chosen(which)).run(progress)


class _Export:
    """One export on its way into its archive."""

    def __init__(
        self, archive: zipfile.ZipFile, zone: tzinfo, chosen: ColumnElement[bool]
    ) -> None:
        self.archive, self.zone, self.chosen = archive, zone, chosen
        self.store: Path = current_app.extensions["settings"].files
        self.cases = self.texts = self.files = 0
        self.missing: list[str] = []
        # Attachment → its path in the archive.
        self.paths = _paths(chosen)

    def run(self, progress: Progress) -> Exported:
        options = (selectinload(Case.tags), joinedload(Case.retrospective),
                   joinedload(Case.owner), joinedload(Case.team), joinedload(Case.merged_into))
        for cases in _pages(select(Case).where(self.chosen).options(*options), Case):
            files = kept_files([case.id for case in cases])
            for case in cases:
                self._case(case, files.get(case.id, []))
            progress(len(cases))
        for model in (Solution, Comment):
            query = (
                select(model).join(Case, Case.id == model.case_id)
                .where(self.chosen, model.withdrawn_at.is_(None))
                .options(joinedload(model.case), joinedload(model.author))
            )
            for texts in _pages(query, model):
                for text in texts:
                    self._text(text)
        return Exported(self.cases, self.texts, self.files, tuple(self.missing))

    def _case(self, case: Case, files: list[Attachment]) -> None:
        there = [file for file in files if self._add_bytes(file)]
        attached = [Attached(file.name, self.paths[file.id]) for file in there]
        self._add(f"cases/{ref_of(case.ref)}.md",
                  case_file(case, self._linked(case.body), attached, self.zone))
        self.cases += 1

    def _text(self, text: Solution | Comment) -> None:
        kind = type(text).__name__.lower()
        ref = text.ref or f"{text.case.ref}-{kind[0]}{text.id}"
        self._add(f"{kind}s/{ref_of(ref)}.md",
                  text_file(text, ref, self._linked(text.body), self.zone))
        self.texts += 1

    def _linked(self, body: str) -> str:
        return links.to_paths(
            body, lambda number: f"../{self.paths[number]}" if number in self.paths else None
        )

    def _add(self, name: str, text: str) -> None:
        self.archive.writestr(_member(name), text.encode(), zipfile.ZIP_DEFLATED, 6)

    def _add_bytes(self, file: Attachment) -> bool:
        """Whether the bytes are there; pictures and Office files do not shrink any further."""
        try:
            content = path_of(file.sha256, self.store).read_bytes()
        except OSError:
            self.missing.append(self.paths[file.id])
            return False
        self.archive.writestr(_member(self.paths[file.id]), content, zipfile.ZIP_STORED)
        self.files += 1
        return True


def _paths(chosen: ColumnElement[bool]) -> Mapping[int, str]:
    """Where each attachment lies in the archive; the order of a case's files decides."""
    query = (
        select(Attachment.id, Attachment.name, Case.ref)
        .join(Case, Case.id == Attachment.case_id)
        .where(chosen, Attachment.removed_at.is_(None)).order_by(Case.ref, Attachment.id)
    )
    of_case: dict[str, list[tuple[int, str]]] = {}
    for number, name, ref in db.session.execute(query):
        of_case.setdefault(ref, []).append((number, name))
    return {
        number: f"attachments/{ref_of(ref)}/{name}"
        for ref, files in of_case.items()
        for (number, _), name in zip(
            files, names_in_folder([name for _, name in files]), strict=True
        )
    }


def _pages(query: Select[Any], model: Any) -> Iterator[list[Any]]:
    """Rows in the order of their refs, so many at a time as fit in memory."""
    last: tuple[str, int] = ("", 0)
    # The order of bytes, not of some language: the same on every database.
    collation = "C" if db.engine.dialect.name == "postgresql" else "BINARY"
    key = func.coalesce(model.ref, "").collate(collation)
    while True:
        after = (key > last[0]) | ((key == last[0]) & (model.id > last[1]))
        rows = list(db.session.scalars(
            query.where(after).order_by(key, model.id).limit(PAGE)).unique())
        if not rows:
            return
        last = (rows[-1].ref or "", rows[-1].id)
        yield rows


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, TIME)
    member.external_attr = MODE
    member.create_system = 3
    return member


@contextmanager
def _one_moment() -> Iterator[None]:
    """One moment of the database for the whole archive, without keeping writers waiting."""
    db.session.rollback()
    with reading_only():
        if db.engine.dialect.name == "postgresql":
            db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield


@contextmanager
def _replaced(target: Path) -> Iterator[Any]:
    """A file that takes the target's place once it is whole, and disappears otherwise."""
    with tempfile.NamedTemporaryFile(
        dir=target.parent, prefix=f".{target.name}.", delete=False
    ) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(target)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
