"""What sort of value an option has: how it is typed, read, and shown."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, ClassVar

from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l


class Kind(ABC):
    """Reads what an administrator types. `read(write(value)) == value` for every value."""

    # How the page asks for it: "number", "text", "choice", "choices" or "switch".
    widget: ClassVar[str] = "text"

    @abstractmethod
    def read(self, text: str) -> Any:
        """The typed value. Raises `Refused` with what is wrong."""

    def write(self, value: Any) -> str:
        """The value as it is typed and stored."""
        return str(value)

    def show(self, value: Any) -> str:
        """The value for readers."""
        return self.write(value)


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number from `lowest` to `highest`."""

    lowest: int
    highest: int
    widget: ClassVar[str] = "number"

    def read(self, text: str) -> int:
        text = text.strip()
        number = int(text) if re.fullmatch(r"-?\d{1,9}", text, re.ASCII) else None
        if number is None or not self.lowest <= number <= self.highest:
            raise Refused(_l("Write a whole number from %(lowest)d to %(highest)d.",
                             lowest=self.lowest, highest=self.highest))
        return number


@dataclass(frozen=True)
class TimeOfDay(Kind):
    """A time on the clock, such as 08:30."""

    def read(self, text: str) -> time:
        found = re.fullmatch(r"([01]?\d|2[0-3])[:：]([0-5]\d)", text.strip(), re.ASCII)
        if found is None:
            raise Refused(_l("Write a time such as 08:30."))
        return time(int(found[1]), int(found[2]))

    def write(self, value: Any) -> str:
        return f"{value:%H:%M}"


@dataclass(frozen=True)
class Switch(Kind):
    """Yes or no."""

    widget: ClassVar[str] = "switch"

    def read(self, text: str) -> bool:
        return text.strip() == "yes"

    def write(self, value: Any) -> str:
        return "yes" if value else "no"

    def show(self, value: Any) -> str:
        return str(_l("yes") if value else _l("no"))


@dataclass(frozen=True, eq=False)
class Choice(Kind):
    """One of several codes, each with its words."""

    words: Mapping[str, Any]
    widget: ClassVar[str] = "choice"

    def read(self, text: str) -> str:
        if text not in self.words:
            raise Refused(_l("Choose one of the list."))
        return text

    def show(self, value: Any) -> str:
        return str(self.words[value])
