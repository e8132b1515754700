"""Exports through the browser: what one may read, as a file that only oneself can fetch."""

import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from portal.cases.content import RetrospectiveContent
from portal.core.audit import AuditEntry
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User
from portal.tasks.models import Task


@pytest.fixture
def library_there(record, alice, carol):
    record(alice, kind="loss", title="=1+1", tags=("甲", "乙"), stage="needs", industry="finance",
           retrospective=RetrospectiveContent(main_reason="price", competitors=("A", "B"),
                                              actions=("one, two", "three"), cycle_days=9),
           body="多行\n\n\"正文\"")
    record(carol, title="Only for South", audience="team")
    record(alice, title="Everybody", audience="everyone")


def export(browser, **form):
    """Ask for an export and fetch its file."""
    answer = browser.post("/cases/export", data=form)
    assert answer.status_code == 303, answer.text
    number = int(answer.location.rpartition("/")[2])
    page = browser.get(answer.location).text
    assert f"/cases/exports/{number}/file" in page
    return browser.get(f"/cases/exports/{number}/file"), number


def test_a_table_of_what_one_may_read(browser, alice, library_there):
    visitor = browser(alice)
    answer, _ = export(visitor, format="csv")
    text = answer.get_data().decode("utf-8-sig")
    assert "Everybody" in text
    assert "Only for South" not in text
    assert "'=1+1" in text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_filters_of_the_list_count(browser, alice, library_there):
    visitor = browser(alice)
    assert "Loss retrospective" in visitor.get("/cases/export?kind=loss").text
    answer, _ = export(visitor, format="xlsx", kind="loss")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.get_data())).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert len(rows) == 2
    assert "=1+1" in rows[1]


@pytest.mark.parametrize("form", ["csv", "xlsx", "zip"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_exported_is_known_again(browser, uploader, admin, library_there, form, language):
    answer, _ = export(browser(admin, language=language), format=form)
    up = uploader(admin, language=language)
    assert up.send(f"cases.{form}", answer.get_data()).status_code == 303
    if form != "zip":
        up.columns()
    assert set(up.verdicts) == {"unchanged"}, [row.reason for row in up.rows]


@pytest.mark.parametrize("form", ["csv", "zip"])
def test_what_one_reads_but_may_not_change_is_known_again_as_long_as_it_is_equal(
    browser, uploader, chen, library_there, form
):
    answer, _ = export(browser(chen), format=form)
    up = uploader(chen)
    up.send(f"cases.{form}", answer.get_data())
    if form != "zip":
        up.columns()
    assert set(up.verdicts) == {"unchanged"}, [row.reason for row in up.rows]


def test_a_manager_takes_what_they_may_read_and_an_administrator_everything(
    browser, mei, admin, library_there
):
    titles = {}
    for person in (mei, admin):
        answer, _ = export(browser(person), format="zip")
        with zipfile.ZipFile(io.BytesIO(answer.get_data())) as archive:
            titles[person.login] = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Only for South" not in titles["mei"]
    assert b"Only for South" in titles["admin"]


def test_only_managers_and_administrators_take_the_archive(browser, alice, hr, library_there):
    for person in (alice, hr):
        assert browser(person).post("/cases/export", data={"format": "zip"}).status_code == 403
    assert db.session.query(Task).count() == 0
    assert browser(alice).post("/cases/export", data={"format": "exe"}).status_code == 400


def test_nobody_else_fetches_it_and_it_is_not_kept_for_ever(
    browser, alice, admin, library_there, clock
):
    _, number = export(browser(alice), format="csv")
    url = f"/cases/exports/{number}/file"
    assert browser(admin).get(url).status_code == 404
    clock.move(days=8)
    assert browser(alice).get(url).status_code == 404
    assert url not in browser(alice).get(f"/tasks/{number}").text
    assert db.session.query(AuditEntry).filter_by(action="library.exported").count() == 1


def test_who_may_no_longer_export_everything_no_longer_fetches_it(
    browser, mei, library_there
):
    reader = browser(mei)
    _, number = export(reader, format="zip")
    url = f"/cases/exports/{number}/file"
    assert reader.get(url).status_code == 200
    with transaction():
        db.session.get_one(User, mei.id).role = "rep"
    assert reader.get(url).status_code == 403


def test_the_library_offers_it(browser, alice, mei):
    assert "/cases/import" not in browser(alice).get("/cases").text
    assert "/cases/export" in browser(alice).get("/cases").text
    assert "/cases/import" in browser(mei).get("/cases").text
    assert browser(alice).get("/cases/import").status_code == 403
    assert browser(alice).post("/cases/import").status_code == 403
