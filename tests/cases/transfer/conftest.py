"""Uploads through the real form."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from portal.cases.transfer.models import CaseImport, ImportRow
from portal.extensions import db
from tests.browser import Browser
from tests.characters import Character


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


class Uploader:
    """One person's way through an import."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.number = 0

    def send(self, name: str, content: str | bytes, field: str = "files") -> Any:
        return self.send_all({name: content}, field)

    def send_all(self, files: Mapping[str, str | bytes], field: str = "files") -> Any:
        """Post the files; the answer. A 303 makes this the import at hand."""
        sent = [(io.BytesIO(c.encode() if isinstance(c, str) else c), name)
                for name, c in files.items()]
        answer = self.browser.post("/cases/import", data={field: sent},
                                   content_type="multipart/form-data")
        if answer.status_code == 303:
            self.number = int(re.search(r"/imports/(\d+)", answer.location)[1])
        return answer

    @property
    def url(self) -> str:
        return f"/cases/imports/{self.number}"

    def columns(self, *fields: str) -> Any:
        """Say which field each column is; without arguments, what was guessed."""
        chosen = fields or tuple(self.row.mapping)
        return self.browser.post(f"{self.url}/columns", data={
            f"column-{n}": field for n, field in enumerate(chosen)})

    def commit(self, **choices: str) -> Any:
        return self.browser.post(f"{self.url}/commit", data=choices)

    def revert(self) -> Any:
        return self.browser.post(f"{self.url}/revert")

    def page(self, **query: str) -> str:
        answer = self.browser.get(self.url, query_string=query)
        assert answer.status_code == 200, answer.text
        return answer.text

    @property
    def row(self) -> CaseImport:
        db.session.rollback()
        return db.session.get_one(CaseImport, self.number)

    @property
    def rows(self) -> list[ImportRow]:
        db.session.rollback()
        return list(db.session.query(ImportRow).filter_by(import_id=self.number)
                    .order_by(ImportRow.number))

    @property
    def verdicts(self) -> list[str]:
        return [row.verdict for row in self.rows]

    @property
    def outcomes(self) -> list[str | None]:
        return [row.outcome for row in self.rows]


@pytest.fixture
def uploader(browser: Callable[..., Browser]) -> Callable[..., Uploader]:
    """`uploader(mei)` imports as mei."""

    def open_one(person: Character, **more: Any) -> Uploader:
        return Uploader(browser(person, **more))

    return open_one
