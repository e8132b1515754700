"""`portal serve`: the portal over HTTP, with its background work in the serving processes."""

import contextlib
import gc
import socket
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from gunicorn.app.base import BaseApplication

from portal.config import Settings
from portal.extensions import db
from portal.search.engine import SearchUnavailable


@click.command()
@with_appcontext
def serve() -> None:
    """Serve until interrupted; address and processes come from the settings."""
    run(current_app._get_current_object())  # type: ignore[attr-defined]


def run(app: Flask) -> None:
    """Serve this application. Exits with one line when the port is taken."""
    settings: Settings = app.extensions["settings"]
    refuse_taken_port(settings)
    # What the preparation used must not be inherited by the serving processes.
    db.session.remove()
    db.engine.dispose()
    # What is loaded now stays: the collector need not walk through it in the middle of a page,
    # and the serving processes go on sharing it.
    gc.collect()
    gc.freeze()
    Server(app, settings).run()


def refuse_taken_port(settings: Settings) -> None:
    """Exit with one line when somebody else listens already."""
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise click.ClickException(
                f"cannot listen on {settings.host}:{settings.port} ({error.strerror}). "
                "Stop what runs there, or choose another port: PORTAL_PORT=8001"
            ) from None


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with threads, configured from the portal's settings."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": [f"{self.settings.host}:{self.settings.port}"],
            "workers": self.settings.processes,
            "worker_class": "gthread",
            "threads": self.settings.threads,
            "preload_app": True,
            "timeout": 120,
            "graceful_timeout": 10,
            "keepalive": 5,
            "loglevel": "warning",
            "proc_name": "portal",
            # Uploads and half-read requests go to memory, not to a disk that may be slow.
            "worker_tmp_dir": "/dev/shm",  # noqa: S108
            "post_fork": self.after_fork,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app

    def after_fork(self, server: Any, worker: Any) -> None:
        """Threads do not survive a fork: each process starts its own."""
        with contextlib.suppress(SearchUnavailable):
            self.app.extensions["search_engine"].warm()
        if self.settings.jobs == "thread":
            self.app.extensions["jobs"].start()
