"""A zip archive is read within limits and never leads anywhere."""

import io
import stat
import zipfile
from pathlib import Path

import pytest

from portal.cases.exchange import archive as archive_module
from portal.cases.exchange.archive import Archive
from portal.cases.exchange.records import Wrong


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_members_are_read_by_their_paths(tmp_path: Path) -> None:
    archive = Archive(zipped(tmp_path / "a.zip", {
        "x/b.md": b"B", "a.md": b"A", "attachments/p.png": b"P", "__MACOSX/a.md": b"",
        ".x/c.md": b"",
    }))
    assert [entry.path for entry in archive.entries()] == ["a.md", "x/b.md"]
    assert archive.read("x/b.md", 10) == b"B"
    assert archive.others == 1


@pytest.mark.parametrize("name", ["../up.md", "/etc/x.md", "a/../../x.md", "C:/x.md", "..\\x.md"])
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    archive = Archive(zipped(tmp_path / "a.zip", {name: b"x", "a.md": b"A"}))
    assert [entry.path for entry in archive.entries()] == ["a.md"]
    assert [problem.file for problem in archive.problems] == [name]


def test_links_and_doubles_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        link = zipfile.ZipInfo("link.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.md", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.md", "2")
    opened = Archive(tmp_path / "a.zip")
    assert [problem.file for problem in opened.problems] == ["link.md", "a.md"]
    assert opened.read("a.md", 10) == b"1"


def test_a_bomb_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {f"{n}.md": b"\x00" * 10_000_000 for n in range(6)})
    with pytest.raises(Wrong):
        Archive(path)


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "MOST_MEMBERS", 2)
    with pytest.raises(Wrong):
        Archive(zipped(tmp_path / "a.zip", {f"{n}.md": b"x" for n in range(3)}))


def test_a_member_larger_than_allowed_is_refused(tmp_path: Path) -> None:
    archive = Archive(zipped(tmp_path / "a.zip", {"a.md": b"12345"}))
    with pytest.raises(Wrong):
        archive.read("a.md", 4)


@pytest.mark.parametrize("content", [b"", b"rubbish", b"PK\x03\x04rubbish"])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(Wrong):
        Archive(tmp_path / "a.zip")


def test_a_damaged_member_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.md": b"some text " * 50})
    content = bytearray(path.read_bytes())
    content[40:44] = b"\xff\xff\xff\xff"
    path.write_bytes(content)
    with pytest.raises(Wrong):
        Archive(path).read("a.md", 1000)


def test_chinese_names_of_explorer(tmp_path: Path) -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("abcd.md", "x")
    path = tmp_path / "a.zip"
    path.write_bytes(memory.getvalue().replace(b"abcd", "撞单".encode("gb18030")))
    assert [entry.path for entry in Archive(path).entries()] == ["撞单.md"]
