"""Makes words out of what layout left: one kind of blank, whole lines, usual signs."""

import re
import unicodedata
from itertools import pairwise

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
BLANKS = re.compile(r"[^\S\n]+")
LINE_ENDS = re.compile(r" ?\n[ \n]*")
# Control signs; PostgreSQL refuses the first of them, JSON the halves of pairs.
UNWRITABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\u200b\xad\ud800-\udfff]")
# 合 同 编 号: spread out to fill a line, as titles and forms are.
SPREAD = re.compile(rf"(?<![{HAN}])[{HAN}](?: [{HAN}]){{2,}}(?![{HAN}])")
HAN_SIGN = re.compile(f"[{HAN}]")
# A line as long as nearly this share of the longest goes on in the next one.
FULL_LINE = 0.8

# Signs of which fonts have one picture and PDF writers the wrong number: ⽤ for 用, ⻓ for 长.
RADICALS = str.maketrans({
    **{chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    **dict(zip(
        "⼾⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "户母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟", strict=True,
    )),
})


def tidied(text: str) -> str:
    """Without control signs and empty lines; words that were spread out are whole again."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\v", "\n")
    text = BLANKS.sub(" ", UNWRITABLE.sub("", text))
    text = LINE_ENDS.sub("\n", text).strip()
    return SPREAD.sub(lambda found: found[0].replace(" ", ""), text)


def unwrapped(page: str) -> str:
    """The text of a page: sentences that its width broke are whole again; headings, lists and
    rows of tables stay lines of their own."""
    lines = LINE_ENDS.sub("\n", page.translate(RADICALS)).split("\n")
    full = FULL_LINE * max(map(_width, lines))
    text = lines[0]
    for before, line in pairwise(lines):
        if before.endswith("-") and before[-2:-1].islower() and line[:1].islower():
            text = text[:-1] + line
        elif _width(before) >= full and HAN_SIGN.match(line) and not before[-1:].isascii():
            text += line
        else:
            text += f"\n{line}"
    return text


def _width(line: str) -> int:
    """In Latin signs; a Chinese one is twice as wide."""
    return len(line) + sum(sign > "\u2e7f" for sign in line)
