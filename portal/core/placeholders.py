"""Words in double braces, such as `{{customer}}`: what changes from use to use of a text."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from portal.core.i18n import current_language
from portal.core.text import folded, language_of

# Name, and perhaps what stands there when nobody fills it; bounded, so that no text takes long.
PLACEHOLDER = re.compile(r"\{\{[ \t]{0,4}([^{}|\s][^{}|\n]{0,39})(?:\|([^{}\n]{0,200}))?\}\}")
# A tag of sanitised HTML, whose attributes stand in double quotes.
TAG = re.compile(r'(<(?:[^<>"]|"[^"]*")*>)')
CODE = re.compile(r"</?(?:code|pre)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Known:
    """A placeholder that the portal knows: its type, its word in both languages, other names."""

    kind: str
    zh: str
    en: str
    names: tuple[str, ...] = ()


KNOWN: Mapping[str, Known] = {
    "customer": Known("text", "客户", "Customer", ("客户名称", "客户名", "公司", "company")),
    "contact": Known("person", "联系人", "Contact", ("对方", "客户联系人")),
    "title": Known("text", "职务", "Job title", ("职位", "头衔", "role")),
    "phone": Known("phone", "电话", "Phone", ("手机", "联系电话", "tel")),
    "industry": Known("text", "行业", "Industry"),
    "product": Known("text", "产品", "Product", ("产品名称", "方案")),
    "quantity": Known("text", "数量", "Quantity"),
    "amount": Known("amount", "金额", "Amount", ("报价", "总价", "价格", "price")),
    "discount": Known("text", "折扣", "Discount"),
    "competitor": Known("text", "竞争对手", "Competitor", ("竞品", "对手")),
    "problem": Known("text", "问题", "Problem", ("痛点", "pain")),
    "benefit": Known("text", "收益", "Benefit", ("价值", "value")),
    "date": Known("date", "日期", "Date", ("今天", "today")),
    "deadline": Known("date", "截止日期", "Deadline", ("有效期", "截止")),
    "meeting": Known("date", "见面日期", "Meeting date", ("拜访日期",)),
    "place": Known("text", "地点", "Place", ("地址", "address")),
    "rep": Known("person", "销售", "Sales rep", ("我", "我方", "销售代表", "me")),
    "manager": Known("person", "主管", "Manager", ("经理", "上级")),
    "team": Known("text", "团队", "Team", ("部门",)),
}
_KEYS: Mapping[str, str] = {
    folded(name): key for key, each in KNOWN.items()
    for name in (key, each.zh, each.en, *each.names)
}


@dataclass(frozen=True)
class Placeholder:
    """One place to fill: `key` is the same for all names that mean the same."""

    key: str
    name: str
    default: str = ""

    @property
    def kind(self) -> str:
        """"text", "date", "amount", "person" or "phone"."""
        return KNOWN[self.key].kind if self.key in KNOWN else "text"

    def label(self, language: str) -> str:
        """What it is called; one that the portal does not know keeps its author's word."""
        known = KNOWN.get(self.key)
        if known is None:
            return self.name
        return known.zh if language == "zh" else known.en


def key_of(name: str) -> str:
    """The same for all names that mean the same."""
    key = folded(name)
    return _KEYS.get(key, key)


def of_match(match: re.Match[str]) -> Placeholder:
    """The placeholder that was found."""
    name = match[1].strip()
    return Placeholder(key_of(name), name, (match[2] or "").strip())


def in_words(text: str) -> str:
    """The text with 〔金额〕 for `{{amount}}`, in the language of the text."""
    if "{{" not in text:
        return text
    # Their names tell nothing: an English one may stand in a Chinese text.
    language = language_of(PLACEHOLDER.sub("", text))
    return PLACEHOLDER.sub(lambda match: f"〔{of_match(match).label(language)}〕", text)


def marked(html: str) -> Markup:
    """Safe HTML with every placeholder as a word of the reader's language that stands out."""
    language = current_language()
    return replaced(html, lambda place: Markup('<span class="placeholder">{}</span>').format(
        place.label(language)))


def replaced(html: str, make: Callable[[Placeholder], Markup]) -> Markup:
    """Safe HTML with `make` in place of every placeholder; in code and attributes they stay."""
    if "{{" not in html:
        return Markup(html)  # noqa: S704 - it came in safe
    return Markup("").join(_pieces(html, make))


def _pieces(html: str, make: Callable[[Placeholder], Markup]) -> Iterator[Markup]:
    inside = 0
    for number, piece in enumerate(TAG.split(html)):
        if number % 2:
            if CODE.match(piece):
                inside += -1 if piece.startswith("</") else 1
            yield Markup(piece)  # noqa: S704 - a tag that came in safe
        elif inside or "{{" not in piece:
            yield Markup(piece)  # noqa: S704 - a text that came in safe
        else:
            yield from _filled(piece, make)


def _filled(text: str, make: Callable[[Placeholder], Markup]) -> Iterator[Markup]:
    end = 0
    for match in PLACEHOLDER.finditer(text):
        yield Markup(text[end : match.start()])  # noqa: S704 - it came in safe
        place = of_match(match)
        # In HTML its words are escaped already; whoever makes the piece escapes them anew.
        yield make(Placeholder(*(str(Markup(word).unescape())  # noqa: S704
                                 for word in (place.key, place.name, place.default))))
        end = match.end()
    yield Markup(text[end:])  # noqa: S704 - it came in safe
