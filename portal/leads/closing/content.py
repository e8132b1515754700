"""What a person says when a lead ends, as plain values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Ending:
    """How a lead ends. `reason` is a code of the list of reasons, for a lost one; the amount, its
    margin (in the lead's currency) and the day of signing are those of a won one."""

    status: str
    note: str = ""
    reason: str = ""
    competitors: tuple[str, ...] = ()
    contract_amount: Decimal | None = None
    margin: Decimal | None = None
    signed_on: date | None = None
