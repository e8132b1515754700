"""The key of a company's name: what it is called, where, and which part of it."""

import re
from functools import lru_cache

from portal.customers.identity import places
from portal.customers.identity.folding import IS_HAN, bounded, compact, unified
from portal.customers.identity.rules import NameKey
from portal.customers.identity.words import HAN_END, LATIN_END, brand, without_legal_form

LONGEST_PART = 64
LONGEST_TYPED = 400
INNER = re.compile(r"\(([^()]*)\)")
# What brackets say about a name without being part of it.
NOTES = re.compile(
    "^(?:原名?|曾用名|原称|前身|简称|以下简称|又名|别名|筹|筹备|已?注销|已?吊销|存续|在业|开业|"
    "在营|迁出|"
    "上市公司|新三板|总部|本部|客户|老客户|新客户|新|旧|待核实|测试|formerly|former|hq|"
    "headquarters|in liquidation)"
)
BRANCH_WORDS = (
    "分公司|(?<![电量原分粒种])子公司|分行|支行|分理处|办事处|代表处|联络处|营业部|营业厅|分店|分厂|分院|分校|分部|"
    "事业部|项目部|储蓄所|分社|分所|服务站|branch office|branch|representative office|rep office|"
    "office|division"
)
BRANCH_END = re.compile(f"(?:{BRANCH_WORDS})$")
LEGAL_INSIDE = re.compile(
    "^(.{2,}?(?:股份有限公司|有限责任公司|有限公司|集团公司|股份公司|总公司|(?<![分子])公司"
    r"|(?<![a-z0-9])(?:co ltd|company limited|ltd|limited|inc|gmbh|llc|plc|ag)(?![a-z0-9])))(.+)$"
)
HOUSE_INSIDE = re.compile(
    "^(.*(?:银行|信用社|证券|保险|人寿|集团|公司|大学|医院|邮政|移动|联通|电信))(.+)$")
NUMBERED = re.compile("第[一二三四五六七八九十0-9]+$")
IS_ABBREVIATION = re.compile(r"[a-z0-9 ]{2,}")
MIDDLE = 2
SHORTEST_BEFORE_PLACE = 3
COUNTRY = "中国"


@lru_cache(maxsize=32768)
def name_key(name: str) -> NameKey | None:
    """What tells this company apart; None for a name without a letter or sign."""
    text, regions, branch = _unbracketed(unified(name[:LONGEST_TYPED]))
    text = compact(text)
    if not text:
        return None
    head, part = _parted(text)
    core, more = _with_place_behind(head)
    region, core = _without_place(core)
    if region:
        regions = [region, *regions]
    regions, inner = _merged([*regions, *more[:1]]), [*more[1:]]
    if regions and not _stands_alone(core):
        core, regions = _with_region_in_front(core, regions[0]), regions[1:]
    branch = part or branch or "".join(regions[1:2]) or "".join(inner)
    return NameKey(bounded(core), regions[0] if regions else "", bounded(branch, LONGEST_PART))


def _without_place(core: str) -> tuple[str, str]:
    """The place in front and the name behind it; as much of the place stays as the name needs to
    be one: 北京海淀医院 is 海淀医院 in Beijing, 北京银行 is nothing without Beijing."""
    found = places.leading(core)
    for count in range(len(found.steps), 0, -1):
        rest = found.written(count)
        if _stands_alone(rest):
            return found.steps[count - 1][0], rest
    return "", found.written() if found.steps else core


def _unbracketed(text: str) -> tuple[str, list[str], str]:
    """The text without brackets; the places that stood in them; a branch that did."""
    regions: list[str] = []
    branch = ""
    outside = INNER.sub("", text)

    def read(found: re.Match[str]) -> str:
        nonlocal branch
        inner = compact(found[1])
        place = places.as_place(inner)
        if place:
            regions.append(place)
            return " "
        if inner != "集团" and inner != "group" and (
            HAN_END.fullmatch(inner) or LATIN_END.fullmatch(inner) or NOTES.match(inner)
        ):
            return " "
        if IS_ABBREVIATION.fullmatch(inner) and IS_HAN.search(outside):
            return " "
        if BRANCH_END.search(inner):
            branch = branch or inner
            return " "
        return f" {inner} "

    while INNER.search(text):
        text = INNER.sub(read, text)
    return text, regions, branch


def _parted(text: str) -> tuple[str, str]:
    """The company, and which branch of it; no branch for the company itself."""
    inside = LEGAL_INSIDE.match(text)
    if inside:
        rest = inside[2].strip()
        if not BRANCH_END.search(rest) and bool(IS_HAN.search(rest)) != bool(
                IS_HAN.search(inside[1])):
            # The same name in another script: the Chinese one counts.
            return (rest if IS_HAN.search(rest) else inside[1]), ""
        if HAN_END.fullmatch(rest) or LATIN_END.fullmatch(rest) or _is_legal(rest):
            return text, ""
        if places.as_place(rest):
            return (inside[1] if IS_HAN.search(inside[1]) else f"{inside[1]} ") + rest, ""
        return inside[1], _branch(rest)
    end = BRANCH_END.search(text)
    if not end or end.start() < MIDDLE:
        return text, ""
    before = text[: end.start()].rstrip()
    at = _branch_start(before)
    return text[:at], _branch(text[at:])


def _is_legal(text: str) -> bool:
    return not text or without_legal_form(f"某某{text}") == "某某"


def _branch(text: str) -> str:
    """One spelling of a branch: its place without 市 and 省."""
    text = text.strip().removeprefix("驻")
    found = places.leading(text)
    return found.written() if found.region else text


def _branch_start(before: str) -> int:
    """Where the name of a branch begins, when no form of law parts it from the company."""
    for at in range(MIDDLE, len(before) - 1):
        found = places.leading(before[at:])
        if found.region and (not found.rest or NUMBERED.fullmatch(found.rest)):
            return at
    house = HOUSE_INSIDE.match(before)
    if house:
        return house.end(1)
    numbered = NUMBERED.search(before)
    if numbered and numbered.start() >= MIDDLE:
        return numbered.start()
    for at in range(len(before) - 1, max(MIDDLE, len(before) - 5), -1):
        if len(brand(before[:at])) < at and len(brand(before[:at])) >= MIDDLE:
            return at
    return len(before)


def _with_place_behind(head: str) -> tuple[str, list[str]]:
    """Without the place at the end: the region, and again when it stood behind a group."""
    text = without_legal_form(head)
    region, before = places.trailing(text)
    shorter = without_legal_form(before)
    if not region or not _stands_alone(shorter) or len(shorter) < SHORTEST_BEFORE_PLACE:
        return _with_place_inside(text)
    if shorter != before and "集团" in before[len(shorter):]:
        return shorter, ["", region]
    if shorter != before or text != head or brand(shorter) != shorter or " " in text:
        return shorter, [region]
    return text, []


def _with_place_inside(text: str) -> tuple[str, list[str]]:
    """国网上海市电力: what stands before is a brand, what follows says what it does."""
    if places.leading(text).region:
        return text, []
    for found in places.inner(text):
        if found.rest and found.before != COUNTRY and _stands_alone(found.before) and not brand(
                found.rest):
            return found.before + found.rest, [found.region]
    return text, []


def _stands_alone(rest: str) -> bool:
    """Whether the name has a brand of its own, so that its place does not belong to it."""
    return len(brand(rest.replace(" ", ""))) >= MIDDLE


def _merged(regions: list[str]) -> list[str]:
    """Without repetitions; of a place and the wider one around it only the narrower."""
    known = places.gazetteer().places
    said = [region for region in dict.fromkeys(regions) if region]
    parents = {known[region].parent for region in said if region in known}
    return [region for region in said if region not in parents]


def _with_region_in_front(core: str, region: str) -> str:
    found = places.leading(core)
    return core if found.region else region + core
