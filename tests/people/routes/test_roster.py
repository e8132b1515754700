"""People by file: rehearsal, commit, first passwords."""

import html
import re

import pytest

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people import passwords
from portal.people.actions import PersonFacts, add_person
from portal.people.models import Team, User
from portal.people.roster import reading

ADDRESS = "/manage/people/import"
COMMIT = f"{ADDRESS}/commit"
PASSWORD = re.compile(r"<code>([a-z2-9-]{14})</code>")
LIST = (
    "姓名,登录名,角色,部门,备注\n新人甲,n1,销售,Shanghai,x\n新人乙,n2,经理,West,\n"
    "李丽,alice,,,\n坏行,n3,老板,,\n重复,n1,,,\n"
)


def hidden(text):
    """The values that the rehearsal carries to the commit."""
    found = re.findall(r'<input id="(content|shown)"[^>]*value="([^"]*)"', text)
    return {name: html.unescape(value) for name, value in found}


def users():
    return {user.login for user in db.session.query(User)}


@pytest.fixture
def rehearsed(browser, admin, upload):
    """The answer to a rehearsal of `text` by the administrator."""

    def rehearse(text=LIST, person=admin):
        return browser(person).post(ADDRESS, data=upload(text))

    return rehearse


def test_a_rehearsal_tells_each_row_its_verdict_and_writes_nothing(app, rehearsed):
    before = users()
    answer = rehearsed()
    assert answer.status_code == 200
    for words in ("2 new", "1 changed", "2 errors", "“老板” is not a role.",
                  "Line 2 has the same login", "备注", "李爱丽", "李丽", "West"):
        assert words in answer.text, words
    assert users() == before


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_does_not_matter(rehearsed, encoding):
    assert "2 new" in rehearsed(LIST.encode(encoding)).text


@pytest.mark.parametrize(("content", "words"), [
    (b"", "The file is empty."), (b"PK\x03\x04", "a spreadsheet, not a CSV"),
    ("部门\nEast\n", "A column is missing: Name, Login."), ("a,b\nc,d\n", "no header line"),
    ("姓名,登录名\n", "nobody below the header"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file"),
])
def test_what_cannot_be_read_says_why(rehearsed, content, words):
    answer = rehearsed(content)
    assert answer.status_code == 422
    assert words in html.unescape(answer.text)


def test_a_file_that_is_too_large(rehearsed, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 100)
    answer = rehearsed(LIST)
    assert answer.status_code == 422
    assert "larger than 1 MB" in answer.text


def test_no_file_at_all(browser, admin):
    answer = browser(admin).post(ADDRESS)
    assert answer.status_code == 422
    assert "Choose a file first." in answer.text


def test_the_commit_writes_everything_and_shows_the_passwords_once(
    app, browser, admin, alice, rehearsed
):
    form = {**hidden(rehearsed().text), "create_teams": "y"}
    answer = browser(admin).post(COMMIT, data=form)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    shown = PASSWORD.findall(answer.text)
    assert len(shown) == 2
    first, second = (db.session.query(User).filter_by(login=login).one() for login in ("n1", "n2"))
    assert (first.name, first.team.name, first.role) == ("新人甲", "Shanghai", "rep")
    assert (second.team.name, second.role) == ("West", "manager")
    assert passwords.matches(first.password_hash, shown[0])
    assert first.must_change_password
    assert alice.row.name == "李丽"
    assert "n3" not in users()
    assert "Line 5" in answer.text


def test_the_same_list_again_has_nothing_to_write(app, browser, admin, rehearsed):
    browser(admin).post(COMMIT, data={**hidden(rehearsed().text), "create_teams": "y"})
    text = rehearsed().text
    assert "0 new" in text
    assert "There is nothing to write" in text


def test_without_the_tick_no_team_is_made(app, browser, admin, rehearsed):
    answer = browser(admin).post(COMMIT, data=hidden(rehearsed().text))
    assert answer.status_code == 200
    assert "There is no team “West”." in html.unescape(answer.text)
    assert "n1" in users()
    assert "n2" not in users()
    assert db.session.query(Team).filter_by(name="West").first() is None


def test_what_changed_since_the_rehearsal_is_shown_before_anything_is_written(
    app, browser, admin, rehearsed, clock
):
    form = hidden(rehearsed().text)
    with transaction():
        add_person(admin.id, PersonFacts("n2", "Somebody"), clock())
    answer = browser(admin).post(COMMIT, data={**form, "create_teams": "y"})
    assert answer.status_code == 409
    assert "changed in the meantime" in answer.text
    assert "n1" not in users()
    again = {**hidden(answer.text), "create_teams": "y"}
    assert browser(admin).post(COMMIT, data=again).status_code == 200
    assert "n1" in users()


@pytest.mark.parametrize("form", [{}, {"content": "nonsense", "shown": "x"},
                                  {"content": "姓名,登录名\na,n9\n", "shown": "forged"}])
def test_a_forged_commit_writes_nothing(app, browser, admin, form):
    assert browser(admin).post(COMMIT, data=form).status_code in (409, 422)
    assert "n9" not in users()


def test_two_administrators_may_hand_the_office_over_in_one_file(app, browser, admin, rehearsed):
    text = "姓名,登录名,角色\n管理员,admin,销售\n李爱丽,alice,管理员\n"
    answer = browser(admin).post(COMMIT, data=hidden(rehearsed(text).text))
    assert answer.status_code == 200
    roles = {user.login: user.role for user in db.session.query(User)}
    assert (roles["admin"], roles["alice"]) == ("rep", "admin")


def test_the_passwords_come_as_a_file_too_and_only_these(app, browser, admin, rehearsed):
    text = "姓名,登录名\n=cmd(),n1\n"
    page = browser(admin).post(COMMIT, data=hidden(rehearsed(text).text)).text
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)[1]
    address = "/manage/people/first-passwords.csv"
    answer = browser(admin).post(address, data={"sealed": sealed})
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.mimetype == "text/csv"
    rows = answer.data.decode("utf-8-sig").splitlines()
    assert rows[1].startswith("'=cmd(),n1,")
    assert rows[1].endswith(PASSWORD.findall(page)[0])
    for forged in ("", "x", sealed[:-2]):
        assert browser(admin).post(address, data={"sealed": forged}).status_code == 422


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sample_is_a_list_without_errors(app, browser, admin, upload, language):
    visitor = browser(admin, language=language)
    sample = visitor.get(f"{ADDRESS}/sample.csv").data
    page = visitor.post(ADDRESS, data=upload(sample)).text
    assert 'id="verdicts-new"' in page
    assert 'id="verdicts-error"' not in page


def test_hostile_cells_are_shown_harmless(rehearsed):
    text = rehearsed('姓名,登录名,"<b>x"\n<script>alert(1)</script>,n1,\n').text
    assert "<script>alert(1)" not in text
    assert "<b>x" not in text


def test_others_may_not(browser, alice, hr, upload):
    for person in (alice, hr):
        assert browser(person).get(ADDRESS).status_code == 403
        assert browser(person).post(ADDRESS, data=upload(LIST)).status_code == 403
        assert browser(person).post(COMMIT).status_code == 403
    assert browser().get(ADDRESS).status_code == 302


def test_addresses_and_methods(browser, admin):
    assert browser(admin).get(ADDRESS).status_code == 200
    assert browser(admin).get(COMMIT).location == ADDRESS
    assert browser(admin).get("/manage/people/first-passwords.csv").status_code == 405
    assert browser(admin).post(f"{ADDRESS}/sample.csv").status_code == 405
