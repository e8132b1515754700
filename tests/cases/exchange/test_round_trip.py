"""Export, import into an empty portal, export again: the same archive."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases.actions.attachments import Upload, attach, remove
from portal.cases.actions.cases import archive_case, edit_case
from portal.cases.actions.talk import accept_solution, add_comment, propose_solution, withdraw
from portal.cases.content import RetrospectiveContent
from portal.cases.exchange.exporting import Exported, export_library
from portal.cases.models import Attachment, Case
from portal.config import ROOT
from portal.core.unit_of_work import transaction
from portal.extensions import db
from tests.cases.exchange.conftest import Importer, Shelf
from tests.cases.exchange.test_import import PNG
from tests.characters import Character
from tests.conftest import Recorder
from tests.frozen_clock import FrozenClock

FACTS = RetrospectiveContent(
    amount_band="1m_5m", cycle_days=0, competitors=("甲: 厂", "- 乙"), stage_reached="proposal",
    roles_reached=("user",), main_reason="price", contributing_reasons=("timing", "response"),
    price_gap=Decimal("-3.25"), actions=("先\\n后", "yes"), repeat="一\n\n---\n二", avoid="null",
)


@pytest.fixture
def furnished(
    app: Flask, record: Recorder, clock: FrozenClock, alice: Character, bob: Character,
    admin: Character,
) -> Flask:
    """A library with one of everything."""
    store = app.extensions["settings"].files
    record(alice, title="草稿", draft=True)
    record(bob, kind="loss", title="丢单：价格 'a' \"b\" #1", tags=("撞单", "价格, 大"),
           stage="needs", industry="finance", audience="team", source="lead",
           retrospective=FACTS, extra={"rating": 5, "nested": {"a": [None, "x: y"]}},
           body="---\ntitle: no\n---\n\n    code\n\n{{客户}}")
    problem, archived = record(alice, title="怎么办", audience="managers"), record(bob, title="旧")
    with transaction():
        problem, archived = db.session.merge(problem), db.session.merge(archived)
        files = [attach(alice.actor, problem, Upload(name, io.BytesIO(PNG)), store, 5, clock())
                 for name in ("图 (1).png", "图 (1).png", "gone.png")]
        remove(alice.actor, files[2], clock())
        body = f"![a](/attachments/{files[1].id}) [gone](/attachments/{files[2].id})"
        edit_case(alice.actor, problem, _with_body(problem, body), 1, "", clock.move(hours=1))
        problem.byline, problem.confidence = "外部 <x>", "validated"
        problem.verified_until = date(2026, 9, 1)
        first = propose_solution(bob.actor, problem, "第一", clock())
        clock.move(minutes=5)
        second = propose_solution(
            alice.actor, problem, f"第二 ![](/attachments/{files[0].id})", clock()
        )
        accept_solution(alice.actor, second, clock())
        withdraw(bob.actor, first, clock())
        add_comment(bob.actor, problem, "---\n有用", clock())
        archive_case(admin.actor, archived, clock())
    return app


def _with_body(case: Case, body: str) -> object:
    from dataclasses import replace

    return replace(case.content, body=body)


def test_a_library_survives_the_journey(
    furnished: Flask, tmp_path: Path, take_in_there: Importer
) -> None:
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    # The other portal's context lies on top: the first export is made in its own.
    with furnished.app_context():
        done = export_library(first)
        assert done == Exported(cases=3, texts=2, files=2, missing=())
    report = take_in_there(first)
    assert report.problems == []
    assert report.new == 5
    export_library(second)
    assert contents(second) == contents(first)
    assert second.read_bytes() == first.read_bytes()
    assert take_in_there(first).unchanged == 5


def test_importing_ones_own_export_changes_nothing(
    furnished: Flask, tmp_path: Path, take_in: Importer
) -> None:
    export_library(tmp_path / "a.zip")
    report = take_in(tmp_path / "a.zip")
    assert (report.new, report.changed, report.unchanged, report.problems) == (0, 0, 5, [])


def test_an_unpacked_export_is_imported_like_the_archive(
    furnished: Flask, tmp_path: Path, shelf: Shelf, take_in: Importer
) -> None:
    export_library(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        archive.extractall(shelf.root)
    assert take_in(shelf.root).unchanged == 5


@pytest.fixture
def notes(
    app: Flask, record: Recorder, clock: FrozenClock, chen: Character, tmp_path: Path
) -> Path:
    """An export of one case for managers, to which a text is attached."""
    case = record(chen, kind="lesson", title="谈判", audience="managers")
    with transaction():
        upload = Upload("notes.md", io.BytesIO("# 底价\n\n八折".encode()))
        attach(chen.actor, case, upload, app.extensions["settings"].files, 5, clock())
    db.session.rollback()
    export_library(tmp_path / "a.zip")
    return tmp_path / "a.zip"


def test_an_attached_text_does_not_become_a_case_that_everyone_reads(
    notes: Path, shelf: Shelf, take_in_there: Importer
) -> None:
    with zipfile.ZipFile(notes) as archive:
        archive.extractall(shelf.root)
    assert take_in_there(notes).new == 1
    assert take_in_there(shelf.root).unchanged == 1
    assert db.session.scalars(select(Case.title)).all() == ["谈判"]
    assert db.session.scalars(select(Attachment.name)).all() == ["notes.md"]


def test_what_the_archive_holds(furnished: Flask, tmp_path: Path) -> None:
    export_library(tmp_path / "a.zip")
    files = contents(tmp_path / "a.zip")
    assert sorted({name.split("/")[0] for name in files}) == [
        "attachments", "cases", "comments", "solutions",
    ]
    everything = "\n".join(files.values())
    assert "草稿" not in everything
    assert "第一" not in everything
    assert "author: 外部 <x>" in everything
    assert "author: 张博 <bob>" in everything
    assert "team: Shanghai" in everything
    assert "confidence_before: not_validated" in everything


def test_the_target_is_whole_or_untouched(
    furnished: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.zip"
    target.write_text("older")

    def fails(*args: object) -> str:
        raise OSError("disk full")

    monkeypatch.setattr("portal.cases.exchange.exporting.text_file", fails)
    with pytest.raises(OSError, match="disk full"):
        export_library(target)
    assert target.read_text() == "older"
    assert list(tmp_path.glob(".a.zip*")) == []


def test_bytes_that_are_gone_are_told(furnished: Flask, tmp_path: Path) -> None:
    store = furnished.extensions["settings"].files
    for path in store.rglob("*"):
        if path.is_file():
            path.rename(path.with_suffix(".away"))
    try:
        assert len(export_library(tmp_path / "a.zip").missing) == 2
    finally:
        for path in store.rglob("*.away"):
            path.rename(path.with_suffix(""))


def test_the_starter_library_goes_in_and_out(
    tmp_path: Path, take_in: Importer, take_in_there: Importer, other_portal: Flask
) -> None:
    reports = [take_in_there(ROOT / "content" / language) for language in ("zh", "en")]
    assert [str(p) for report in reports for p in (*report.problems, *report.notes)] == []
    export_library(tmp_path / "a.zip")
    assert take_in_there(tmp_path / "a.zip").unchanged == sum(report.new for report in reports)


def contents(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8", "replace")
                for name in archive.namelist()}
