"""Names as they are compared: one spelling for every width, case, script form and sign."""

import hashlib
import re

from portal.search.analyzer import HAN, fold

OPEN = "([{【〔〖〈⟨"
CLOSE = ")]}】〕〗〉⟩"
BRACKETS = str.maketrans(OPEN + CLOSE, "(" * len(OPEN) + ")" * len(CLOSE))
# Initials with dots are one word: S.A., B. V., L.L.C.
INITIALS = re.compile(r"(?<![a-z0-9])(?:[a-z]\.\s?){1,4}[a-z](?:\.|(?![a-z0-9]))")
SLASHED = re.compile(r"(?<![a-z0-9])([a-z])/([a-z])(?![a-z0-9])")
PIECE = re.compile(rf"[{HAN}]|[^\W_{HAN}]+")
IS_HAN = re.compile(f"[{HAN}]")
LONGEST = 120


def unified(name: str) -> str:
    """Folded, with round brackets only, initials as one word."""
    text = fold(name.casefold()).translate(BRACKETS)
    text = SLASHED.sub(r"\1\2", text)
    return INITIALS.sub(lambda found: re.sub(r"[.\s]", "", found[0]) + " ", text)


def compact(text: str) -> str:
    """Letters, digits and Han signs; words of letters keep one space between each other."""
    said: list[str] = []
    for piece in PIECE.findall(text):
        if said and not IS_HAN.match(piece) and not IS_HAN.match(said[-1]):
            said.append(" ")
        said.append(piece)
    return "".join(said)


def bounded(text: str, longest: int = LONGEST) -> str:
    """The text without spaces; of a longer one the beginning and a digest of the whole."""
    text = text.replace(" ", "")
    if len(text) <= longest:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return text[: longest - len(digest)] + digest
