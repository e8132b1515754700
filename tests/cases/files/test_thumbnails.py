"""Small pictures: made in the background, served to who may see the large one."""

import io
import re

from PIL import Image
from sqlalchemy import select

from portal.cases import thumbnails
from portal.cases.actions.stored_files import thumbnail_of
from portal.cases.models import Attachment, Thumbnail
from portal.core.unit_of_work import transaction
from portal.extensions import db
from tests.cases.actions.test_attach import JPEG
from tests.cases.files.conftest import picture


def small(person, file, query=""):
    return person.get(f"/attachments/{file.id}/thumb{query}", buffered=True)


def test_it_is_made_and_shown_at_its_size(problem, attach, browser, alice, bob):
    file = attach(alice, problem, "现场.png", picture(size=(3000, 1500)))
    row = db.session.get(Thumbnail, file.sha256)
    assert (row.made, row.width, row.height) == (True, 3000, 1500)
    person = browser(bob)
    for query, size in (("", (240, 120)), ("?size=page", (1280, 640)), ("?size=9", (240, 120))):
        answer = small(person, file, query)
        assert answer.mimetype == "image/webp"
        assert Image.open(io.BytesIO(answer.data)).size == size
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        again = person.get(f"/attachments/{file.id}/thumb{query}",
                           headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
    page = person.get(f"/cases/{problem.id}").text
    assert f'src="/attachments/{file.id}/thumb"' in page and "3000 × 1500" in page


def test_the_rights_are_those_of_the_picture(record, attach, browser, alice, bob, mei):
    hidden = attach(alice, record(alice, audience="managers"), "a.png", picture())
    assert small(browser(bob), hidden).status_code == 404
    assert small(browser(mei), hidden).status_code == 200


def test_while_there_is_none_the_picture_itself_is_shown(problem, attach, browser, alice, app):
    broken = attach(alice, problem, "broken.jpg", JPEG)
    assert db.session.get(Thumbnail, broken.sha256).made is False
    answer = small(browser(alice), broken)
    assert (answer.status_code, answer.location) == (303, f"/attachments/{broken.id}")
    good = attach(alice, problem, "good.png", picture())
    thumbnail_of(good.sha256, 240, app.extensions["settings"].files).unlink()
    assert small(browser(alice), good).status_code == 303
    assert small(browser(alice), attach(alice, problem)).status_code == 404


def test_pictures_in_a_text_are_small_and_do_not_jump(record, attach, browser, alice, bob):
    case = record(alice, body="x")
    files = [attach(alice, case, f"{n}.png", picture(size=(2560 + n, 1280))) for n in range(3)]
    text = "\n\n".join(f"![图{n}](/attachments/{file.id})" for n, file in enumerate(files))
    text += f"\n\n[![](/attachments/{files[0].id})](https://example.com)\n\n![](/attachments/99999)"
    with transaction():
        db.session.merge(case).body = text
    page = browser(bob).get(f"/cases/{case.id}").text
    for file in files:
        assert re.search(rf'<a href="/attachments/{file.id}"><img [^>]*src="/attachments/{file.id}'
                         r'/thumb\?size=page"[^>]*width="1280" height="6\d\d" loading="lazy">',
                         page)
    assert 'href="https://example.com"' in page and 'src="/attachments/99999"' in page


def test_the_size_of_what_one_may_not_see_is_not_told(record, attach, browser, alice, bob):
    hidden = attach(alice, record(alice, audience="managers"), "a.png", picture())
    case = record(alice, body=f"![x](/attachments/{hidden.id})")
    page = browser(bob).get(f"/cases/{case.id}").text
    assert f'src="/attachments/{hidden.id}"' in page
    assert f"/attachments/{hidden.id}/thumb" not in page


def test_one_answer_for_the_same_bytes_and_none_for_lost_ones(problem, attach, alice, app):
    one, other = (attach(alice, problem, name, picture()) for name in ("a.png", "b.png"))
    assert one.sha256 == other.sha256
    assert len(db.session.scalars(select(Thumbnail)).all()) == 1
    with transaction():
        db.session.add(Attachment(
            case_id=problem.id, sha256="f" * 64, name="gone.png", media_type="image/png", size=1,
            added_by_id=alice.id, created_at=one.created_at))
    thumbnails.make_thumbnails()
    assert db.session.get(Thumbnail, "f" * 64) is None
