"""`portal init` in an empty folder and again; `portal serve` on a taken port."""

import os
import re
import socket
import sqlite3
import subprocess
import sys

import pytest

from portal.config import ROOT


def command(data, *words, **more):
    """The command line as an operator runs it, with a folder of its own."""
    environment = {k: v for k, v in os.environ.items()
                   if not k.startswith("PORTAL_") and k not in ("DATABASE_URL", "REDIS_URL")}
    environment |= {"PORTAL_DATA": str(data), "PYTHONPATH": str(ROOT), **more}
    return subprocess.run([sys.executable, "-m", "portal", *words], env=environment,
                          cwd=data.parent, capture_output=True, text=True, timeout=120,
                          check=False)


@pytest.fixture(scope="module")
def new_portal(tmp_path_factory):
    data = tmp_path_factory.mktemp("new") / "data"
    return data, command(data, "init", "--login", "boss", "--name", "老板")


def test_init_makes_a_portal_with_one_administrator(new_portal):
    data, first = new_portal
    assert first.returncode == 0, first.stderr
    assert "Administrator: boss" in first.stdout
    password = re.search(r"Password:\s+(\S+)", first.stdout).group(1)
    with sqlite3.connect(data / "portal.sqlite3") as database:
        people = database.execute(
            "SELECT login, name, role, must_change_password, password_hash FROM users").fetchall()
        lists = database.execute("SELECT count(DISTINCT list) FROM terms").fetchone()[0]
        templates = database.execute("SELECT count(*) FROM case_templates").fetchone()[0]
    database.close()
    assert [row[:4] for row in people] == [("boss", "老板", "admin", 1)]
    assert password not in people[0][4]
    assert (lists, templates) == (6, 12)


def test_init_again_keeps_everything_and_shows_no_password(new_portal):
    data, _ = new_portal
    again = command(data, "init", "--login", "other")
    assert again.returncode == 0, again.stderr
    assert "has an administrator already" in again.stdout
    assert "Password" not in again.stdout
    with sqlite3.connect(data / "portal.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM users").fetchone() == (1,)
    database.close()


def test_the_signing_key_is_readable_by_its_owner_alone(new_portal):
    assert oct((new_portal[0] / "secret_key").stat().st_mode)[-3:] == "600"


def test_nothing_that_the_command_line_makes_is_open_to_other_accounts(new_portal):
    data, _ = new_portal
    command(data, "export", data / "library.zip")
    made = [data, *data.rglob("*")]
    assert {"portal.sqlite3", "library.zip", "current.json"} <= {path.name for path in made}
    assert [path for path in made if path.stat().st_mode & 0o077] == []


def test_serve_tells_a_taken_port_in_one_line(app, portal, monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        settings = app.extensions["settings"].model_copy(update={"port": port})
        monkeypatch.setitem(app.extensions, "settings", settings)
        for verb in ("serve", "start"):
            result = portal(verb)
            assert result.exit_code == 1
            assert f"127.0.0.1:{port}" in result.output
            assert "PORTAL_PORT" in result.output


def test_a_wrong_setting_is_told_in_one_line(tmp_path):
    result = command(tmp_path / "data", "doctor", PORTAL_PORT="99999", PORTAL_TIMEZONE="Mars/Base")
    assert result.returncode == 2
    assert "PORTAL_PORT" in result.stderr
    assert "PORTAL_TIMEZONE" in result.stderr
    assert "Traceback" not in result.stderr
    result = command(tmp_path / "data", "doctor", PORTAL_SEARCH="postgresql")
    assert result.returncode == 2
    assert result.stderr == "PORTAL_SEARCH: postgresql needs a DATABASE_URL of PostgreSQL\n"
