"""Removes what nobody needs any more: files of forgotten drafts, and bytes that no row names."""

import logging
import os
import re
import time
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import and_, delete, or_, select

from portal.cases.models import Attachment, AttachmentText, Thumbnail
from portal.core import clock, jobs
from portal.core.unit_of_work import reading_only, transaction
from portal.drafts.models import Draft
from portal.extensions import db

log = logging.getLogger(__name__)
# A draft that was ended may still be brought back for so long; one that is left alone stays in
# its writer's list, and its pictures with it, until nobody will remember it.
ENDED_DAYS, LEFT_DAYS = 30, 180
# Bytes are written before the row that names them is committed, and never as long before it.
RESTING_SECONDS = 24 * 3600.0
STORED = re.compile(r"[0-9a-f]{64}")
BATCH = 500
# The columns of the rooms above in which bytes are named, besides attachments.
_elsewhere: list[Any] = []


def install(columns: Sequence[Any]) -> None:
    """The whole list of them, replacing an earlier one."""
    _elsewhere[:] = columns


def named_in() -> tuple[Any, ...]:
    """Every column in which bytes are named."""
    return (Attachment.sha256, *_elsewhere)


@jobs.job("sweep_files", every_minutes=720)
def sweep_files() -> None:
    """Twice a day: first the rows, then the bytes without one."""
    forget_drafts()
    remove_unnamed(time.time() - RESTING_SECONDS)


def forget_drafts() -> int:
    """Files of drafts that ended 30 days ago or were left for long, and what no text took along."""
    before = clock.now() - timedelta(days=ENDED_DAYS)
    long_ago = clock.now() - timedelta(days=LEFT_DAYS)
    over = or_(Draft.ended_at < before, and_(Draft.ended_at.is_(None), Draft.saved_at < long_ago))
    forgotten = (
        select(Attachment.id).join(Draft, Draft.id == Attachment.draft_id)
        .where(Attachment.case_id.is_(None), Attachment.created_at < before, over)
        .limit(BATCH)
    )
    with transaction():
        ids = list(db.session.scalars(forgotten))
        # Asked again while nobody can take them over.
        db.session.execute(
            delete(Attachment).where(Attachment.id.in_(ids), Attachment.case_id.is_(None)))
    return len(ids)


def remove_unnamed(before: float) -> int:
    """Take away bytes that rest since `before` (a time of the clock) and that no row names, with
    their small pictures and their words; how many."""
    folder: Path = current_app.extensions["settings"].files
    _put_back(folder)
    removed = 0
    for batch in _batches(_resting(folder, before)):
        for path in _unnamed(batch):
            removed += _remove(path, before)
    _forget_words()
    if removed:
        log.info("removed %d files that nothing refers to", removed)
    return removed


def _put_back(folder: Path) -> None:
    """What a crash left aside between two steps."""
    for aside in (*folder.glob("*/.*.going"), *folder.glob("thumbs/*/.*.going")):
        os.replace(aside, aside.with_name(aside.name[1 : -len(".going")]))


def _resting(folder: Path, before: float) -> Iterator[Path]:
    for shelf in folder.glob("[0-9a-f][0-9a-f]"):
        for path in shelf.iterdir():
            if STORED.fullmatch(path.name) and path.stat().st_mtime < before:
                yield path
    for path in (folder / "thumbs").glob("[0-9a-f][0-9a-f]/*.webp"):
        if path.stat().st_mtime < before:
            yield path


def _batches(paths: Iterator[Path]) -> Iterator[list[Path]]:
    batch: list[Path] = []
    for path in paths:
        batch.append(path)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _unnamed(paths: Collection[Path]) -> list[Path]:
    digests = {path.name[:64] for path in paths}
    with reading_only():
        named = {digest for column in named_in()
                 for digest in db.session.scalars(
                     select(column).where(column.in_(digests)).distinct())}
    return [path for path in paths if path.name[:64] not in named]


def _remove(path: Path, before: float) -> int:
    """Out of the way first: an upload of the same bytes then either made them new before, which
    their time tells, or finds them gone and writes them again."""
    aside = path.with_name(f".{path.name}.going")
    try:
        path.rename(aside)
        if aside.stat().st_mtime >= before:
            os.replace(aside, path)
            return 0
        aside.unlink()
    except FileNotFoundError:
        return 0
    return 1


def _forget_words() -> None:
    """What was read or drawn of bytes that no row names."""
    for model in (AttachmentText, Thumbnail):
        with transaction():
            db.session.execute(
                delete(model).where(model.sha256.not_in(select(Attachment.sha256))))
