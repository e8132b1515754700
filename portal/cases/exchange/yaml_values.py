"""YAML as plain values: built from the parser's events, so nothing can grow or nest without end."""

import re
from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BASE: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
DEEPEST = 20
MOST_VALUES = 10_000
# Only what turns back into the very same signs is a number; `007` and `1.10` are words.
INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
DECIMAL = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,15}")
OTHER_LINE_ENDS = re.compile("[\r\x85\u2028\u2029]")
WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


class TooMuchError(ValueError):
    """Something a plain file has no need of."""

    def __init__(self, line: int, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.line = line
        self.code = code
        self.detail = detail


def values(text: str) -> tuple[Any, dict[str, int]]:
    """The one value of a YAML text, and the line (from 0) of each key of an outer mapping.

    Raises `TooMuchError`, or `yaml.YAMLError`.
    """
    builder = _Builder()
    for event in yaml.parse(text, Loader=LOADER):
        builder.take(event)
    return builder.root, builder.lines


class _Builder:
    """Puts values together without recursion."""

    def __init__(self) -> None:
        self.root: Any = None
        self.lines: dict[str, int] = {}
        self._open: list[Any] = []
        # The key that waits for its value, one for each open collection.
        self._keys: list[str | None] = []
        self._count = 0
        self._documents = 0

    def take(self, event: Any) -> None:
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            raise TooMuchError(line, "alias")
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise TooMuchError(line, "invalid", "a second document")
        elif isinstance(event, yaml.NodeEvent):
            self._node(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._keys.pop()

    def _node(self, event: Any, line: int) -> None:
        self._count += 1
        if event.tag is not None and event.tag != "!":
            raise TooMuchError(line, "tag", event.tag)
        if self._count > MOST_VALUES or len(self._open) >= DEEPEST:
            raise TooMuchError(line, "too_deep")
        if isinstance(event, yaml.ScalarEvent):
            if self._wants_key():
                self._key(event.value, line)
                return
            plain = event.implicit[0] and event.style in (None, "")
            self._put(scalar(event.value) if plain else event.value)
            return
        if self._wants_key():
            raise TooMuchError(line, "invalid", "a key that is no word")
        found: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._put(found)
        self._open.append(found)
        self._keys.append(None)

    def _wants_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1], dict) and self._keys[-1] is None

    def _key(self, key: str, line: int) -> None:
        if key in self._open[-1]:
            raise TooMuchError(line, "twice", key)
        if len(self._open) == 1:
            self.lines[key] = line
        self._keys[-1] = key

    def _put(self, value: Any) -> None:
        if not self._open:
            self.root = value
        elif isinstance(self._open[-1], list):
            self._open[-1].append(value)
        else:
            self._open[-1][self._keys[-1]] = value
            self._keys[-1] = None


def scalar(written: str) -> Any:
    """A word without quotes as number, truth, nothing or text; each prints as it was written."""
    if written in WORDS:
        return WORDS[written]
    if INTEGER.fullmatch(written):
        return int(written)
    if DECIMAL.fullmatch(written) and repr(float(written)) == written:
        return float(written)
    return written


class _Dumper(_BASE):  # type: ignore[misc]
    """Quotes what other readers of YAML could take for something else, dates excepted."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:timestamp"]
        for first, rules in _BASE.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: Any, data: str) -> Any:
    style = None
    if "\n" in data:
        # Text of several lines stays readable; the emitter quotes it where that is not exact.
        # After a last line end it would write `...`, which closes front matter.
        style = "|" if data == data.strip() and not OTHER_LINE_ENDS.search(data) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=style)


def _float(dumper: Any, data: float) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:float", repr(data))


_Dumper.add_representer(str, _text)
_Dumper.add_representer(float, _float)
DUMPER = _Dumper
