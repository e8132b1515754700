"""The signing key is made once, whole, and for its owner alone; search lives where it can."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from pydantic import ValidationError

from portal.config import Settings


def settings(folder) -> Settings:
    return Settings(data=folder / "data", database_url=None, secret_key=None)


def test_the_key_stays_the_same(tmp_path):
    key = settings(tmp_path).secret()
    assert len(key) >= 48
    assert settings(tmp_path).secret() == key


def test_processes_that_start_at_once_share_one_key(tmp_path):
    with ThreadPoolExecutor(16) as threads:
        keys = set(threads.map(lambda _: settings(tmp_path).secret(), range(64)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 48
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret_key"]


def test_folder_and_key_are_closed_to_others(tmp_path):
    settings(tmp_path).secret()
    modes = [stat.S_IMODE(path.stat().st_mode)
             for path in (tmp_path / "data", tmp_path / "data" / "secret_key")]
    assert modes == [0o700, 0o600]


def test_an_empty_key_is_refused(tmp_path):
    """With it anybody could sign."""
    settings(tmp_path).make_folder()
    (tmp_path / "data" / "secret_key").touch()
    with pytest.raises(OSError, match="signing key is empty"):
        settings(tmp_path).secret()


@pytest.mark.parametrize("address", [None, "", "sqlite:///portal.sqlite3"])
def test_search_in_postgresql_needs_its_database(tmp_path, address):
    with pytest.raises(ValidationError, match="needs a DATABASE_URL of PostgreSQL"):
        Settings(data=tmp_path, database_url=address, search="postgresql")


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_will_do(tmp_path, scheme):
    found = Settings(data=tmp_path, database_url=f"{scheme}://host/name", search="postgresql")
    assert found.database == "postgresql+psycopg://host/name"
