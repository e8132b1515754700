"""What companies do, and under which form of law: the parts of a name that many share."""

import re
from functools import cache, lru_cache
from pathlib import Path

ORDINAL = re.compile("第[一二三四五六七八九十百零〇0-9]+")
# Stands for every sign of an ordinal.
COUNTED = "\0"
# How a company is called by law, at the end of its name; the longest is tried first.
LEGAL = (
    "股份有限公司", "有限责任公司", "股份有限责任公司", "有限公司", "集团公司", "股份公司",
    "责任公司", "总公司", "公司", "集团总部", "集团", "总部", "合伙企业", "普通合伙企业",
    "有限合伙企业", "特殊普通合伙企业", "特殊普通合伙", "普通合伙", "有限合伙", "个体工商户",
    "个体户", "个人独资企业", "个人独资", "自然人独资", "法人独资", "国有独资", "外商独资",
    "台港澳法人独资", "中外合资", "外商投资企业", "股份", "有限", "责任", "株式会社", "有限会社",
    "合同会社", "株", "股份有限公", "有限责任公", "有限公", "民办非企业单位", "全民所有制",
    "集体所有制",
)
LATIN_LEGAL = (
    "company limited by shares", "company limited", "limited liability company", "co limited",
    "joint stock company", "joint stock", "private limited", "pte limited", "pty limited",
    "sdn bhd", "sdn berhad", "gmbh co kg", "gmbh and co kg", "sa de cv", "kabushiki kaisha",
    "co ltd", "company ltd", "company", "limited", "incorporated", "corporation", "group",
    "groupe", "ltd", "co", "inc", "corp", "llc", "llp", "lp", "plc", "gmbh", "mbh", "ag", "kg",
    "kgaa", "ohg", "ug", "ev", "se", "sa", "sas", "sarl", "sasu", "sl", "slu", "bv", "nv", "vof",
    "kk", "gk", "oy", "oyj", "ab", "as", "asa", "aps", "pte", "pty", "pvt", "bhd", "berhad",
    "spa", "srl", "sro", "doo", "zrt", "kft", "ltda", "eurl", "tbk", "jsc", "ojsc", "oao", "ooo",
    "zao", "pao", "pjsc", "psc", "fze", "fzco", "fzc", "wll", "aktiengesellschaft", "cia",
    "spolka", "sp z oo", "ad",
)
INITIALS_APART = (
    "b v", "n v", "s a", "a g", "k k", "l l c", "s r l", "s p a", "s a s", "p l c", "a b", "a s",
    "g m b h", "s a r l", "l l p", "c o",
)
HAN_END = re.compile(f"(?:{'|'.join(sorted(LEGAL, key=len, reverse=True))})$")
LATIN_END = re.compile(
    "(?<![a-z0-9])(?:and )?"
    f"(?:{'|'.join(sorted(LATIN_LEGAL + INITIALS_APART, key=len, reverse=True))})$"
)
LATIN_FRONT = re.compile("^(?:the|pt) (?=.)")
HAN_FRONT = re.compile("^(?:株式会社|有限会社)(?=..)")


@cache
def _listed() -> tuple[frozenset[str], frozenset[str]]:
    trades: set[str] = set()
    all_words: set[str] = set()
    for line in Path(__file__).with_name("trades.txt").read_text(encoding="utf-8").splitlines():
        if line[:2] in ("T ", "I "):
            words = line[2:].split()
            all_words.update(words)
            if line[0] == "T":
                trades.update(words)
    return frozenset(trades), frozenset(all_words)


Words = dict[str, tuple[frozenset[str], tuple[int, ...]]]


@cache
def _by_last_sign(trades_alone: bool) -> Words:
    """The words by their last signs, with the lengths they have."""
    found: dict[str, set[str]] = {}
    for word in _listed()[0 if trades_alone else 1]:
        found.setdefault(word[-1], set()).add(word)
    return {sign: (frozenset(words), tuple(sorted({len(word) for word in words})))
            for sign, words in found.items()}


def _starts(text: str, words: Words) -> list[int]:
    """From where the text consists of nothing but those words, nearest to the end first."""
    reached = [len(text)]
    for end in reached:
        if end and text[end - 1] == COUNTED:
            reached.append(end - 1)
        known, lengths = words.get(text[end - 1 : end], (frozenset(), ()))
        for length in lengths:
            # A word of one sign counts at the end alone: elsewhere it is part of a brand.
            if length <= end and (length > 1 or end == len(text)) and (
                    text[end - length : end] in known and end - length not in reached):
                reached.append(end - length)
    return sorted(reached, reverse=True)


@lru_cache(maxsize=16384)
def stems(core: str) -> tuple[str, ...]:
    """The core, and what is left of it without trades at its end, longest first; never nothing."""
    return tuple(core[:start] for start in _starts(core, _by_last_sign(True)) if start > 0)


@lru_cache(maxsize=16384)
def brand(core: str) -> str:
    """What is left without all common words at the end; empty for a name of common words alone."""
    text = ORDINAL.sub(lambda found: COUNTED * len(found[0]), core)
    return core[: _starts(text, _by_last_sign(False))[-1]]


def without_legal_form(text: str) -> str:
    """Without the form of law at the end, or in front; at least two signs stay."""
    for front in (LATIN_FRONT, HAN_FRONT):
        text = front.sub("", text)
    while True:
        shorter = LATIN_END.sub("", HAN_END.sub("", text)).rstrip()
        if shorter == text or len(shorter) < 2:
            return text
        text = shorter
