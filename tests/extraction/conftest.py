"""Reads made files in the real child process."""

from collections.abc import Callable
from pathlib import Path

import pytest

from portal.extraction.reading import extract
from portal.extraction.results import Extracted, Limits


@pytest.fixture
def kept(tmp_path: Path) -> Callable[[bytes], Path]:
    """`kept(content)`: a file without a telling name, as attachments are stored."""
    count = iter(range(1000))

    def keep(content: bytes) -> Path:
        path = tmp_path / f"{next(count):064x}"
        path.write_bytes(content)
        return path

    return keep


@pytest.fixture
def read(kept: Callable[[bytes], Path]) -> Callable[..., Extracted]:
    """`read(content, cpu_seconds=1, …)` with other limits than usual."""
    return lambda content, **limits: extract(kept(content), Limits(**limits))
