"""The command line, run as `portal` runs it."""

from collections.abc import Callable
from contextvars import Context
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from portal.extensions import db


@pytest.fixture
def portal(app: Flask) -> Callable[..., Result]:
    """`portal("search", "撞单", "--json")`: the command's result, in a context of its own."""

    def run(*words: str, **more: Any) -> Result:
        db.session.rollback()
        runner = app.test_cli_runner()
        return Context().run(runner.invoke, args=[str(word) for word in words], **more)

    return run
