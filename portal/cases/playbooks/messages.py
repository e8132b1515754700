"""A Markdown text as plain text that reads well in a chat, where no mark is rendered."""

import re

from portal.core.plain_text import EMPHASIS, TAG

HEADING = re.compile(r"^#{1,6}[ \t]+(.{0,1000}?)[ \t#]*$")
ITEM = re.compile(r"^([ \t]*)[-*+][ \t]+(\[[ xX]\][ \t]+)?")
QUOTE = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+")
RULE = re.compile(r"^[|:=\- \t]{3,}$")
ROW = re.compile(r"^[ \t]*\|(.*)\|[ \t]*$")
FENCE = re.compile(r"^[ \t]{0,3}(?:```|~~~)")
LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\(([^()\s]{0,500})[^()\n]{0,200}\)")
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~|>])")
BLANK_LINES = re.compile(r"\n{3,}")


def as_message(text: str) -> str:
    """The text line by line: headings in brackets, bullets as dots, rows of tables with dashes."""
    lines = [_line(each) for each in text.split("\n")]
    return BLANK_LINES.sub("\n\n", "\n".join(each for each in lines if each is not None)).strip()


def _line(text: str) -> str | None:
    if FENCE.match(text) or (RULE.match(text) and text.strip()):
        return None
    text = QUOTE.sub("", text)
    if heading := HEADING.match(text):
        return f"【{_words(heading[1])}】"
    if row := ROW.match(text):
        cells = [_words(cell.strip()) for cell in row[1].split("|")]
        return " – ".join(cell for cell in cells if cell)
    if item := ITEM.match(text):
        box = "" if item[2] is None else "☑ " if "x" in item[2].lower() else "☐ "
        return f"{item[1]}{box or '• '}{_words(text[item.end():])}"
    return _words(text)


def _words(text: str) -> str:
    text = LINK.sub(lambda link: link[1] if link[2].startswith("/") else f"{link[1]} {link[2]}",
                    text)
    text = EMPHASIS.sub("", TAG.sub("", text))
    return ESCAPED.sub(r"\1", text)
