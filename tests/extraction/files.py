"""Makes files of the kinds that people attach, and of those that they should not."""

import io
import zipfile
from collections.abc import Iterable, Mapping

import openpyxl

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def word(body: str, **parts: str) -> bytes:
    """A Word file with this inner XML; `header1="…"` adds a part, `doctype="…"` a declaration."""
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    written = {"[Content_Types].xml": "<Types/>",
               "word/document.xml": parts.pop("doctype", "") + document}
    for name, inner in parts.items():
        written[f"word/{name}.xml"] = f"<w:hdr {W}>{inner}</w:hdr>"
    return archive(written)


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def slides(*texts: str) -> bytes:
    """A presentation, stored in an order that is not the slides'."""
    parts = {"[Content_Types].xml": "<Types/>",
             "ppt/notesSlides/notesSlide1.xml": _slide("Speaker's note")}
    for number, text in reversed(list(enumerate(texts, 1))):
        parts[f"ppt/slides/slide{number}.xml"] = _slide(text)
    return archive(parts)


def _slide(text: str) -> str:
    return f"<p {A}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p>"


def workbook(sheets: Mapping[str, Iterable[Iterable[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(*pages: str | bytes, font: str = "/Subtype /Type1 /BaseFont /Helvetica") -> bytes:
    """One line of Latin text a page, or the bytes of a page's drawing."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>",
               f"<< /Type /Pages /Count {len(pages)} /Kids [".encode()
               + b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages))) + b"] >>",
               f"<< /Type /Font {font} >>".encode()]
    for number, page in enumerate(pages):
        drawing = page if isinstance(page, bytes) else show(page.encode("latin-1"))
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources "
                       b"<< /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * number))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing))
    return _numbered(objects)


def show(words: bytes) -> bytes:
    """The drawing of a page with these words in its font's encoding."""
    return b"BT /F1 12 Tf 72 720 Td <%s> Tj ET" % words.hex().encode()


# A font of Chinese systems that is not embedded.
GBK_FONT = ("/Subtype /Type0 /BaseFont /SimSun /Encoding /GBK-EUC-H /DescendantFonts "
            "[<< /Type /Font /Subtype /CIDFontType0 /BaseFont /SimSun "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>]")


def _numbered(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, start)
    return bytes(out)
