"""What the editor of a stage sends, as the content of the stage."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from portal.core.text import block, folded, line
from portal.leads.stages.rules import (
    CHECK,
    MOST_GATES,
    MOST_ITEMS,
    TICK,
    Content,
    Gate,
    Item,
    Words,
)

# Empty lines after those that are filled, for what is added.
SPARE_ITEMS, SPARE_GATES = 3, 1
LONGEST_KEY = 40


def content_typed(form: Mapping[str, str]) -> Content:
    """The content; a number that is none counts as one that cannot hold. A thing without words is
    dropped; one that had words before keeps its key, so what leads answered still belongs to it."""
    content = Content(
        probability=_number(form.get("probability", "")),
        expected_days=_number(form.get("expected_days", "")), role=form.get("role", ""),
        entry=_words(form, "entry"), exit=_words(form, "exit"),
    )
    items: list[Item] = []
    for place in range(MOST_ITEMS + SPARE_ITEMS):
        if item := _item(form, f"item-{place}", {each.key for each in items}):
            items.append(item)
    gates: list[Gate] = []
    for place in range(MOST_GATES + SPARE_GATES):
        if gate := _gate(form, f"gate-{place}", {each.key for each in gates}):
            gates.append(gate)
    return replace(content, items=tuple(items), gates=tuple(gates))


def _item(form: Mapping[str, str], name: str, taken: Collection[str]) -> Item | None:
    words = _one_line(form, name)
    if not words.zh and not words.en:
        return None
    # A field of the lead is chosen in the same list as the other ways: "field:amount".
    kind, _colon, field = form.get(f"{name}-kind", TICK).partition(":")
    return Item(_key(form, name, words, taken), words, kind, field,
                f"{name}-required" in form, form.get(f"{name}-group", CHECK))


def _gate(form: Mapping[str, str], name: str, taken: Collection[str]) -> Gate | None:
    words = _one_line(form, name)
    if not words.zh and not words.en:
        return None
    return Gate(_key(form, name, words, taken), words, form.get(f"{name}-reviewer", ""))


def _key(form: Mapping[str, str], name: str, words: Words, taken: Collection[str]) -> str:
    """The key it had; a new one is made of its words."""
    key = line(form.get(f"{name}-key", ""))[:LONGEST_KEY]
    if key:
        return key.replace(".", "_")
    made = base = folded(words.zh or words.en).replace(".", "_").replace(" ", "_")[:LONGEST_KEY - 3]
    number = 2
    while made in taken:
        made, number = f"{base}-{number}", number + 1
    return made


def _words(form: Mapping[str, str], name: str) -> Words:
    return Words(block(form.get(f"{name}-zh", "")), block(form.get(f"{name}-en", "")))


def _one_line(form: Mapping[str, str], name: str) -> Words:
    return Words(line(form.get(f"{name}-zh", "")), line(form.get(f"{name}-en", "")))


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else -1
