"""What is known about who a customer is, and who else it could be."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Identity:
    """By what a customer is known, as typed."""

    name: str
    aliases: Sequence[str] = ()
    phones: Sequence[str] = ()
    credit_code: str | None = None


@dataclass(frozen=True)
class Match:
    """A customer that it may be. `key` is "name", "phone" or "code", `value` the key they share;
    `verdict` is "block" (the same), "warn" (probably) or "suggest" (spelled alike)."""

    customer_id: int
    key: str
    verdict: str
    value: str
