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
    """The text, line ends unified: UTF-8, UTF-16 with or without its mark, GB18030 or Big5.

    Raises `NotTextError`.
    """
    return _decode(content, whole=True)


def decode_start(content: bytes) -> str:
    """The same of the first bytes of a file; a sign that was cut in two is left out."""
    return _decode(content, whole=False)


def _decode(content: bytes, *, whole: bool) -> str:
    for bom, name in BOMS:
        if content.startswith(bom):
            return _tidy(_strict(content[len(bom) :], (name,), whole))
    if b"\x00" in content:
        # Latin signs of UTF-16 have a zero byte: behind them little-endian, before them big.
        little = content[1::2].count(0) >= content[::2].count(0)
        return _tidy(_strict(content, ("utf-16-le" if little else "utf-16-be",), whole))
    return _tidy(_strict(content, ("utf-8", *_chinese(content)), whole))


def _chinese(content: bytes) -> tuple[str, str]:
    """The older Chinese encodings, the likelier one first: most pairs of bytes mean something in
    both, but only in the right one they mean one of the few thousand usual signs."""
    simplified = traditional = place = 0
    sample = content[:SAMPLE]
    while place < len(sample) - 1:
        if sample[place] < 0x80:
            place += 1
            continue
        simplified += 0xB0 <= sample[place] <= 0xD7 and sample[place + 1] >= 0xA1
        traditional += 0xA4 <= sample[place] <= 0xC6
        place += 2
    return ("big5hkscs", "gb18030") if traditional > simplified else ("gb18030", "big5hkscs")


def _strict(content: bytes, encodings: tuple[str, ...], whole: bool) -> str:
    for name in encodings:
        try:
            text = codecs.getincrementaldecoder(name)().decode(content, final=whole)
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
