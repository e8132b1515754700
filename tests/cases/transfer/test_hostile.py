"""Uploads that mean harm, or come from strange programs."""

import io
import stat
import zipfile

import pytest

from portal.cases.models import Case
from portal.cases.transfer import routes, storing
from portal.cases.transfer.routes import imports
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User
from portal.transfer import uploads
from tests.cases.transfer.conftest import Uploader, packed
from tests.cases.transfer.test_import import LESSON, count


def test_names_that_lead_out_and_links_are_told(uploader, mei, app):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("../evil.md", "/etc/evil.md", "C:/evil.md", "ok.md", "inner.zip"):
            archive.writestr(name, LESSON)
        link = zipfile.ZipInfo("link.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    up = uploader(mei)
    up.send("evil.zip", out.getvalue())
    verdicts = {row.source: row.verdict for row in up.rows}
    assert verdicts == {"ok.md": "new", "../evil.md": "error", "/etc/evil.md": "error",
                        "C:/evil.md": "error", "link.md": "error"}
    assert "lead out" in up.page()
    up.commit()
    assert count(Case) == 1


def test_a_bomb_is_refused_when_it_arrives(uploader, mei):
    bomb = packed({"a.md": b"0" * 80_000_000})
    assert len(bomb) < 200_000
    answer = uploader(mei).send("bomb.zip", bomb)
    assert answer.status_code == 422
    assert "too large to be true" in answer.text


def test_a_workbook_that_is_a_bomb(uploader, mei):
    bomb = packed({"xl/worksheets/sheet1.xml": b"0" * 40_000_000})
    answer = uploader(mei).send("bomb.xlsx", bomb)
    assert answer.status_code == 422
    assert "too large to be true" in answer.text


def test_too_many_files(uploader, mei, monkeypatch):
    monkeypatch.setattr(storing, "MOST_FILES", 3)
    answer = uploader(mei).send_all({f"{n}.md": "x" for n in range(4)})
    assert answer.status_code == 422


def test_more_than_fits_is_refused_before_it_is_read(uploader, mei, monkeypatch):
    monkeypatch.setattr(routes, "MOST_BYTES", 1000 - 1024 * 1024)
    answer = uploader(mei).send("a.md", "x" * 5_000)
    assert answer.status_code == 413
    assert "Nothing was uploaded" in answer.text


def test_an_import_may_be_larger_than_other_forms(uploader, mei, app):
    monkey = app.config["MAX_CONTENT_LENGTH"]
    app.config["MAX_CONTENT_LENGTH"] = 1000
    try:
        assert uploader(mei).send("a.md", "# Title\n" + "x" * 5000).status_code == 303
    finally:
        app.config["MAX_CONTENT_LENGTH"] = monkey


def test_of_whoever_may_not_import_nothing_large_is_read(browser, alice, app, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1000)
    for person in (browser(), browser(alice)):
        answer = Uploader(person).send("a.md", "x" * 5000)
        assert answer.status_code == 413


def test_nobody_waits_for_a_large_upload(uploader, mei, app, monkeypatch):
    real = imports.store_upload

    def others_write_meanwhile(*given):
        with app.app_context(), transaction():
            db.session.get_one(User, mei.id).job_title = "Head of East"
        return real(*given)

    monkeypatch.setattr(imports, "store_upload", others_write_meanwhile)
    up = uploader(mei)
    assert up.send("a.md", LESSON).status_code == 303
    assert up.verdicts == ["new"]


@pytest.mark.parametrize(("name", "content"), [
    ("a.zip", b""), ("a.zip", b"no zip"), ("a.exe", b"MZ"), ("a.pdf", b"%PDF"), ("", b""),
])
def test_what_cannot_be_imported_is_refused(uploader, mei, name, content, app):
    answer = uploader(mei).send(name, content)
    assert answer.status_code == 422
    folder = app.extensions["settings"].transfers / "uploads"
    assert not list(folder.glob(".*"))


def test_files_that_are_damaged_one_by_one(uploader, mei):
    up = uploader(mei)
    up.send_all({"good.md": LESSON, "empty.md": b"", "binary.md": bytes(range(256)) * 40,
                 "broken.docx": b"PK\x03\x04", "open.md": "---\ntitle: x\n",
                 "gb.md": "---\ntitle: 国标\n---\n内容".encode("gb18030"),
                 "utf16.md": "---\ntitle: 宽\n---\n内容".encode("utf-16")})
    assert {row.source: row.verdict for row in up.rows} == {
        "good.md": "new", "empty.md": "error", "binary.md": "error", "broken.docx": "error",
        "open.md": "error", "gb.md": "new", "utf16.md": "new"}
    assert all(row.reason for row in up.rows if row.verdict == "error")


def test_one_ref_twice(uploader, mei):
    up = uploader(mei)
    up.send_all({"a.md": LESSON, "b.md": LESSON})
    assert up.verdicts == ["new", "error"]
    assert "already" in up.rows[1].reason


def test_a_folder_from_the_browser_is_as_on_the_command_line(uploader, mei, app):
    up = uploader(mei)
    up.send_all({"library/x/a.md": "# A\n![p](../p.txt)", "library/p.txt": "words",
                 "library/.hidden.md": "x"}, field="folder")
    assert up.row.name == "library"
    assert [(row.source, row.ref) for row in up.rows] == [("x/a.md", "x-a")]


def test_a_formula_as_title_stays_text(uploader, mei, browser):
    up = uploader(mei)
    up.send("f.csv", "title,text\n\"=HYPERLINK(\"\"http://x\"\")\",<script>alert(1)</script>\n")
    up.columns()
    up.commit()
    assert db.session.query(Case).one().title == '=HYPERLINK("http://x")'
    assert "<script>alert" not in up.page()


def test_the_uploads_go_after_some_days(uploader, mei, app, clock):
    import os

    from portal.cases.transfer.exporting import tidy

    up = uploader(mei)
    up.send("lesson.md", LESSON)
    path = uploads.upload_path(app.extensions["settings"].transfers, up.row.sha256)
    os.utime(path, (clock().timestamp(), clock().timestamp()))
    tidy()
    assert path.exists()
    clock.move(days=uploads.KEPT_DAYS, seconds=1)
    tidy()
    assert not path.exists()
    # The sign-in ended meanwhile.
    number, up = up.number, uploader(mei)
    up.number = number
    up.commit()
    assert up.row.commit_task.status == "failed"
    assert "no longer kept" in up.page()
