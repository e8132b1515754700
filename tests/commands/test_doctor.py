"""`portal doctor`: is everything in order, and if not, what to do."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text, update

from portal.cases.actions import attachments
from portal.cases.models import Case
from portal.commands import doctor
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User
from portal.reminders.models import Dispatch, Gateway
from portal.search import indexer
from portal.search.models import IndexJob
from portal.tasks.models import Task
from tests.cases.conftest import attach, problem  # noqa: F401
from tests.extraction.files import paragraph, word


@pytest.fixture(autouse=True)
def built_front_end(monkeypatch):
    """Whether the front end is built and the disk has room is not what is tested here."""
    monkeypatch.setattr(doctor, "_front_end", lambda: iter(()))
    monkeypatch.setattr(doctor, "LOW_DISK_MB", 0)


def findings(result) -> dict[str, str]:
    rows = [line for line in result.output.splitlines() if line[:2] in ("ok", "!!")]
    return {row[4:].split(":")[0]: row[:2] for row in rows}


def index_line(result) -> str:
    return next(row for row in result.output.splitlines() if row[4:].startswith("search index"))


def test_a_healthy_portal(portal, record, attach, alice):  # noqa: F811
    attach(alice, record(alice))
    result = portal("doctor")
    assert result.exit_code == 0, result.output
    assert set(findings(result).values()) == {"ok"}
    assert {"database", "migrations", "administrators", "search index", "attachments",
            "background work", "audit log"} <= set(findings(result))


def test_how_reading_attachments_went(portal, problem, attach, alice):  # noqa: F811
    attach(alice, problem, "a.txt", b"words")
    attach(alice, problem, "blank.txt", b" \n")
    attach(alice, problem, "damaged.docx", word(paragraph("x"))[:90])
    result = portal("doctor")
    assert "1 files read, 1 without words, 1 unreadable, 0 waiting" in result.output
    assert findings(result)["words in attachments"] == "ok"


def test_a_missing_index(app, portal, record, alice):
    record(alice)
    shutil.rmtree(app.extensions["settings"].index)
    result = portal("doctor")
    assert result.exit_code == 1
    assert findings(result)["search index"] == "!!"
    assert "portal reindex (a running portal does it by itself within a minute)" in result.output


def test_damage_that_only_some_questions_meet(app, portal, record, alice):
    record(alice)
    for path in app.extensions["settings"].index.glob("index-*/*.seg"):
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    result = portal("doctor")
    assert result.exit_code == 1
    assert "portal reindex (a running portal does it by itself within an hour)" in result.output
    portal("reindex")
    assert portal("doctor").exit_code == 0


def test_what_waits_to_be_indexed_is_no_fault(portal, record, alice, monkeypatch):
    monkeypatch.setattr("portal.core.jobs.wake", lambda name: None)
    record(alice)
    result = portal("doctor")
    assert "1 waiting" in result.output
    assert findings(result)["search index"] == "ok"


def test_a_document_that_no_job_will_write(portal, record, alice, monkeypatch):
    monkeypatch.setattr("portal.core.jobs.wake", lambda name: None)
    record(alice)
    with transaction():
        db.session.execute(text("DELETE FROM index_jobs"))
    result = portal("doctor")
    assert result.exit_code == 1
    assert "1 missing (case:1)" in result.output
    assert "portal reindex" in result.output


def test_how_the_index_stands(portal, record, alice):
    record(alice)
    told = index_line(portal("doctor"))
    total = indexer.total()
    assert f"{total} of {total} documents" in told
    assert "whoosh, " in told
    assert ", version " in told
    assert ", rebuilt 20" in told
    assert "0 waiting" in told


def test_work_that_nobody_does(portal, record, alice, monkeypatch):
    monkeypatch.setattr("portal.core.jobs.wake", lambda name: None)
    record(alice)
    for minutes, words, mark in ((3, "1 waiting (oldest 3 min)", "ok"),
                                 (30, "1 waiting (oldest 30 min)", "!!"),
                                 (300, "1 waiting (oldest 5 h)", "!!")):
        with transaction():
            since = datetime.now(UTC) - timedelta(minutes=minutes, seconds=5)
            db.session.execute(update(IndexJob).values(created_at=since))
        result = portal("doctor")
        assert words in index_line(result)
        assert findings(result)["search index"] == mark
        assert ("portal worker" in result.output) == (mark == "!!")


def test_other_words_than_in_the_database(portal, record, alice):
    ref = record(alice).search_ref
    with transaction():
        db.session.execute(update(Case).values(title="Reworded past everybody"))
    assert portal("doctor").exit_code == 0
    result = portal("doctor", "--thorough")
    assert result.exit_code == 1
    assert f"1 changed ({ref})" in index_line(result)
    assert "a running portal now writes it anew" in result.output
    # It asked for it to be written anew.
    result = portal("doctor", "--thorough")
    assert result.exit_code == 0
    assert "the same word by word" in index_line(result)


def test_a_disk_with_little_room_hides_nothing_else(portal, monkeypatch):
    monkeypatch.setattr(doctor, "LOW_DISK_MB", 10**9)
    result = portal("doctor")
    assert findings(result)["disk"] == "!!"
    assert findings(result)["search index"] == "ok"


def test_an_altered_audit_log(app, portal, record, alice):
    record(alice)
    with transaction():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            triggers = db.session.execute(text(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_log'"))
            for (name,) in triggers.all():
                db.session.execute(text(f'DROP TRIGGER "{name}"'))
        db.session.execute(text(
            "UPDATE audit_log SET subject = 'case:99' WHERE action = 'case.recorded'"))
    result = portal("doctor")
    assert result.exit_code == 1
    assert findings(result)["audit log"] == "!!"
    assert "altered at entry" in result.output


def test_a_lost_file(app, portal, record, attach, alice):  # noqa: F811
    file = attach(alice, record(alice), "a.txt", b"only copy of the doctor's test")
    attachments.path_of(file.sha256, app.extensions["settings"].files).unlink()
    result = portal("doctor")
    assert result.exit_code == 1
    assert file.sha256 in result.output


def test_no_administrator(portal, admin, clock):
    with transaction():
        db.session.get(User, admin.id).deactivated_at = clock()
    result = portal("doctor")
    assert result.exit_code == 1
    assert findings(result)["administrators"] == "!!"


def test_a_missing_data_folder(app, portal, monkeypatch, tmp_path):
    settings = app.extensions["settings"]
    monkeypatch.setitem(app.extensions, "settings",
                        settings.model_copy(update={"data": tmp_path / "nowhere"}))
    result = portal("doctor")
    assert result.exit_code == 1
    assert "portal init" in result.output


def test_a_database_that_does_not_answer(portal, monkeypatch):
    def gone() -> None:
        raise RuntimeError("connection refused\nat some length")

    monkeypatch.setattr(db.engine, "connect", gone)
    result = portal("doctor")
    assert result.exit_code == 1
    assert "connection refused" in result.output
    assert "at some length" not in result.output
    assert "Traceback" not in result.output


def test_a_channel_that_gives_up_messages(portal, alice, clock):
    now = clock()
    with transaction():
        db.session.add(Gateway(medium="mail", url="mailto://h?to={address}", label="", hint="",
                               active=True, changed_at=now))
        db.session.add(Dispatch(key="x", person_id=alice.id, medium="mail", due_at=now,
                                created_at=now, outcome="failed", ended_at=now, attempts=9))
    result = portal("doctor")
    assert findings(result)["message channels"] == "!!"
    assert "mail; 1 messages given up in 7 days" in result.output
    assert "set PORTAL_ADDRESS" in result.output


def test_long_work_that_nobody_does(portal, alice, clock):
    asked = clock() - timedelta(hours=1)
    with transaction():
        db.session.add(Task(kind="case_export", person_id=alice.id, created_at=asked))
    result = portal("doctor")
    assert findings(result)["long work"] == "!!"
    assert "portal worker" in result.output
