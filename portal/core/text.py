"""Text as typed by people: folding for comparison, and the language it is written in."""

import re
import unicodedata

# Zero-width signs and the byte-order mark arrive with pasted text and belong to no word.
INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
# The control signs that XML, JSON and terminals choke on.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
LATIN = re.compile("[A-Za-z]")


def folded(text: str) -> str:
    """The same for every spelling that differs only in width, case, spaces or invisible signs."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(text.casefold().split())


def line(text: str | None) -> str:
    """One line of typed text, without control signs and doubled spaces."""
    return " ".join(INVISIBLE.sub("", CONTROL.sub("", text or "")).split())


def block(text: str | None) -> str:
    """Typed text of many lines: line ends unified, control signs and trailing space removed."""
    text = CONTROL.sub("", (text or "").replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(row.rstrip() for row in text.split("\n")).strip("\n")


def language_of(text: str) -> str:
    """`zh` when Han characters carry the text, else `en`; a Han sign weighs as three letters."""
    sample = text[:4000]
    han, latin = len(HAN.findall(sample)), len(LATIN.findall(sample))
    return "zh" if han * 3 >= latin and han else "en"
