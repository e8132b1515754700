"""What tests of people need: files to upload."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest


@pytest.fixture
def upload() -> Callable[..., dict[str, Any]]:
    """`upload(text)` is the form of a file with this text or these bytes."""

    def form(content: str | bytes, name: str = "people.csv") -> dict[str, Any]:
        data = content.encode() if isinstance(content, str) else content
        return {"file": (BytesIO(data), name)}

    return form
