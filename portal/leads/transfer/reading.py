"""A row of the table as plain values: what it says, what is wrong with it, what is to be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.core.i18n import lazy_gettext as _l
from portal.core.text import block, folded, line
from portal.customers.identity.codes import CodeError, read_code
from portal.leads.rules import LONGEST_COMPETITOR, LONGEST_NOTE, LONGEST_TITLE, MOST_COMPETITORS
from portal.leads.transfer import values
from portal.leads.transfer.colleagues import Colleagues
from portal.leads.transfer.columns import LEFT_OUT
from portal.leads.transfer.lists import LISTS, codes_of, last_stage
from portal.leads.transfer.numbers import phone_numbers
from portal.transfer.wrong import Wrong

# Fields that are one line of text, and how long each may be.
TEXTS = {"company": 120, "contact": 80, "job_title": 80, "wechat": 80, "website": 200,
         "address": 200}
MOST_ALIASES = 10


@dataclass
class Read:
    """One row. `words` are those that no list knows, as [list, word]."""

    line: int
    cells: tuple[str, ...]
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    words: list[list[str]] = field(default_factory=list)


class Reader:
    """Reads the rows of one table for one person."""

    def __init__(
        self, header: Sequence[str], mapping: Sequence[str], colleagues: Colleagues,
        area_code: str, today: date,
    ) -> None:
        self.fields = [(at, name) for at, name in enumerate(mapping) if name != LEFT_OUT]
        self.colleagues, self.area_code, self.today = colleagues, area_code, today
        self.units = {name: values.unit_of(header[at]) for at, name in self.fields}
        self.codes = {name: codes_of(name) for name in LISTS}
        self.last_stage = last_stage()

    def read(self, number: int, cells: tuple[str, ...]) -> Read:
        """The row with this number."""
        row = Read(number, cells)
        given = {name: cells[at] for at, name in self.fields if cells[at].strip()}
        self._texts(row, given)
        for name, how in self._readers().items():
            if name in given:
                try:
                    row.values[name] = how(row, given[name])
                except Wrong as wrong:
                    row.errors.append(str(wrong.message))
        self._lists(row, given)
        _settle(row)
        return row

    def _readers(self) -> Mapping[str, Any]:
        return {
            "alias": _aliases, "credit_code": _code, "company_phone": self._phones(80),
            "phone": self._phones(120), "mobile": self._phones(120), "email": _mail,
            "employees": lambda row, cell: values.whole(cell), "amount": self._amount,
            "currency": _currency, "expected_close": self._close, "created": self._created,
            "competitors": _competitors, "owner": self._owner, "title": _title, "note": _note,
        }

    def _texts(self, row: Read, given: Mapping[str, str]) -> None:
        for name, longest in TEXTS.items():
            text = line(given.get(name))
            if len(text) > longest:
                row.errors.append(str(_l("This is longer than %(most)d characters: %(text)s",
                                         most=longest, text=f"{text[:40]}…")))
            elif text:
                row.values[name] = text

    def _lists(self, row: Read, given: Mapping[str, str]) -> None:
        for name in LISTS:
            if not (word := line(given.get(name))[:64]):
                continue
            if not (code := self.codes[name].get(folded(word))):
                row.words.append([name, word])
            elif name == "stage" and code == self.last_stage:
                row.errors.append(str(_l(
                    "Only deals that were won are at the stage “%(stage)s”. Give it an earlier "
                    "one, and close it as won afterwards.", stage=word)))
            else:
                row.values[name] = code

    def _phones(self, longest: int) -> Any:
        def read(row: Read, cell: str) -> str:
            found, changed = phone_numbers(cell, self.area_code)
            if changed:
                row.notes.append(str(_l("%(found)s: a spreadsheet had made a number of it.",
                                        found=found)))
            if len(found) > longest:
                raise Wrong(_l("This is longer than %(most)d characters: %(text)s", most=longest,
                               text=f"{found[:40]}…"))
            return found

        return read

    def _amount(self, row: Read, cell: str) -> str:
        found, currency = values.amount(cell, self.units.get("amount", 1))
        if currency:
            row.values.setdefault("currency", currency)
        return str(found)

    def _close(self, row: Read, cell: str) -> str:
        found = self._day(row, cell, month_ends=True)
        if found < self.today:
            row.notes.append(str(_l("The expected close %(day)s is over already.",
                                    day=found.isoformat())))
        return found.isoformat()

    def _created(self, row: Read, cell: str) -> str:
        found = self._day(row, cell)
        if found > self.today:
            raise Wrong(_l("It cannot have been recorded in the future: %(text)s", text=cell))
        return found.isoformat()

    def _day(self, row: Read, cell: str, *, month_ends: bool = False) -> date:
        found, counted = values.day(cell, month_ends=month_ends)
        if counted:
            row.notes.append(str(_l("%(cell)s was read as the day %(day)s.", cell=cell,
                                    day=found.isoformat())))
        return found

    def _owner(self, row: Read, cell: str) -> int | None:
        return self.colleagues.meant(line(cell))


def _code(row: Read, cell: str) -> str:
    text, _ = values.digits_back(cell)
    try:
        return read_code(text)
    except CodeError as error:
        raise Wrong(f"{error} ({line(cell)[:40]})") from None


def _aliases(row: Read, cell: str) -> list[str]:
    found = list(dict.fromkeys(values.several(cell)))[:MOST_ALIASES]
    if any(len(each) > TEXTS["company"] for each in found):
        raise Wrong(_l("This is longer than %(most)d characters: %(text)s", most=TEXTS["company"],
                       text=f"{cell[:40]}…"))
    return found


def _mail(row: Read, cell: str) -> str:
    return values.mail(cell)


def _currency(row: Read, cell: str) -> str:
    return values.currency(cell)


def _competitors(row: Read, cell: str) -> list[str]:
    return [each[:LONGEST_COMPETITOR] for each in values.several(cell)][:MOST_COMPETITORS]


def _title(row: Read, cell: str) -> str:
    """Longer than a title: its beginning, and the whole in the note."""
    text = line(cell)
    if len(text) > LONGEST_TITLE:
        row.values["_rest"] = text
        row.notes.append(str(_l("What they want is longer than %(most)d characters: all of it "
                                "stands in the note.", most=LONGEST_TITLE)))
        return text[: LONGEST_TITLE - 1] + "…"
    return text


def _note(row: Read, cell: str) -> str:
    text = block(cell)
    if len(text) > LONGEST_NOTE:
        raise Wrong(_l("A note has at most 10,000 characters."))
    return text


def _settle(row: Read) -> None:
    """What concerns several cells."""
    found = row.values
    name = found.get("company", "")
    if not name and not row.errors:
        row.errors.append(str(_l("The row names no company.")))
    elif len("".join(sign for sign in name if sign.isalnum())) == 1:
        row.errors.append(str(_l("A company's name has more than one character: %(text)s",
                                 text=name)))
    person = found.get("contact", "")
    if person and not any(sign.isalpha() for sign in person):
        row.errors.append(str(_l("This is no name: %(text)s", text=person)))
    numbers = [found.pop(key) for key in ("mobile", "phone") if found.get(key)]
    if numbers:
        found["phone"] = " / ".join(dict.fromkeys(numbers))
    if rest := found.pop("_rest", None):
        found["note"] = "\n\n".join(filter(None, (rest, found.get("note"))))[:LONGEST_NOTE]
    if not person:
        _without_person(row)


def _without_person(row: Read) -> None:
    """Numbers and addresses of nobody: the company has the phone, the note keeps the rest."""
    found = row.values
    phone = found.pop("phone", "")
    if phone and not found.get("company_phone") and len(phone) <= 80:
        found["company_phone"], phone = phone, ""
    rest = [each for each in (phone, found.pop("email", ""), found.pop("wechat", ""),
                              found.pop("job_title", "")) if each]
    if rest:
        found["note"] = "\n".join((*filter(None, [found.get("note")]), " · ".join(rest)))
        row.notes.append(str(_l("There is no contact's name: %(what)s stands in the note.",
                                what=" · ".join(rest))))
