"""How well search answers labelled questions: the portal's engines beside plain ones.

    python tests/bench/search_quality.py [FOLDER] [--only WORD]

The folder holds `documents.jsonl.gz` {id, title, body} and `queries.jsonl.gz` {id, set, query,
relevant}. Prints Recall@10 / MRR@10 / nDCG@10 for each set of questions, and their mean over the
sets that somebody asked (the others are derived from them). Milliseconds are those on the clock.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import labelled
from chains import Chain, Missing, Place, Portal, PortalOnPostgres
from labelled import Question
from measuring import answered, means, middle, slowest, timed
from rivals import Fts5, PostgresRank, StockWhoosh, Tantivy, TutorialWhoosh

MACRO_SETS = ("cmrc", "drcd", "stard")
CHAINS = (
    Portal, PortalOnPostgres, Fts5, Tantivy, StockWhoosh, TutorialWhoosh, PostgresRank,
)


def evaluate(chain: Chain, name: str, questions: Sequence[Question]) -> None:
    """Ask everything once and print a line."""
    sets: dict[str, list[tuple[float, ...]]] = {}
    times = []
    for question in questions:
        found: list[str] = []
        # What is timed answers nothing, hence the list.
        times.append(timed(lambda: found.extend(chain.search(question.text)))[0])  # noqa: B023
        sets.setdefault(question.set, []).append(answered(found, question.relevant))
    columns = {name: means(rows) for name, rows in sets.items()}
    macro = means([columns[each] for each in MACRO_SETS if each in columns] or [*columns.values()])
    cells = "  ".join(_three(measured) for measured in (macro, *columns.values()))
    print(f"{name:26}{middle(times):7.1f}{slowest(times):8.1f}   {cells}", flush=True)


def _three(measured: Sequence[float]) -> str:
    return "/".join(f"{value:.3f}"[1 if value < 1 else 0 : 5 if value < 1 else 4]
                    for value in measured)


def heading(questions: Sequence[Question]) -> str:
    sets = ["MACRO", *dict.fromkeys(question.set for question in questions)]
    return f"{'':26}{'p50 ms':>7}{'p95':>8}   " + "  ".join(f"{each:14}" for each in sets)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, nargs="?", default=labelled.FOLDER)
    parser.add_argument("--only", default="", help="engines whose name holds this word")
    options = parser.parse_args()
    if not labelled.are_there(options.data):
        print(f"No labelled questions in {options.data}: nothing measured.")
        return
    questions = labelled.questions(options.data)
    print("Recall@10/MRR@10/nDCG@10")
    print(heading(questions))
    for kind in CHAINS:
        if options.only.lower() in kind.name.lower():
            measure(kind, options.data, questions)


def measure(kind: type, data: Path, questions: Sequence[Question]) -> None:
    """Build one engine's index, ask, and take everything away again."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        try:
            chain = kind(Place(Path(folder), stack))
        except Missing as missing:
            print(f"{kind.name:26}   {missing}")
            return
        chain.build(labelled.documents(data))
        if kind in (Portal, PortalOnPostgres):
            evaluate(chain, f"{kind.name}, cold", questions)
        evaluate(chain, kind.name, questions)


if __name__ == "__main__":
    main()
