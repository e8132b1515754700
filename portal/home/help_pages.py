"""The help pages: Markdown files with a title and an order, read once a process."""

from dataclasses import dataclass
from functools import lru_cache

import yaml

from portal.config import ROOT


@dataclass(frozen=True)
class HelpPage:
    """A help page in one language."""

    name: str
    title: str
    order: int
    body: str


@lru_cache(maxsize=4)
def all_pages(language: str) -> tuple[HelpPage, ...]:
    """The pages of a language in their order."""
    pages = []
    for path in sorted((ROOT / "content" / "help" / language).glob("*.md")):
        _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
        facts = yaml.safe_load(head)
        pages.append(HelpPage(path.stem, str(facts["title"]), int(facts["order"]), body))
    return tuple(sorted(pages, key=lambda page: page.order))
