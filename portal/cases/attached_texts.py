"""Reads the words of attached files in the background, and gives them to the search."""

import logging
from collections import Counter
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import TypeVarTuple

from flask import current_app
from sqlalchemy import Select, event, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, load_only

from portal.cases.actions.attachments import path_of
from portal.cases.models import Attachment, AttachmentText
from portal.core import clock, jobs
from portal.core.alone import alone
from portal.core.unit_of_work import after_commit, reading_only, transaction
from portal.extensions import db
from portal.extraction.reading import READABLE, Reader
from portal.extraction.results import UNREADABLE, VERSION, Extracted, ExtractionUnavailable
from portal.search.outbox import enqueue

log = logging.getLogger(__name__)
BATCH = 50
# Signs of all files of one case that go into the index: some books, not a warehouse.
MOST_SIGNS = 400_000
# Files that were gone when their turn came; each is told once.
_told_missing: set[str] = set()
Row = TypeVarTuple("Row")


@event.listens_for(Session, "after_flush")
def _wake_for_new_files(session: Session, context: object) -> None:
    """No path can add a file, or put one back, without asking for it to be read."""
    for row in (*session.new, *session.dirty):
        if isinstance(row, Attachment) and row.media_type in READABLE and not row.removed_at:
            after_commit("read_attachments", lambda: jobs.wake("read_attachments"))
            return


@jobs.job("read_attachments", every_minutes=1)
def read_attachments() -> None:
    """Read what nobody read yet; each file in a transaction of its own, so that a large import
    becomes searchable bit by bit."""
    # One hostile file at a time is enough.
    with alone("reading") as nobody_else:
        # What is added meanwhile finds the door locked: look again until nothing is left.
        while nobody_else and _read_waiting():
            pass


def read_again() -> int:
    """Try the files that could not be read once more; how many these are."""
    with transaction():
        unreadable = list(db.session.scalars(
            select(AttachmentText).where(AttachmentText.status == UNREADABLE)))
        for row in unreadable:
            row.version = 0
    read_attachments()
    return len(unreadable)


def texts_of(
    case_ids: Collection[int], most: int = MOST_SIGNS
) -> Mapping[int, list[tuple[str, str]]]:
    """The names of each case's present files with their words, as far as they are read and as
    `most` signs a case go."""
    query = (
        select(Attachment.case_id, Attachment.name, func.substr(AttachmentText.text, 1, most))
        .outerjoin(AttachmentText, AttachmentText.sha256 == Attachment.sha256)
        .where(Attachment.case_id.in_(case_ids), Attachment.removed_at.is_(None))
        .order_by(Attachment.id)
    )
    found: dict[int, list[tuple[str, str]]] = {}
    room: Counter[int] = Counter()
    for case_id, name, text in db.session.execute(query):
        words = (text or "")[: most - room[case_id]]
        room[case_id] += len(words)
        found.setdefault(case_id, []).append((name, words))
    return found


def states_of(files: Collection[Attachment]) -> Mapping[str, str]:
    """How reading these files ended, by their hash; those not read yet are left out."""
    wanted = {file.sha256 for file in files if file.media_type in READABLE}
    if not wanted:
        return {}
    query = select(AttachmentText).where(AttachmentText.sha256.in_(wanted))
    slim = query.options(load_only(AttachmentText.status))
    return {row.sha256: row.status for row in db.session.scalars(slim)}


def counts() -> Counter[str]:
    """How many different files have words to be read, by the state of their reading."""
    state = func.coalesce(AttachmentText.status, "waiting")
    query = _with_words(select(state, func.count(Attachment.sha256.distinct())))
    return Counter({row[0]: row[1] for row in db.session.execute(query.group_by(state))})


def _with_words(query: Select[*Row]) -> Select[*Row]:
    """Of present files of a kind that is read, beside what was read."""
    return (
        query.select_from(Attachment)
        .outerjoin(AttachmentText, AttachmentText.sha256 == Attachment.sha256)
        .where(Attachment.removed_at.is_(None), Attachment.media_type.in_(READABLE))
    )


def _read_waiting() -> int:
    """One round through all that waits; the number of files read."""
    done, last = 0, ""
    with Reader() as reader:
        while batch := _next(last):
            for digest in batch:
                try:
                    extracted = _read(reader, digest)
                except ExtractionUnavailable as reason:
                    log.warning("attachments cannot be read now: %s", reason)
                    return 0
                if extracted is not None:
                    # Another machine may have written the same meanwhile.
                    with suppress(IntegrityError):
                        _keep(digest, extracted)
                    done += 1
            last = batch[-1]
    return done


def _read(reader: Reader, digest: str) -> Extracted | None:
    """None when the file is gone; it may come back from a backup."""
    path = path_of(digest, current_app.extensions["settings"].files)
    if path.exists():
        with suppress(FileNotFoundError):
            return reader.read(path)
    if digest not in _told_missing:
        _told_missing.add(digest)
        log.warning("the file %s of an attachment is missing; see `portal doctor`", digest)
    return None


def _next(after: str) -> list[str]:
    unread = or_(AttachmentText.sha256.is_(None), AttachmentText.version < VERSION)
    query = _with_words(select(Attachment.sha256)).where(unread, Attachment.sha256 > after)
    with reading_only():
        return list(db.session.scalars(query.distinct().order_by(Attachment.sha256).limit(BATCH)))


def _keep(digest: str, extracted: Extracted) -> None:
    """Write what was read, and have the cases with this file indexed."""
    with transaction():
        row = db.session.get(AttachmentText, digest) or AttachmentText(sha256=digest, text="")
        holders = _holders(digest) if row.text != extracted.text else set()
        row.status, row.text, row.version = extracted.status, extracted.text, VERSION
        row.read_at = clock.now()
        db.session.add(row)
        enqueue(holders)
    if not holders:
        return
    # A case that got the same file meanwhile may have been indexed before its words were there.
    with transaction():
        enqueue(_holders(digest) - holders)


def _holders(digest: str) -> set[str]:
    query = select(Attachment.case_id).where(Attachment.sha256 == digest)
    return {f"case:{case_id}" for case_id in db.session.scalars(query.distinct())}
