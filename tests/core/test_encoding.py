"""Any encoding that people here use is read; what is no text is refused."""

import contextlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.encoding import NotTextError, decode, decode_start

TEXT = "---\ntitle: 撞单了怎么办？\n---\n两个销售，一个客户。\n第二段 U8接口\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_every_customary_encoding(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT
    assert decode(TEXT.replace("\n", "\r\n").encode(encoding)) == TEXT


@pytest.mark.parametrize(
    "text",
    ["客戶歸屬：兩個業務，一個客戶。", "報價單,金額\n軟體授權,一千二百元\n", "中文"],
)
def test_traditional_text_from_old_windows(text: str) -> None:
    assert decode(text.encode("big5")) == text


@pytest.mark.parametrize("text", ["报价单,金额\n软件授权,一千二百元\n", "中文", "客户，归属"])
def test_simplified_text_from_old_windows(text: str) -> None:
    assert decode(text.encode("gbk")) == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
def test_the_start_of_a_file_may_end_within_a_sign(encoding: str) -> None:
    content = "客戶歸屬由誰決定".encode(encoding)
    assert decode_start(content[:-1]) == "客戶歸屬由誰決"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf8_is_always_utf8(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00", bytes(range(256)) * 4, b"\xff\xfe\xff",
     b"PK\x03\x04\x14\x00\x06\x00" * 9, os.urandom(4096) + b"\x00\x00"],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(NotTextError):
        decode(content)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(NotTextError):
        assert "\x00" not in decode(content)
