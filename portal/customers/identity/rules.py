"""What two keys of companies say about each other, and what a credit code must look like."""

import re
from typing import NamedTuple

# The same company; related or probably the same; only spelled alike; neither.
BLOCK, WARN, SUGGEST, DIFFERENT = "block", "warn", "suggest", "different"
SEVERITY = {BLOCK: 0, WARN: 1, SUGGEST: 2, DIFFERENT: 3}
# By what something is known.
NAME, PHONE, CODE = "name", "phone", "code"

# Unified social credit codes (GB 32100-2015): the signs, their values by position, the weights.
CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
CODE_SHAPE = re.compile(f"[{CODE_SIGNS}]{{2}}[0-9]{{6}}[{CODE_SIGNS}]{{10}}")


class NameKey(NamedTuple):
    """A company's name without what does not tell it apart.

    `core` is what is left of it, `region` the place it names, `branch` the part of the company.
    """

    core: str
    region: str = ""
    branch: str = ""


def verdict_of_keys(one: NameKey, other: NameKey) -> str:
    """What equal cores say: "different" when they are not equal."""
    if one.core != other.core:
        return DIFFERENT
    if one.branch != other.branch:
        return WARN
    if one.region == other.region or not one.region or not other.region:
        return BLOCK
    return WARN


def check_sign(first: str) -> str:
    """The last sign of a credit code, from the 17 before it."""
    total = sum(CODE_SIGNS.index(sign) * weight
                for sign, weight in zip(first, CODE_WEIGHTS, strict=True))
    return CODE_SIGNS[-total % 31]


def is_credit_code(code: str) -> bool:
    """Whether all 18 signs can be right; written in capitals, without spaces."""
    return bool(CODE_SHAPE.fullmatch(code)) and check_sign(code[:17]) == code[17]


def bare_number(number: str) -> str:
    """A phone key without its extension."""
    return number.partition(";")[0]
