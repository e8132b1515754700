"""Makes small pictures of large ones in the background, under the hash of the same bytes."""

import logging
from collections.abc import Collection, Mapping
from contextlib import suppress

from flask import Flask, current_app, g
from sqlalchemy import event, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.cases.actions.stored_files import path_of, thumbnail_of, write_whole
from portal.cases.models import Attachment, Case, Thumbnail
from portal.cases.queries.cases import readable_by
from portal.core import clock, jobs, pictures
from portal.core.alone import alone
from portal.core.unit_of_work import after_commit, reading_only, transaction
from portal.extensions import db
from portal.extraction.pictures import PictureLimits, Smaller, smaller
from portal.extraction.results import ExtractionUnavailable

log = logging.getLogger(__name__)
# For a list, and for a text as wide as a page.
SMALL, PAGE = 240, 1280
SIZES = {"page": PAGE}
# Raised when pictures are to be made anew.
VERSION = 1
BATCH = 50


@event.listens_for(Session, "after_flush")
def _wake_for_new_pictures(session: Session, context: object) -> None:
    """No path can add a picture without asking for a small one."""
    for row in session.new:
        if isinstance(row, Attachment) and row.is_image:
            after_commit("make_thumbnails", lambda: jobs.wake("make_thumbnails"))
            return


@jobs.job("make_thumbnails", every_minutes=1)
def make_thumbnails() -> None:
    """Make what nobody made yet, each picture in a transaction of its own."""
    # One hostile picture at a time is enough.
    with alone("thumbnails") as nobody_else:
        while nobody_else and _make_waiting():
            pass


def row_of(digest: str) -> Thumbnail | None:
    return db.session.get(Thumbnail, digest)


def rows_of(files: Collection[Attachment]) -> Mapping[str, Thumbnail]:
    """What is known of the pictures among these files, by their hash."""
    wanted = {file.sha256 for file in files if file.is_image}
    if not wanted:
        return {}
    query = select(Thumbnail).where(Thumbnail.sha256.in_(wanted), Thumbnail.made)
    return {row.sha256: row for row in db.session.scalars(query)}


def init_app(app: Flask) -> None:
    """Tell texts how large their pictures are."""
    pictures.install(sizes_of)


def sizes_of(ids: Collection[int]) -> Mapping[int, tuple[int, int]]:
    """Of these attachments, as far as they were made smaller and the reader may see them."""
    actor = g.get("actor")
    if actor is None:
        return {}
    query = (
        select(Attachment.id, Thumbnail.width, Thumbnail.height)
        .join(Thumbnail, Thumbnail.sha256 == Attachment.sha256)
        .outerjoin(Case, Case.id == Attachment.case_id)
        .where(Attachment.id.in_(ids), Thumbnail.made, Attachment.removed_at.is_(None), or_(
            readable_by(actor),
            Attachment.case_id.is_(None) & (Attachment.added_by_id == actor.id)))
    )
    return {row.id: (row.width, row.height) for row in db.session.execute(query)}


def _make_waiting() -> int:
    """One round through all that waits; the number of pictures looked at."""
    done, last = 0, ""
    while batch := _next(last):
        for digest in batch:
            try:
                done += _make(digest)
            except ExtractionUnavailable as reason:
                log.warning("no pictures can be made smaller now: %s", reason)
                return 0
        last = batch[-1]
    return done


def _next(after: str) -> list[str]:
    """Pictures that nobody made smaller yet. Drafts' ones too: their writer sees them."""
    unmade = or_(Thumbnail.sha256.is_(None), Thumbnail.version < VERSION)
    query = (
        select(Attachment.sha256)
        .outerjoin(Thumbnail, Thumbnail.sha256 == Attachment.sha256)
        .where(Attachment.media_type.startswith("image/"), Attachment.removed_at.is_(None), unmade,
               Attachment.sha256 > after)
    )
    with reading_only():
        return list(db.session.scalars(query.distinct().order_by(Attachment.sha256).limit(BATCH)))


def _make(digest: str) -> bool:
    """Whether there is an answer; a file that is gone may come back from a backup."""
    folder = current_app.extensions["settings"].files
    path = path_of(digest, folder)
    if not path.exists():
        return False
    made = smaller(path, PictureLimits(sizes=(SMALL, PAGE)))
    if made is not None:
        for size, content in zip((SMALL, PAGE), made.pictures, strict=True):
            write_whole(content, thumbnail_of(digest, size, folder))
    # Another machine may have written the same meanwhile.
    with suppress(IntegrityError):
        _keep(digest, made)
    return True


def _keep(digest: str, made: Smaller | None) -> None:
    with transaction():
        row = db.session.get(Thumbnail, digest) or Thumbnail(sha256=digest)
        row.made, row.version, row.made_at = made is not None, VERSION, clock.now()
        row.width, row.height = (made.width, made.height) if made else (0, 0)
        db.session.add(row)
