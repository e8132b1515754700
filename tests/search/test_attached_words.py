"""The words inside attached files are found by who may read the case (S1), and by nobody else."""

import logging
import zipfile
from collections.abc import Callable
from contextvars import Context
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases import attached_texts
from portal.cases.actions import attachments
from portal.cases.exchange.folders import open_folder
from portal.cases.exchange.importing import import_library
from portal.cases.models import Attachment, AttachmentText, Case
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.extraction import process
from portal.search import indexer
from tests.browser import Browser
from tests.cases.actions.test_attach import PNG
from tests.characters import Character
from tests.conftest import Recorder
from tests.extraction.files import paragraph, pdf, slides, word, workbook
from tests.frozen_clock import FrozenClock

Attach = Callable[..., Attachment]
Found = Callable[..., list[str]]


def rows() -> dict[str, tuple[str, str]]:
    db.session.rollback()
    query = select(AttachmentText.sha256, AttachmentText.status, AttachmentText.text)
    return {digest: (status, text) for digest, status, text in db.session.execute(query)}


def work(app: Flask) -> None:
    """Read what waits and index what follows, as the worker does."""

    def run() -> None:
        with app.app_context():
            attached_texts.read_attachments()
            indexer.index_pending()

    db.session.rollback()
    Context().run(run)


@pytest.mark.parametrize(("name", "content"), [
    ("评审.docx", word(paragraph("履约保函金额"))),
    ("清单.xlsx", workbook({"履约保函": [["金额"]]})),
    ("汇报.pptx", slides("履约保函金额")),
    ("旧系统导出.csv", "编号,履约保函\r\n".encode("gbk")),
    ("记录.txt", "履约保函".encode("utf-16")),
])
def test_a_word_that_stands_only_inside_a_file(
    problem: Case, attach: Attach, found: Found, alice: Character, bob: Character, name: str,
    content: bytes,
) -> None:
    assert found(bob, "履约保函") == []
    attach(alice, problem, name, content)
    assert found(bob, "履约保函") == [problem.title]


def test_from_the_form_to_the_results(
    browser: Callable[..., Browser], alice: Character, bob: Character
) -> None:
    saved = browser(alice).post("/cases/new/problem", data={
        "title": "Tender in Chengdu", "body": "See the offer.", "audience": "everyone",
        "source": "none", "files": (BytesIO(pdf("Liquidated damages clause")), "offer.pdf"),
    })
    assert saved.status_code == 303, saved.text
    answer = browser(bob).get("/search?q=liquidated+damages")
    assert answer.status_code == 200
    assert "Tender in Chengdu" in answer.text


def test_the_name_of_a_file_is_found_even_of_a_picture(
    problem: Case, attach: Attach, found: Found, alice: Character
) -> None:
    attach(alice, problem, "现场照片.png", PNG)
    assert found(alice, "现场照片") == [problem.title]


def test_a_removed_file_is_not_found_until_it_is_put_back(
    problem: Case, attach: Attach, act: Callable[..., None], found: Found, alice: Character,
    clock: FrozenClock,
) -> None:
    file = attach(alice, problem, "保函.txt", "履约保函".encode())
    act(attachments.remove, alice.actor, file, clock())
    assert found(alice, "履约保函") == []
    assert attached_texts.texts_of([problem.id]) == {}
    act(attachments.put_back, alice.actor, file, clock())
    assert found(alice, "履约保函") == [problem.title]


def test_files_are_as_closed_as_their_case(
    record: Recorder, attach: Attach, found: Found, alice: Character, mei: Character,
    bob: Character,
) -> None:
    same = "履约保函".encode()
    for case in (record(alice, title="For managers", audience="managers"),
                 record(alice, title="Not yet", draft=True)):
        attach(alice, case, "保函.txt", same)
    assert found(bob, "履约保函") == []
    assert found(mei, "履约保函") == ["For managers"]
    # Its bytes in an open case open that case alone.
    attach(alice, record(alice, title="For everyone"), "again.txt", same)
    assert found(bob, "履约保函") == ["For everyone"]


def test_the_same_bytes_are_read_once(
    record: Recorder, attach: Attach, found: Found, alice: Character,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attach(alice, record(alice, title="First"), "a.txt", "履约保函".encode())
    # From here on nothing can be read.
    monkeypatch.setattr(process, "SCRIPT", process.SCRIPT.with_name("nothing.py"))
    attach(alice, record(alice, title="Second"), "b.txt", "履约保函".encode())
    assert sorted(found(alice, "履约保函")) == ["First", "Second"]


def test_what_cannot_be_read_now_is_read_later(
    app: Flask, problem: Case, attach: Attach, found: Found, alice: Character,
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(process, "SCRIPT", process.SCRIPT.with_name("nothing.py"))
        attach(alice, problem, "保函.txt", "履约保函".encode())
        assert rows() == {}
    work(app)
    assert found(alice, "履约保函") == [problem.title]


@pytest.mark.usefixtures("asleep")
def test_a_lost_wake_up_is_made_good_by_the_sweep(
    app: Flask, problem: Case, attach: Attach, found: Found, alice: Character
) -> None:
    attach(alice, problem, "保函.txt", "履约保函".encode())
    assert attached_texts.counts() == {"waiting": 1}
    work(app)
    assert attached_texts.counts() == {"read": 1}
    assert found(alice, "履约保函") == [problem.title]


@pytest.mark.usefixtures("asleep")
def test_one_bad_file_does_not_keep_the_others_waiting(
    app: Flask, problem: Case, attach: Attach, alice: Character
) -> None:
    files = {
        "damaged.docx": (word(paragraph("x"))[:90], "unreadable"),
        "scan.pdf": (pdf(b"0 0 m 9 9 l S"), "empty"),
        "good.txt": (b"good", "read"),
    }
    kept = {name: attach(alice, problem, name, content) for name, (content, _) in files.items()}
    attach(alice, problem, "picture.png", PNG)
    work(app)
    found = rows()
    assert len(found) == 3
    for name, (_, status) in files.items():
        assert found[kept[name].sha256][0] == status


@pytest.mark.usefixtures("asleep")
def test_a_file_that_the_disk_lost_is_told_once_and_read_when_it_is_back(
    app: Flask, problem: Case, attach: Attach, alice: Character,
    caplog: pytest.LogCaptureFixture,
) -> None:
    file = attach(alice, problem, "lost.txt", b"lost but found")
    path = attachments.path_of(file.sha256, app.extensions["settings"].files)
    content = path.read_bytes()
    path.unlink()
    with caplog.at_level(logging.WARNING):
        work(app)
        work(app)
    assert [file.sha256 in entry.getMessage() for entry in caplog.records] == [True]
    assert rows() == {}
    path.write_bytes(content)
    work(app)
    assert rows() == {file.sha256: ("read", "lost but found")}


def test_better_readers_read_anew(
    app: Flask, problem: Case, attach: Attach, found: Found, alice: Character
) -> None:
    file = attach(alice, problem, "保函.txt", "履约保函".encode())
    with transaction():
        row = db.session.get_one(AttachmentText, file.sha256)
        row.text, row.version = "what an older reader saw", 0
    work(app)
    assert rows() == {file.sha256: ("read", "履约保函")}
    assert found(alice, "履约保函") == [problem.title]


def test_unreadable_files_are_tried_again_only_on_request(
    app: Flask, problem: Case, attach: Attach, alice: Character
) -> None:
    file = attach(alice, problem, "a.txt", b"words")
    with transaction():
        row = db.session.get_one(AttachmentText, file.sha256)
        row.status, row.text = "unreadable", ""
    work(app)
    assert rows()[file.sha256] == ("unreadable", "")
    runner = app.test_cli_runner()
    db.session.rollback()
    result = Context().run(runner.invoke, args=["reindex", "--files"])
    assert "Tried 1 files again; 0 cannot be read." in result.output
    assert rows()[file.sha256] == ("read", "words")


def test_an_imported_library_brings_its_files_along(
    found: Found, admin: Character, clock: FrozenClock, tmp_path: Path
) -> None:
    archive = tmp_path / "library.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for number in range(3):
            target.writestr(f"case-{number}.md",
                            f"---\nkind: problem\ntitle: Case {number}\nattachments: "
                            f"[files/{number}.txt]\n---\nText\n")
            target.writestr(f"files/{number}.txt", f"履约保函 {number}")
    import_library(admin.actor, open_folder(archive), clock())
    assert sorted(found(admin, "履约保函")) == ["Case 0", "Case 1", "Case 2"]


@pytest.mark.parametrize("count", [1, 12])
def test_reading_texts_takes_one_statement(
    record: Recorder, attach: Attach, alice: Character, statements: list[str], count: int
) -> None:
    cases = [record(alice, title=f"Case {number}") for number in range(count)]
    for case in cases:
        attach(alice, case, "a.txt", b"one")
        attach(alice, case, "b.txt", b"two")
    ids = [case.id for case in cases]
    statements.clear()
    found = attached_texts.texts_of(ids)
    assert len(statements) == 1
    assert found == {case_id: [("a.txt", "one"), ("b.txt", "two")] for case_id in ids}


def test_the_texts_of_a_case_are_bounded(
    problem: Case, attach: Attach, alice: Character
) -> None:
    for number in range(3):
        attach(alice, problem, f"{number}.txt", f"{number}".encode() * 60)
    texts = [text for _, text in attached_texts.texts_of([problem.id], most=100)[problem.id]]
    assert texts == ["0" * 60, "1" * 40, ""]


@pytest.mark.parametrize(("login", "told"), [("alice", True), ("mei", True), ("bob", False)])
def test_who_may_edit_is_told_that_a_file_cannot_be_searched(
    problem: Case, attach: Attach, browser: Callable[..., Browser], alice: Character,
    request: pytest.FixtureRequest, login: str, told: bool,
) -> None:
    attach(alice, problem, "damaged.docx", word(paragraph("x"))[:90])
    attach(alice, problem, "scan.pdf", pdf(b"0 0 m 9 9 l S"))
    page = browser(request.getfixturevalue(login)).get(f"/cases/{problem.id}").text
    assert ("Protected or damaged: its words cannot be searched." in page) is told
    assert ("No words found in it" in page) is told


def test_a_book_that_is_attached_does_not_bury_what_the_case_says(
    record: Recorder, attach: Attach, found: Found, alice: Character
) -> None:
    about = record(alice, title="招投标经验",
                   body="质保金怎么退：质保金先找财务，质保金一般一年后退。")
    for number in range(8):
        body = "客户问起付款条件，也问起交期、折扣和验收。" * number + "顺便提到质保金怎么算。"
        record(alice, title=f"别的案例{number}", body=body)
    assert found(alice, "质保金怎么退")[0] == "招投标经验"
    novel = "".join(f"第{number}章说的是另外一件事情，与这里没有关系。" for number in range(9_000))
    attach(alice, about, "novel.txt", novel.encode())
    assert found(alice, "质保金怎么退")[0] == "招投标经验"


def test_a_book_is_no_answer_to_everything(
    record: Recorder, attach: Attach, found: Found, alice: Character
) -> None:
    with_book = record(alice, title="招投标经验", body="见附件。")
    novel = "".join(f"第{number}章说到客户、付款、折扣和交期。" for number in range(9_000))
    attach(alice, with_book, "novel.txt", novel.encode())
    record(alice, title="折扣审批", body="客户要折扣，先看付款条件，再报经理。")
    assert found(alice, "客户要折扣") == ["折扣审批", "招投标经验"]
