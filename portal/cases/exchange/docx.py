"""Word files to Markdown: headings, lists, tables, links and pictures; the rest is left out."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

import mammoth
from markdownify import markdownify

from portal.cases.exchange.records import File, Wrong
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line

MOST_BYTES = 200 * 1024 * 1024
# Some thousand pages; what is read of it takes many times as much memory.
MOST_XML = 40 * 1024 * 1024
PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='标题'] => h1:fresh"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
# Titles that a program wrote, not a person.
MEANINGLESS = re.compile(r"(microsoft word|word document|文档\d*$|document\d*$)", re.IGNORECASE)
# Names that a picture gets until the case says where it lies.
PLACE = "picture-{number}.{ending}"


@dataclass(frozen=True)
class WordText:
    """A Word file taken apart; the body links to its files by their place."""

    title: str
    body: str
    files: tuple[File, ...]
    dropped: int


def convert(content: bytes) -> WordText:
    """The text of a Word file. Raises `Wrong` for anything that is not one."""
    with _refusals():
        title = _title(content)
        pictures = _Pictures()
        html = mammoth.convert_to_html(
            io.BytesIO(content), style_map=STYLES,
            convert_image=mammoth.images.img_element(pictures.take),
        ).value
        body = markdownify(html, heading_style="ATX", bullets="-", escape_misc=False)
    body = re.sub(r"!\[[^\]]*\]\(dropped\)", "", body)
    return WordText(title, re.sub(r"\n{3,}", "\n\n", body), tuple(pictures.files),
                    pictures.dropped)


class _Pictures:
    """Collects embedded pictures; those that no browser shows are counted and left out."""

    def __init__(self) -> None:
        self.files: list[File] = []
        self.dropped = 0

    def take(self, image: Any) -> dict[str, str]:
        ending = PICTURES.get(image.content_type)
        try:
            with image.open() as stream:
                content = stream.read()
        except Exception:
            # A picture that only was linked, or is damaged, must not cost the text.
            ending, content = None, b""
        if ending is None or not content:
            self.dropped += 1
            return {"src": "dropped"}
        place = PLACE.format(number=len(self.files) + 1, ending=ending)
        self.files.append(File(place, place, "", content))
        return {"src": place}


def _title(content: bytes) -> str:
    """The title among the file's properties, when a person wrote one."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        marked_up = sum(m.file_size for m in members if m.filename.endswith((".xml", ".rels")))
        if marked_up > MOST_XML or sum(m.file_size for m in members) > MOST_BYTES:
            raise Wrong(_l("Unpacked, this Word file is too large."))
        if "docProps/core.xml" not in archive.namelist():
            return ""
        # The parser refuses entities that multiply.
        root = ElementTree.fromstring(archive.read("docProps/core.xml"))  # noqa: S314
    found = line(root.findtext(TITLE))
    return "" if MEANINGLESS.match(found) else found


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, ElementTree.ParseError,
            ExpatError, OSError, ValueError, AttributeError, IndexError, TypeError,
            RecursionError, NotImplementedError, RuntimeError):
        # Whatever a damaged file makes the converter stumble over.
        raise Wrong(
            _l("It is damaged, protected by a password, or not a Word file (.docx).")
        ) from None
