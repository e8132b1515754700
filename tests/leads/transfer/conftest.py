"""Imports of leads through the real pages."""

import io
import re
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest

from portal.core.unit_of_work import transaction
from portal.customers.actions.customers import record_customer
from portal.customers.content import ContactFacts, CustomerFacts
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.actions.leads import record_lead
from portal.leads.content import LeadFacts
from portal.leads.transfer.models import LeadImport, LeadImportRow
from tests.browser import Browser
from tests.characters import Character


def xlsx(rows: Sequence[Sequence[Any]], **sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook with these rows, and further sheets by name."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    for name, more in sheets.items():
        page = book.create_sheet(name)
        for row in more:
            page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class Importer:
    """One person's way through an import."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.number = 0

    def send(self, name: str, content: str | bytes) -> Any:
        """Post the file; the answer. A 303 makes this the import at hand."""
        body = content.encode() if isinstance(content, str) else content
        answer = self.browser.post("/leads/import", data={"file": (io.BytesIO(body), name)},
                                   content_type="multipart/form-data")
        if answer.status_code == 303:
            self.number = int(re.search(r"/imports/(\d+)", answer.location)[1])
        return answer

    @property
    def url(self) -> str:
        return f"/leads/imports/{self.number}"

    def columns(self, *fields: str, **defaults: str) -> Any:
        """Say which field each column is; without arguments, what was guessed. Rehearses."""
        chosen = fields or tuple(self.found.mapping)
        return self.browser.post(f"{self.url}/columns", data={
            **{f"column-{n}": field for n, field in enumerate(chosen)}, **defaults})

    def rehearse(self, text: str | bytes, name: str = "leads.csv", **defaults: str) -> "Importer":
        assert self.send(name, text).status_code == 303
        assert self.columns(**defaults).status_code == 303
        return self

    def commit(self, **choices: str) -> Any:
        return self.browser.post(f"{self.url}/commit", data={
            name.replace("_", "-", 1): value for name, value in choices.items()})

    def decide(self, **acts: str) -> Any:
        """`decide(line2="skip")`."""
        ids = {row.line: row.id for row in self.rows}
        return self.browser.post(f"{self.url}/rows", data={
            f"row-{ids[int(name[4:])]}": act for name, act in acts.items()})

    def revert(self) -> Any:
        return self.browser.post(f"{self.url}/revert")

    def page(self, **query: str) -> str:
        answer = self.browser.get(self.url, query_string=query)
        assert answer.status_code == 200, answer.text
        return answer.text

    @property
    def found(self) -> LeadImport:
        db.session.rollback()
        return db.session.get_one(LeadImport, self.number)

    @property
    def rows(self) -> list[LeadImportRow]:
        db.session.rollback()
        return list(db.session.query(LeadImportRow).filter_by(import_id=self.number)
                    .order_by(LeadImportRow.line))

    @property
    def verdicts(self) -> list[str]:
        return [row.verdict for row in self.rows]

    @property
    def outcomes(self) -> list[str | None]:
        return [row.outcome for row in self.rows]


@pytest.fixture
def importer(browser: Callable[..., Browser]) -> Callable[..., Importer]:
    """`importer(alice)` imports as alice."""

    def open_one(person: Character, **more: Any) -> Importer:
        return Importer(browser(person, **more))

    return open_one


@pytest.fixture
def customer(app: Any, clock: Any) -> Callable[..., Customer]:
    """`customer(alice, "江南精密机械有限公司", phone=…)` has it, with one deal."""

    def enter(
        person: Character, name: str, *, pool: bool = False, contact: ContactFacts | None = None,
        deal: bool = True, **facts: Any
    ) -> Customer:
        with transaction():
            owner_id = None if pool else person.id
            made = record_customer(person.actor, CustomerFacts(name, **facts), clock(),
                                   owner_id=owner_id, contacts=[contact] if contact else [])
            if deal:
                record_lead(person.actor, made, LeadFacts("Offer"), clock(), owner_id=owner_id)
        return made

    return enter
