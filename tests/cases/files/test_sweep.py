"""What nobody needs goes, and nothing that somebody needs."""

import os
import time

from portal.cases import file_sweep
from portal.cases.actions.attachments import take_over
from portal.cases.actions.stored_files import path_of, store, thumbnail_of
from portal.cases.models import Attachment, AttachmentText, Thumbnail
from portal.core.unit_of_work import transaction
from portal.drafts.models import Draft
from portal.extensions import db
from tests.cases.files.conftest import picture

DAY = 24 * 3600


def folder(app):
    return app.extensions["settings"].files


def rest(path, days=2):
    """As if it had been written so long ago."""
    then = time.time() - days * DAY
    os.utime(path, (then, then))


def test_files_of_an_ended_draft_go_after_thirty_days(app, draft_file, draft_of, clock, alice):
    file = draft_file(alice)
    number, digest = file.id, file.sha256
    path = path_of(digest, folder(app))
    with transaction():
        db.session.merge(draft_of(alice)).ended_at = clock()
    clock.move(days=29)
    file_sweep.sweep_files()
    assert db.session.get(Attachment, number)
    db.session.rollback()
    clock.move(days=2)
    rest(path)
    file_sweep.sweep_files()
    db.session.expire_all()
    assert db.session.get(Attachment, number) is None
    assert db.session.get(Thumbnail, digest) is None
    assert not path.exists()


def test_a_draft_that_is_still_open_keeps_its_pictures(draft_file, draft_of, clock, alice):
    draft = draft_file(alice).draft_id
    with transaction():
        db.session.merge(draft_of(alice)).ended_at = None
    clock.move(days=100)
    assert file_sweep.forget_drafts() == 0
    clock.move(days=90)
    assert file_sweep.forget_drafts() == 1
    assert db.session.get(Draft, draft)


def test_what_a_case_took_along_stays(draft_file, draft_of, record, act, clock, alice, app):
    file = draft_file(alice)
    case = record(alice)
    act(lambda: take_over(alice.actor, draft_of(alice), db.session.merge(case), clock()))
    clock.move(days=400)
    rest(path_of(file.sha256, folder(app)), 400)
    file_sweep.sweep_files()
    assert db.session.get(Attachment, file.id).case_id == case.id
    assert path_of(file.sha256, folder(app)).exists()


def test_bytes_without_a_row_go_a_day_later_with_all_that_was_made_of_them(app, problem, attach,
                                                                           alice):
    unnamed = path_of(store(b"rolled back", folder(app)), folder(app))
    removed = attach(alice, problem, "a.png", picture())
    with transaction():
        db.session.merge(removed).removed_at = removed.created_at
    small = thumbnail_of("a" * 64, 240, folder(app))
    small.parent.mkdir(parents=True, exist_ok=True)
    small.write_bytes(b"x")
    with transaction():
        db.session.add(AttachmentText(sha256="a" * 64, status="read", text="x", version=1,
                                      read_at=removed.created_at))
    file_sweep.sweep_files()
    assert unnamed.exists() and small.exists()
    for path in (unnamed, small, path_of(removed.sha256, folder(app))):
        rest(path)
    file_sweep.sweep_files()
    assert not unnamed.exists() and not small.exists()
    assert path_of(removed.sha256, folder(app)).exists()
    assert db.session.get(AttachmentText, "a" * 64) is None


def test_an_upload_of_the_same_bytes_at_that_moment_is_safe(app, monkeypatch):
    path = path_of(store(b"the same", folder(app)), folder(app))
    before = time.time() - DAY
    rest(path)
    found = file_sweep._unnamed([path])
    assert found == [path]
    # Somebody adds the same bytes after the sweep has looked.
    store(b"the same", folder(app))
    assert file_sweep._remove(path, before) == 0
    assert path.read_bytes() == b"the same"
    rest(path)
    assert file_sweep._remove(path, before) == 1
    store(b"the same", folder(app))
    assert path.read_bytes() == b"the same"


def test_what_a_crash_left_aside_is_put_back(app):
    path = path_of(store(b"half way", folder(app)), folder(app))
    path.rename(path.with_name(f".{path.name}.going"))
    file_sweep.remove_unnamed(time.time() - DAY)
    assert path.read_bytes() == b"half way"


def test_nothing_else_in_the_folder_is_touched(app):
    other = folder(app) / "ab" / "README.txt"
    other.parent.mkdir(parents=True, exist_ok=True)
    other.write_text("mine")
    rest(other, 400)
    file_sweep.remove_unnamed(time.time())
    assert other.exists()
    other.unlink()


