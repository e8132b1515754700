"""Files of a case, served only to who may read it, and never run by a browser (K10)."""

import pytest

from portal.cases.actions.attachments import path_of
from tests.cases.actions.test_attach import PNG
from tests.cases.addresses import landing
from tests.cases.routes.test_decisions import undo_in


def fetch(person, file, query=""):
    return person.get(f"/attachments/{file.id}{query}", buffered=True)


def test_a_picture_is_shown_and_downloaded_on_request(problem, attach, browser, alice, bob):
    picture = attach(alice, problem, "照片.png", PNG)
    answer = fetch(browser(bob), picture)
    assert answer.data == PNG
    assert answer.mimetype == "image/png"
    assert "attachment" not in answer.headers.get("Content-Disposition", "")
    assert "attachment" in fetch(browser(bob), picture, "?download").headers["Content-Disposition"]


@pytest.mark.parametrize(("name", "content"), [
    ("a.txt", b"<script>alert(1)</script>"), ("a.csv", b"=cmd()"), ("a.pdf", b"%PDF-1.4\n%%EOF\n"),
])
def test_everything_else_is_downloaded_and_runs_nowhere(problem, attach, browser, alice, bob, name,
                                                       content):
    answer = fetch(browser(bob), attach(alice, problem, name, content))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "private" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["报价 单.csv", 'a"b.csv', "a;b.csv", "üñ.csv", "a'b%0d.csv"])
def test_any_name_makes_one_harmless_header(problem, attach, browser, alice, name):
    header = fetch(browser(alice), attach(alice, problem, name)).headers["Content-Disposition"]
    assert "\n" not in header
    assert header.startswith("attachment; filename")


def test_the_same_bytes_in_a_readable_case_do_not_open_the_unreadable(record, attach, browser,
                                                                      alice, mei, bob):
    hidden = attach(alice, record(alice, audience="managers"), "secret.txt", b"same")
    opened = attach(alice, record(alice), "public.txt", b"same")
    assert hidden.sha256 == opened.sha256
    assert fetch(browser(bob), hidden).status_code == 404
    assert fetch(browser(bob), opened).status_code == 200
    assert fetch(browser(mei), hidden).status_code == 200


def test_a_closed_case_closes_its_files_even_for_a_browser_that_kept_one(problem, attach, browser,
                                                                         alice, bob, act):
    picture = attach(alice, problem, "a.png", PNG)
    person = browser(bob)
    etag = fetch(person, picture).headers["ETag"]
    kept = person.get(f"/attachments/{picture.id}", headers={"If-None-Match": etag})
    assert kept.status_code == 304
    act(lambda: setattr(problem, "audience", "managers"))
    kept = person.get(f"/attachments/{picture.id}", headers={"If-None-Match": etag})
    assert kept.status_code == 404


def test_removing_is_undone_with_one_tap(problem, attach, browser, alice):
    file = attach(alice, problem, "list.csv")
    person = browser(alice)
    page = landing(person, person.post(f"/attachments/{file.id}/remove")).text
    assert "Removed “list.csv”" in page
    assert f'href="/attachments/{file.id}"' not in page
    assert fetch(person, file).status_code == 404
    assert person.post(undo_in(page)).status_code == 303
    assert fetch(person, file).status_code == 200


@pytest.mark.parametrize(("login", "status"), [
    ("alice", 303), ("mei", 303), ("bob", 403), ("chen", 403), ("admin", 403),
])
def test_who_may_remove(problem, attach, browser, alice, request, login, status):
    file = attach(alice, problem)
    person = browser(request.getfixturevalue(login))
    assert person.post(f"/attachments/{file.id}/remove").status_code == status


def test_a_file_that_the_disk_lost_is_not_found(app, problem, attach, browser, alice):
    file = attach(alice, problem, "lost.txt", b"lost for ever")
    path_of(file.sha256, app.extensions["settings"].files).unlink()
    assert fetch(browser(alice), file).status_code == 404


def test_a_hostile_name_is_shown_escaped(problem, attach, browser, alice):
    attach(alice, problem, '"><script>alert(1)</script>.txt')
    assert "<script>alert" not in browser(alice).get(f"/cases/{problem.id}").text
