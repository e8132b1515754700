"""Word files: text, title and pictures go in; what is none is refused."""

import base64
import io
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from portal.cases.exchange.docx import convert
from portal.cases.exchange.records import Wrong
from portal.cases.models import Attachment, Case
from portal.extensions import db
from tests.cases.exchange.conftest import Importer, Shelf
from tests.cases.exchange.test_import import PNG

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="emf" ContentType="image/x-emf"/></Types>'
)
PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:docPr id="1" name="x" descr="图"/><a:graphic xmlns:a='
    '"http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic='
    '"http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip '
    f'xmlns:r="{OFFICE}" r:embed="{{0}}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
    '</wp:inline></w:drawing></w:r></w:p>'
)


def paragraph(text: str, style: str = "") -> str:
    mark = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{mark}<w:r><w:t>{text}</w:t></w:r></w:p>"


def word_file(*body: str, title: str | None = None) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", (
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'))
        archive.writestr("word/_rels/document.xml.rels", (
            f'<Relationships xmlns="{RELATIONS}">'
            f'<Relationship Id="p1" Type="{OFFICE}/image" Target="media/a.png"/>'
            f'<Relationship Id="p2" Type="{OFFICE}/image" Target="media/b.emf"/>'
            '</Relationships>'))
        archive.writestr("word/media/a.png", PNG)
        archive.writestr("word/media/b.emf", b"emf")
        archive.writestr("word/document.xml",
                         f"<w:document {W}><w:body>{''.join(body)}</w:body></w:document>")
        archive.writestr("word/styles.xml", (
            f'<w:styles {W}><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
            '</w:style><w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/>'
            '</w:style></w:styles>'))
        if title is not None:
            archive.writestr("docProps/core.xml", (
                '<c:coreProperties xmlns:c="x" xmlns:dc="http://purl.org/dc/elements/1.1/">'
                f"<dc:title>{title}</dc:title></c:coreProperties>"))
    return memory.getvalue()


def test_headings_text_and_title() -> None:
    word = convert(word_file(paragraph("第一章", "1"), paragraph("正文 2 * 3"), title="撞单复盘"))
    assert word.title == "撞单复盘"
    assert word.body.strip().startswith("# 第一章")
    assert "正文" in word.body


def test_a_title_that_a_program_wrote_does_not_count() -> None:
    assert convert(word_file(paragraph("x"), title="Microsoft Word - 文档1")).title == ""


def test_pictures_are_attached_and_the_rest_is_told(shelf: Shelf, take_in: Importer) -> None:
    shelf.put("拜访/复盘.docx", word_file(
        paragraph("客户不说话", "t"), paragraph("一段"), PICTURE.format("p1"),
        PICTURE.format("p2"),
    ))
    report = take_in(shelf.root)
    assert (report.new, report.problems, len(report.notes)) == (1, [], 1)
    case = db.session.scalars(select(Case)).one()
    file = db.session.scalars(select(Attachment)).one()
    assert (case.title, file.name) == ("客户不说话", "picture-1.png")
    assert f"![图](/attachments/{file.id})" in case.body
    assert "dropped" not in case.body
    assert take_in(shelf.root).unchanged == 1


def test_without_title_and_heading_the_file_names_the_case(
    shelf: Shelf, take_in: Importer
) -> None:
    shelf.put("报价之后.docx", word_file(paragraph("正文")))
    take_in(shelf.root)
    assert db.session.scalars(select(Case.title)).all() == ["报价之后"]


OTHER_ZIP = io.BytesIO()
with zipfile.ZipFile(OTHER_ZIP, "w") as _archive:
    _archive.writestr("a.txt", "x")
BOMB = "<!DOCTYPE a [<!ENTITY a '" + "x" * 1000 + "'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{('&' + chr(97 + n) + ';') * 50}'>" for n in range(6)
) + "]><a>&g;</a>"


def xml_bomb() -> bytes:
    memory = io.BytesIO(word_file(paragraph("x")))
    with zipfile.ZipFile(memory, "a") as archive:
        archive.writestr("docProps/core.xml", BOMB)
    return memory.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"rubbish", OTHER_ZIP.getvalue(), word_file(paragraph("x"))[:300],
     word_file("<w:p><unclosed"), b"\xd0\xcf\x11\xe0" * 100, xml_bomb()],
)
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(Wrong):
        convert(content)


def test_a_linked_picture_never_reads_the_machines_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    content = word_file(paragraph("x"), PICTURE.format("p1")).replace(
        b"word/media/a.png", b"word/media/z.png")
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(memory, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("document.xml.rels"):
                data = data.replace(b'Target="media/a.png"',
                                    f'Target="file://{secret}" TargetMode="External"'.encode())
            if name.endswith("document.xml"):
                data = data.replace(b"r:embed", b"r:link")
            new.writestr(name, data)
    word = convert(memory.getvalue())
    assert (word.files, word.dropped) == ((), 1)
    assert base64.b64encode(b"secret").decode() not in word.body
