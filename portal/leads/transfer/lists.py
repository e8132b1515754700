"""The lists whose entries a table may name, and which of them an import takes."""

from collections.abc import Mapping

from portal.core.text import folded
from portal.leads.stages.queries import stage_map
from portal.lists.queries import choices, vocabulary

LISTS = ("channel", "product", "industry", "region", "stage")


def codes_of(name: str) -> Mapping[str, str]:
    """Every way to write an entry → its code. Of stages those in use, the last one included."""
    entries = vocabulary()[name].values()
    return {
        folded(word): entry.code for entry in entries if name != "stage" or entry.active
        for word in (entry.code, entry.label_zh, entry.label_en or entry.code)
    }


def last_stage() -> str:
    """Where only leads are that were won."""
    last = stage_map().last
    return last.code if last is not None else ""


def offered(name: str, language: str) -> list[tuple[str, str]]:
    """What an unknown word may mean, code and label."""
    never = last_stage() if name == "stage" else ""
    return [(code, label) for code, label in choices(name, language) if code != never]
