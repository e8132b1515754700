"""The words of every kind of file that people attach."""

import io
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pypdf
import pytest

from portal.extraction.results import Extracted
from tests.chromium import FLAGS, find_chromium
from tests.extraction.files import GBK_FONT, archive, paragraph, pdf, show, slides, word, workbook

Read = Callable[..., Extracted]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"]
)
def test_text(read: Read, encoding: str) -> None:
    content = "报价单，折扣\r\n\r\nU8接口\t12".encode(encoding)
    assert read(content) == Extracted("read", "报价单，折扣\nU8接口 12")


def test_text_in_big5(read: Read) -> None:
    assert read("客戶歸屬與報價單".encode("big5")).text == "客戶歸屬與報價單"


def test_text_with_a_garbled_line(read: Read) -> None:
    found = read("第一行说得清楚\n".encode() * 20 + b"\xff\xfe\xfa\n" + "最后一行".encode())
    assert found.status == "read"
    assert found.text.endswith("最后一行")


def test_word(read: Read) -> None:
    found = read(word(
        paragraph("合同", "评审") + "<w:tbl><w:tr><w:tc>" + paragraph("产品")
        + "</w:tc><w:tc>" + paragraph("授权") + "</w:tc></w:tr></w:tbl>"
        + "<w:p><w:r><w:t>left</w:t><w:tab/><w:t>right</w:t></w:r>"
          "<w:r><w:delText>struck out</w:delText></w:r></w:p>",
        header1=paragraph("内部资料"), footnotes=paragraph("见附录"),
    ))
    assert found == Extracted("read", "合同评审\n产品\n授权\nleft right\n内部资料\n见附录")


def test_text_boxes_of_word_are_read_once(read: Read) -> None:
    box = ('<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-'
           'compatibility/2006"><mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback>'
           "</mc:AlternateContent>")
    found = read(word(f"<w:p>{box.format(paragraph('框里的字'))}</w:p>" + paragraph("正文")))
    assert found.text == "框里的字\n正文"


def test_slides_in_their_order(read: Read) -> None:
    found = read(slides(*(f"第{number}页" for number in range(1, 12))))
    pages = [f"第{number}页" for number in range(1, 12)]
    assert found.text.split("\n") == [*pages, "Speaker's note"]


def test_workbook(read: Read) -> None:
    found = read(workbook({
        "报价单": [["产品", "数量", "单价"], ["ERP授权", 12, 0.1 + 0.2], [None, True, None]],
        "交期": [[date(2026, 3, 1), datetime(2026, 3, 1, 9, 30)]],
    }))
    assert found.text.split("\n") == [
        "报价单", "产品 数量 单价", "ERP授权 12 0.3", "TRUE", "交期", "2026-03-01 2026-03-01 09:30",
    ]


def test_latin_pdf(read: Read) -> None:
    found = read(pdf("Who owns the customer?", "Second page"))
    assert found == Extracted("read", "Who owns the customer?\nSecond page")


def test_pdf_with_a_font_of_chinese_systems(read: Read) -> None:
    found = read(pdf(show("撞单处理办法".encode("gbk")), font=GBK_FONT))
    assert found.text == "撞单处理办法"


def test_pdf_printed_by_a_browser(read: Read, tmp_path: Path) -> None:
    program = find_chromium()
    if program is None:
        pytest.skip("Chromium is missing: apt-get install chromium")
    sentence = "两个销售跟进同一用户时，先查最早的拜访记录，长期合作的门店、车辆和设备清单见后页。"
    page = tmp_path / "page.html"
    page.write_text(f"<meta charset=utf-8><h1>客户归属</h1><p>{sentence * 3}</p>", "utf-8")
    subprocess.run(
        [program, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--no-pdf-header-footer",
         f"--print-to-pdf={tmp_path / 'page.pdf'}", page.as_uri()],
        check=True, capture_output=True, timeout=60,
    )
    shutil.rmtree(tmp_path / "profile", ignore_errors=True)
    # Lines broken by the width of the page are whole, the title stands alone, and no sign is one
    # of the look-alikes that the fonts of browsers bring.
    found = read((tmp_path / "page.pdf").read_bytes())
    assert found == Extracted("read", f"客户归属\n{sentence * 3}")


def test_pdf_that_may_be_read_but_not_changed(read: Read) -> None:
    assert read(encrypted(user="", owner="secret")).text == "Discounts of the year"


def test_pdf_behind_a_password(read: Read) -> None:
    assert read(encrypted(user="secret", owner="secret")) == Extracted("unreadable")


def encrypted(user: str, owner: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("Discounts of the year")))
    writer.encrypt(user, owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_words_spread_over_a_line_are_whole(read: Read) -> None:
    assert read("会 议 纪 要\n甲方 乙方".encode()).text == "会议纪要\n甲方 乙方"


@pytest.mark.parametrize(
    "content",
    [pdf(b"0 0 m 10 10 l S"), word("<w:p/>"), archive({"ppt/slides/slide1.xml": "<p/>"}),
     b" \n\t\n", "——\n……".encode()],
    ids=["scan", "word", "slides", "blanks", "marks"],
)
def test_files_without_words(read: Read, content: bytes) -> None:
    assert read(content) == Extracted("empty")


@pytest.mark.parametrize(
    ("content", "words"),
    [(workbook({"一月": [["折扣"]]}), "折扣"), (word(paragraph("折扣")), "折扣"),
     (pdf("Discount"), "Discount"), ("折扣".encode(), "折扣")],
    ids=["workbook", "word", "pdf", "text"],
)
def test_what_counts_are_the_bytes_and_not_the_name(
    read: Read, content: bytes, words: str
) -> None:
    """Files are read without knowing what they call themselves."""
    assert words in read(content).text
