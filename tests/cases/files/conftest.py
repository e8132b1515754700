"""Pictures as people have them, and uploads as the editor sends them."""

import io
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest
from PIL import Image

from portal.cases.models import Attachment
from portal.drafts.models import Draft
from portal.extensions import db
from tests.browser import Browser

KEY = "draft-key-0001"


@lru_cache
def picture(form: str = "PNG", size: tuple[int, int] = (600, 300)) -> bytes:
    out = io.BytesIO()
    Image.radial_gradient("L").resize(size).convert("RGB").save(out, form)
    return out.getvalue()


@pytest.fixture
def upload() -> Callable[..., Any]:
    """`upload(browser, url, name, content)` as the editor sends it."""

    def send(browser: Browser, url: str, name: str = "photo.png",
             content: bytes | None = None, form: str = "case:problem") -> Any:
        data = {"file": (io.BytesIO(picture() if content is None else content), name),
                "draft_form": form, "csrf_token": browser.csrf_token()}
        return browser.post(url, data=data, csrf=False, headers={"HX-Request": "true"},
                            content_type="multipart/form-data")

    return send


@pytest.fixture
def draft_file(upload: Any, browser: Any) -> Callable[..., Attachment]:
    """A file that a person added to what they are writing."""

    def add(person: Any, key: str = KEY, **values: Any) -> Attachment:
        answer = upload(browser(person), f"/drafts/{key}/files", **values)
        assert answer.status_code == 200, answer.text
        number = int(answer.text.rpartition("/")[2].rstrip(")"))
        return db.session.get_one(Attachment, number)

    return add


@pytest.fixture
def draft_of() -> Callable[[Any], Draft]:
    def find(person: Any, key: str = KEY) -> Draft:
        db.session.rollback()
        return db.session.query(Draft).filter_by(person_id=person.id, key=key).one()

    return find
