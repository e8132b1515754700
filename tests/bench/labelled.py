"""The labelled documents and questions that search is measured with, and more like them."""

import gzip
import json
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
# Measures the code beside this file, wherever the packages were installed from.
sys.path.insert(0, str(REPOSITORY))

from portal.search.document import Document  # noqa: E402

FOLDER = REPOSITORY.parent / "shared" / "data" / "search-dev"
EVERYONE = frozenset({"all"})
_START = datetime(2024, 1, 1, tzinfo=UTC)
_SENTENCE = re.compile(r"[^。！？\n]+[。！？\n]*")


@dataclass(frozen=True)
class Question:
    """What somebody asked, the set it comes from, and the documents that answer it."""

    text: str
    set: str
    relevant: frozenset[str]


def are_there(folder: Path = FOLDER) -> bool:
    return (folder / "queries.jsonl.gz").exists()


def questions(folder: Path = FOLDER) -> list[Question]:
    return [
        Question(row["query"], row["set"], frozenset(row["relevant"]))
        for row in _read(folder / "queries.jsonl.gz")
    ]


def documents(folder: Path = FOLDER) -> Iterator[Document]:
    """The documents as they are."""
    for number, row in enumerate(_read(folder / "documents.jsonl.gz")):
        yield _document(row["id"], row["title"], row["body"], number)


def many_documents(count: int, folder: Path = FOLDER) -> Iterator[Document]:
    """So many documents: the labelled ones first, then mixtures of their sentences.

    A mixture takes its title from one and its sentences from three documents, so that lengths and
    frequencies of words stay natural and no two are the same. Always the same mixtures.
    """
    chance = random.Random(count)
    originals = list(documents(folder))
    yield from islice(originals, count)
    for number in range(len(originals), count):
        chosen = chance.sample(originals, 3)
        sentences = [each for one in chosen for each in _SENTENCE.findall(one.body)]
        chance.shuffle(sentences)
        body = "".join(sentences[: max(1, len(sentences) // 3)])
        yield _document(f"mix-{number}", f"{chosen[0].title} {number}", body, number)


def _document(ref: str, title: str, body: str, number: int) -> Document:
    moment = _START + timedelta(minutes=number)
    facets = {"kind": (("problem", "lesson", "win")[number % 3],), "tag": (f"标签{number % 40}",)}
    return Document(ref, title, body, EVERYONE, facets, (), moment, moment)


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)
