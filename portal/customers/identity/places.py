"""Places in the names of companies, read from `places.txt`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

LONGEST_PLACE = 6
HAN = "[\u4e00-\u9fff]"
# 市 also begins other words: 市政, 市场, 市民.
CITY_END = "市(?![政场民立区郊内井价值容值面])"
PROVINCE_ENDS = re.compile(f"省|(?:壮族|回族|维吾尔)?自治区|特别行政区|{CITY_END}")
CITY_ENDS = re.compile(f"{CITY_END}|地区|盟|{HAN}{{0,6}}?自治州|州|县(?!域)")
DISTRICT_ENDS = re.compile("新区|区(?![域块间分别])|自治县|县(?![域级城])|旗")
ZONES = (
    "国家级|综合|经济|高新|高新技术|技术|产业|工业|科技|软件|保税|自由贸易|自贸|试验|示范|开发|"
    "开放|旅游|度假|创新|物流|园"
)
DISTRICT = re.compile(
    f"(?:{ZONES})+区(?![域块间分别])|{HAN}{{2,4}}?(?:{ZONES})+区(?![域块间分别])"
    f"|{HAN}{{2,4}}?(?:新区|区(?![域块间分别])|自治县)|{HAN}{{1,3}}?县(?![域级城])"
    f"|{HAN}{{2,3}}?(?<![城都超门股上夜集菜闹楼花书灯房车车]){CITY_END}"
)
TOWN = re.compile(f"{HAN}{{2,4}}?(?:街道|镇|乡)")
# A city or county that is not listed, at the very beginning of a name.
UNLISTED = re.compile(
    f"({HAN}{{2,3}}?)(?<![城都超门股上夜集菜闹楼花书灯房车])(?:{CITY_END})|({HAN}{{1,3}}?县)(?![域级城])"
)
# Districts of several cities: alone they do not say which.
SHARED_DISTRICTS = frozenset(
    ["朝阳", "和平", "河东", "河西", "河北", "江北", "长宁", "普陀", "宝山", "南岸", "西城", "东城",
     "大兴", "通州", "城口", "开州", "长寿", "中山", "天山", "东湖", "安宁", "象山", "江南"]
)


class Place(NamedTuple):
    """`kind` is the letter of its line; `parent` the province or municipality around it."""

    kind: str
    parent: str


@dataclass
class Gazetteer:
    """All places by their names."""

    places: dict[str, Place] = field(default_factory=dict)
    districts: dict[str, dict[str, None]] = field(default_factory=dict)
    # Districts that everybody knows, with their cities.
    famous: dict[str, str] = field(default_factory=dict)
    latin: dict[str, str] = field(default_factory=dict)
    wide: set[str] = field(default_factory=set)
    signs: dict[str, str] = field(default_factory=dict)


@cache
def gazetteer() -> Gazetteer:
    """The list, read once."""
    found, province = Gazetteer(), ""
    for line in Path(__file__).with_name("places.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        kind, *words = line.split()
        if kind == "A":
            found.signs.update(dict(word.split("=") for word in words))  # type: ignore[misc]
            continue
        if kind == "D":
            city, *districts = words
            names = [name.rstrip("!") for name in districts]
            found.districts[city] = dict.fromkeys(names)
            found.famous.update({name: city for name, word in zip(names, districts, strict=True)
                                 if word != name})
            continue
        for number, word in enumerate(words):
            name, *spellings = word.split("=")
            for spelling in spellings:
                found.latin.setdefault(spelling.replace("_", " "), name)
            if kind in "MP" and number == 0:
                province = name
                found.places[name] = Place(kind, "")
            elif kind == "M":
                found.districts.setdefault(province, {})[name] = None
            elif kind == "G":
                found.wide.add(name)
            else:
                found.places.setdefault(name, Place(kind, "" if kind == "F" else province))
    return found


class Leading(NamedTuple):
    """A place at the beginning, from the widest step to the narrowest, and what follows.

    Each step is the region it stands for and its own name without 省 and 市.
    """

    steps: tuple[tuple[str, str], ...]
    rest: str

    @property
    def region(self) -> str:
        """The region meant; empty when there is no place."""
        return self.steps[-1][0] if self.steps else ""

    def written(self, start: int = 0) -> str:
        """The name with the steps from this one on; what lies in a city makes its province
        superfluous."""
        said = ""
        for region, step in self.steps[start:]:
            said = step if region == step else said + step
        return said + self.rest


def leading(text: str) -> Leading:
    """The place in front; without steps when there is none."""
    latin = _leading_latin(text)
    if latin is not None:
        return latin
    region, said, at = _first(text)
    if not region:
        return Leading((), text)
    steps = [(region, each) for each in said]
    exact = False
    while True:
        step = _next(text, at, region, exact)
        if step is None:
            return Leading(tuple(steps), text[at:].lstrip())
        region, name, at, exact = step
        steps.append((region, name))


def _leading_latin(text: str) -> Leading | None:
    words = text.split(" ")
    for count in (2, 1):
        name = gazetteer().latin.get(" ".join(words[:count]))
        if name is not None and name != "中国" and len(words) > count:
            return Leading(((name, name),), " ".join(words[count:]))
    return None


def _first(text: str) -> tuple[str, tuple[str, ...], int]:
    known = gazetteer()
    for length in range(min(LONGEST_PLACE, len(text)), 1, -1):
        name = text[:length]
        place = known.places.get(name)
        if place is None:
            city, end = _city_of(name), DISTRICT_ENDS.match(text, length)
            if city and (end or name in known.famous):
                return city, (city, name), end.end() if end else length
            continue
        if name == "中国":
            continue
        end = _ends(place.kind).match(text, length)
        if end or place.kind != "k":
            return name, (name,), end.end() if end else length
    unlisted = UNLISTED.match(text)
    if unlisted and len(text) > unlisted.end():
        name = unlisted[1] or unlisted[2]
        return name, (name,), unlisted.end()
    return "", (), 0


def _city_of(district: str) -> str:
    """The city of a district that no two cities share."""
    known = gazetteer()
    if district in known.famous:
        return known.famous[district]
    return _cities_of_districts().get(district, "")


@cache
def _cities_of_districts() -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for city, districts in gazetteer().districts.items():
        for district in districts:
            found.setdefault(district, []).append(city)
    return {district: cities[0] for district, cities in found.items()
            if len(cities) == 1 and district not in SHARED_DISTRICTS}


def _ends(kind: str) -> re.Pattern[str]:
    return PROVINCE_ENDS if kind in "PF" else CITY_ENDS


def _next(text: str, at: int, region: str, exact: bool) -> tuple[str, str, int, bool] | None:
    """The next narrower place behind `region`: the region now meant, what is written, where it
    ends, and whether it is a whole address so far."""
    known = gazetteer()
    for length in range(min(LONGEST_PLACE, len(text) - at), 1, -1):
        name = text[at : at + length]
        end = at + length
        if name in known.districts.get(region, {}):
            ends = DISTRICT_ENDS.match(text, end)
            return region, name, ends.end() if ends else end, ends is not None
        place = known.places.get(name)
        if place is not None and _lies_in(place, region):
            ends = _ends(place.kind).match(text, end)
            if ends or place.kind != "k" or known.places[region].kind == "P":
                return name, name, ends.end() if ends else end, ends is not None
    district = DISTRICT.match(text, at)
    if district:
        return region, district[0], district.end(), True
    town = TOWN.match(text, at) if exact else None
    return (region, town[0], town.end(), False) if town else None


def _lies_in(place: Place, region: str) -> bool:
    around = gazetteer().places.get(region)
    if around is None or place.kind not in "CKk":
        return False
    if around.kind == "P":
        return place.parent == region
    return around.kind == "C" and place.kind in "Kk" and place.parent == around.parent


def trailing(text: str) -> tuple[str, str]:
    """A place at the end: the region, and what stands before it."""
    known = gazetteer()
    words = text.split(" ")
    for count in (2, 1):
        name = known.latin.get(" ".join(words[-count:])) if len(words) > count else None
        if name is not None:
            return name, " ".join(words[:-count])
    for length in range(min(LONGEST_PLACE + 1, len(text) - 1), 1, -1):
        tail = text[-length:]
        name = tail.rstrip("市省")
        place = known.places.get(name)
        if place is not None and (place.kind != "k" or tail != name):
            return name, text[:-length].rstrip()
    return "", text


class Inner(NamedTuple):
    """A place in the middle of a name, with what stands before and behind it."""

    before: str
    region: str
    rest: str


def inner(text: str, shortest: int = 2) -> Iterator[Inner]:
    """Every city or province in the middle of a text, the first one first."""
    known = gazetteer().places
    for at in range(shortest, len(text) - 2):
        for length in range(LONGEST_PLACE, 1, -1):
            name = text[at : at + length]
            if name in known and known[name].kind in "MPC" and len(name) == length:
                end = _ends(known[name].kind).match(text, at + length)
                yield Inner(text[:at], name, text[end.end() if end else at + length:])
                break


def as_place(text: str) -> str:
    """The region when the text is a place and nothing else; empty otherwise."""
    known = gazetteer()
    if text in known.signs:
        return known.signs[text]
    text = known.latin.get(text, text)
    bare = text.removesuffix("区") if text.removesuffix("区") in known.wide | {"中国"} else text
    if bare in known.wide or bare in known.places:
        return bare
    found = leading(text)
    if found.region and not found.rest:
        return found.region
    return _city_of(text)
