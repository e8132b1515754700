"""The files of the repository that tests read."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from portal.config import ROOT

NOT_OURS = {".venv", "node_modules", "vendor", "__pycache__", "portal.egg-info", "data", ".git",
            ".hypothesis", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache",
            "output"}


@cache
def written_files() -> tuple[Path, ...]:
    """Every text that people wrote: no build results, no packages, no data."""
    return tuple(sorted(_walk(ROOT)))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in NOT_OURS:
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def python_files(*rooms: str) -> list[Path]:
    """Python files of the portal, or of these folders."""
    folders = [ROOT / room for room in rooms or ("portal",)]
    return [
        path for path in written_files()
        if path.suffix == ".py" and any(folder in path.parents for folder in folders)
        and "versions" not in path.parts
    ]


def templates() -> list[Path]:
    return [path for path in written_files() if ROOT / "templates" in path.parents]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(path: Path) -> set[str]:
    """Every module that a file imports, at its top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    return found
