"""Many groups at once: downloaded, rehearsed, added."""

import re
from html import unescape
from io import BytesIO

import pytest

from portal.extensions import db
from portal.search.models import SynonymGroup
from portal.search.synonyms import groups_in

MANY = "/manage/synonyms/import"
LINES = "# whales\n蓝鲸, 鲸落\n撞单, 抢单\n孤鲸\n白鲸，白鯨魚、beluga\n"


def phrases():
    db.session.rollback()
    return [row.phrases for row in db.session.query(SynonymGroup)]


def hidden(page):
    """What the form of the rehearsal sends back."""
    fields = re.findall(r'<input[^>]*name="(content|shown)"[^>]*value="([^"]*)"', page)
    return {name: unescape(value) for name, value in fields}


def rehearse(visitor, text=LINES, data=None):
    form = {"text": text} if data is None else {"file": (BytesIO(data), "words.txt")}
    return visitor.post(MANY, data=form)


def test_the_download_is_read_again_as_already_there(browser, mei):
    visitor = browser(mei)
    answer = visitor.get("/manage/synonyms/synonyms.txt")
    assert answer.mimetype == "text/plain"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert len(list(groups_in(answer.text))) == len(phrases())
    page = rehearse(visitor, answer.text).text
    assert "0 new" in page and f"{len(phrases())} already there" in page


def test_nothing_is_written_before_somebody_says_so(browser, mei):
    before = phrases()
    page = rehearse(browser(mei)).text
    for words in ("2 new", "1 already there", "1 error", "at least two phrases", "Add 2 groups"):
        assert words in page
    assert phrases() == before


def test_the_new_groups_are_added(browser, mei):
    before, visitor = len(phrases()), browser(mei)
    answer = visitor.post(f"{MANY}/commit", data=hidden(rehearse(visitor).text))
    assert answer.status_code == 303
    assert "2 groups added." in visitor.get(answer.location).text
    assert len(phrases()) == before + 2
    assert ["白鲸", "白鯨魚", "beluga"] in phrases()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_in_any_usual_encoding(browser, mei, encoding):
    page = rehearse(browser(mei), data=LINES.encode(encoding)).text
    assert "2 new" in page


@pytest.mark.parametrize(("data", "words"), [
    (b"\x00\x01\x02\x03" * 50, "not a text file"), (b"a,b\n" * 100_000, "too large"),
    (b"# nothing\n\n", "no line with phrases"), (b"", "no line with phrases"),
    (b"".join(b"aa%d,bb%d\n" % (n, n) for n in range(2001)), "More than 2000 lines"),
])
def test_what_cannot_be_read_says_why(browser, mei, data, words):
    answer = rehearse(browser(mei), data=data)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_change_in_the_meantime_shows_the_new_verdicts(browser, mei, add):
    visitor = browser(mei)
    form = hidden(rehearse(visitor).text)
    add("蓝鲸", "鲸落")
    before = phrases()
    answer = visitor.post(f"{MANY}/commit", data=form)
    assert answer.status_code == 409
    assert "Groups changed in the meantime" in answer.text
    assert phrases() == before
    again = visitor.post(f"{MANY}/commit", data=hidden(answer.text))
    assert again.status_code == 303
    assert len(phrases()) == len(before) + 1


def test_a_commit_without_a_rehearsal_writes_nothing(browser, mei):
    before = phrases()
    assert browser(mei).post(f"{MANY}/commit").status_code == 422
    assert browser(mei).post(f"{MANY}/commit", data={"content": LINES}).status_code == 409
    assert browser(mei).get(f"{MANY}/commit").status_code == 303
    assert phrases() == before
