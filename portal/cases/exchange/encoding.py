"""Bytes of a text file to text, whatever program wrote them."""

import codecs
import unicodedata

BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SAMPLE = 20_000


class NotTextError(ValueError):
    """The bytes are no text in any encoding that people here use."""


def decode(content: bytes) -> str:
    """The text, line ends unified: UTF-8, UTF-16 with or without its mark, or GB18030.

    Raises `NotTextError`.
    """
    for bom, name in BOMS:
        if content.startswith(bom):
            return _tidy(_strict(content[len(bom) :], (name,)))
    if b"\x00" in content:
        # Latin signs of UTF-16 have a zero byte: behind them little-endian, before them big.
        little = content[1::2].count(0) >= content[::2].count(0)
        return _tidy(_strict(content, ("utf-16-le" if little else "utf-16-be",)))
    return _tidy(_strict(content, ("utf-8", "gb18030")))


def _strict(content: bytes, encodings: tuple[str, ...]) -> str:
    for name in encodings:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if _is_written(text, guessed=name != "utf-8"):
            return text
    raise NotTextError


def _is_written(text: str, *, guessed: bool) -> bool:
    """Whether this looks like something a person wrote; a guessed encoding must look the part."""
    sample = text[:SAMPLE]
    strange = sum(sign < " " and sign not in "\t\n\r\f\v" for sign in sample)
    if guessed:
        strange += sum(unicodedata.category(sign) in ("Cn", "Co", "Cs") for sign in sample)
    return "\x00" not in sample and strange * 100 <= len(sample)


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
