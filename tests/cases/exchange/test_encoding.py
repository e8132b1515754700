"""Any encoding that people here use is read; what is no text is refused."""

import contextlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.exchange.encoding import NotTextError, decode

TEXT = "---\ntitle: 撞单了怎么办？\n---\n两个销售，一个客户。\n第二段 U8接口\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_every_customary_encoding(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT
    assert decode(TEXT.replace("\n", "\r\n").encode(encoding)) == TEXT


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
