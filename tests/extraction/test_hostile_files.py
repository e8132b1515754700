"""Whatever a file holds, the portal gets an answer, and the next file is read."""

import io
import os
import signal
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from portal.extraction import process
from portal.extraction.process import Child
from portal.extraction.reading import Reader
from portal.extraction.results import Extracted, ExtractionUnavailable, Limits
from tests.extraction.files import W, archive, paragraph, pdf, word, workbook

Read = Callable[..., Extracted]
UNREADABLE = Extracted("unreadable")
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION_LAUGHS = f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]>'


def far_apart() -> bytes:
    """A workbook with two cells, at opposite corners: as a table it has 17 milliard."""
    return sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>',
                 b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def endless_sheet() -> bytes:
    """The same cell over and over: a small file that takes many seconds to take apart."""
    return sheet(*[b'<row r="1"><c r="A1"><v>1</v></c></row>' * 1000] * 6000)


def sheet(*rows: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook({"S": []}))) as old:
        parts: dict[str, str | bytes] = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet1.xml"] = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<sheetData>" + b"".join(rows) + b"</sheetData></worksheet>")
    return archive(parts)


def bomb(megabytes: int) -> bytes:
    """A Word file that unfolds to as much, without a word in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target, \
            target.open("word/document.xml", "w") as part:
        part.write(f"<w:document {W}>".encode())
        for _ in range(megabytes):
            part.write(b" " * 1024 * 1024)
        part.write(b"</w:document>")
    return out.getvalue()


def endless_drawing() -> bytes:
    """The drawing of a page that takes minutes."""
    return b"BT /F1 1 Tf " + b"() Tj 1 0 Td " * 300_000 + b"ET"


@pytest.mark.parametrize("make", [
    pytest.param(lambda: word(paragraph("&l9;"), doctype=BILLION_LAUGHS), id="billion laughs"),
    pytest.param(lambda: word(paragraph("&x;"), doctype='<!DOCTYPE d [<!ENTITY x SYSTEM '
                                                        '"file:///etc/passwd">]>'), id="entity"),
    pytest.param(lambda: word(paragraph("words"))[:-40], id="cut Word file"),
    pytest.param(lambda: workbook({"S": [["words"]]})[:200], id="cut workbook"),
    pytest.param(lambda: pdf("words")[:60], id="cut PDF"),
    pytest.param(lambda: b"%PDF-1.7\n" + os.urandom(5000), id="no PDF"),
    pytest.param(lambda: archive({"readme.txt": "words"}), id="archive"),
    pytest.param(lambda: archive({"xl/workbook.xml": "<workbook/>"}), id="no workbook"),
    pytest.param(lambda: archive({"word/document.xml": "<w"}), id="broken XML"),
    pytest.param(lambda: b"\x01\x02\x03\x00\xff" * 500, id="noise"),
])
def test_damaged_and_hostile_files_are_unreadable(read: Read, make: Callable[[], bytes]) -> None:
    assert read(make()) == UNREADABLE


def test_what_stands_before_the_damage_counts(read: Read) -> None:
    broken = word(paragraph("before") + "</w:nonsense>" + paragraph("after"))
    assert read(broken) == Extracted("read", "before")


def test_a_damaged_page_costs_itself_alone(read: Read) -> None:
    content = pdf("first", "second", "third")
    damaged = content.replace(b"/Contents 7 0 R", b"/Contents /What ")
    assert read(damaged) == Extracted("read", "first\nthird")


def test_an_archive_that_unfolds_without_end_is_left(read: Read) -> None:
    assert read(bomb(megabytes=400)) == UNREADABLE


def test_elements_inside_elements_inside_elements(read: Read) -> None:
    deep = "<w:p>" * 100_000 + "<w:r><w:t>deep</w:t></w:r>" + "</w:p>" * 100_000
    assert read(word(deep)) == Extracted("read", "deep")


def test_more_words_than_anybody_reads(read: Read) -> None:
    for content in (("word " * 1_000_000).encode(), word(paragraph("word") * 300_000),
                    workbook({"S": [["word " * 1000]] * 300})):
        found = read(content)
        assert found.status == "read"
        assert 199_000 < len(found.text) <= 200_000


def test_ten_thousand_pages(read: Read) -> None:
    found = read(pdf(*["Page of a thick book"] * 10_000))
    assert found.status == "read"
    assert len(found.text) <= 200_000


def test_a_page_that_takes_too_long_costs_what_follows_it(read: Read) -> None:
    assert read(pdf("first", endless_drawing(), "third"), cpu_seconds=0.5).text == "first"
    assert read(pdf(endless_drawing()), cpu_seconds=0.5) == UNREADABLE


def test_a_reader_that_does_not_stop_is_killed_by_the_kernel(kept: Callable[[bytes], Path]) -> None:
    child = Child(Limits(cpu_seconds=0.1, grace_seconds=1))
    assert child.ask(str(kept(endless_sheet()))) is None
    child.end()
    assert child.ended == -signal.SIGXCPU


def test_a_reader_that_takes_too_much_memory_dies_alone(kept: Callable[[bytes], Path]) -> None:
    with Reader() as reader:
        assert reader.read(kept("前一个".encode())).text == "前一个"
        assert reader.read(kept(far_apart())) == UNREADABLE
        assert reader.read(kept("后一个".encode())).text == "后一个"


def test_a_reader_that_does_not_come_back_is_killed(
    kept: Callable[[bytes], Path], tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "silent")
    with Reader(Limits(wall_seconds=0.5)) as reader:
        assert reader.read(tmp_path / "silent") == UNREADABLE
        assert reader.read(kept("后一个".encode())).text == "后一个"


def test_who_ends_the_reader_from_outside_says_nothing_about_the_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "silent")
    child = Child(Limits())
    stop = threading.Timer(0.2, os.kill, (child.pid, signal.SIGTERM))
    stop.start()
    reader = Reader(child=child)
    with reader, pytest.raises(ExtractionUnavailable):
        reader.read(tmp_path / "silent")


def test_a_reader_that_does_not_start_says_nothing_about_the_file(
    kept: Callable[[bytes], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "SCRIPT", tmp_path / "nowhere.py")
    with Reader() as reader, pytest.raises(ExtractionUnavailable):
        reader.read(kept(b"words"))


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with Reader() as reader, pytest.raises(FileNotFoundError):
        reader.read(tmp_path / "gone")


def test_the_reader_knows_no_secret_of_the_portal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "very secret")
    child = Child(Limits())
    environment = Path(f"/proc/{child.pid}/environ").read_bytes()
    child.end()
    assert b"PATH=" in environment
    assert b"very secret" not in environment
