"""A file of the folder to its record: text or Word, decoded, taken apart, read."""

from dataclasses import replace

from portal.cases.exchange.docx import WordText, convert
from portal.cases.exchange.folders import MARKDOWN, WORD, Entry
from portal.cases.exchange.front_matter import FrontMatterError, Page, parse
from portal.cases.exchange.job import Job
from portal.cases.exchange.reader import Codes, Reader
from portal.cases.exchange.reading import read
from portal.cases.exchange.records import CaseRecord, Problem, Record, Wrong
from portal.cases.exchange.table import Table
from portal.cases.exchange.words import reason
from portal.core.encoding import NotTextError, decode
from portal.core.i18n import lazy_gettext as _l

LARGEST_TEXT = 4 * 1024 * 1024


def record_of(entry: Entry, job: Job, codes: Codes) -> tuple[Record, list[Problem]]:
    """The record, and what was kept without being understood. Raises `Wrong`."""
    name = entry.path.lower()
    word = None
    if isinstance(job.folder, Table):
        page = job.folder.page(entry.path)
    elif name.endswith(WORD):
        word = convert(job.folder.read(entry.path, job.limit))
        page = Page({"title": word.title} if word.title else {}, word.body)
    elif name.endswith(MARKDOWN):
        page = _page(job.folder.read(entry.path, LARGEST_TEXT))
    else:
        raise Wrong(_l("This old format cannot be read; save the file as .docx."))
    reader = Reader(entry.path, page, codes, job.zone, entry.modified)
    record = read(reader)
    if word is not None:
        record = _with_pictures(record, word, reader)
    if isinstance(job.folder, Table) and isinstance(record, CaseRecord):
        given = {*page.fields, *({"body"} if page.body else ())}
        record = replace(record, given=frozenset(given))
    return record, reader.notes


def _page(content: bytes) -> Page:
    try:
        return parse(decode(content))
    except NotTextError:
        raise Wrong(_l("It is not a text file, whatever its name says.")) from None
    except FrontMatterError as error:
        raise Wrong(reason(error), error.line) from None


def _with_pictures(record: Record, word: WordText, reader: Reader) -> Record:
    if word.dropped:
        reader.note("", _l("%(count)d pictures of a kind that browsers do not show were left "
                           "out.", count=word.dropped))
    return replace(record, files=word.files) if isinstance(record, CaseRecord) else record
