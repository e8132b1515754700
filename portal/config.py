"""Typed settings from the environment, validated once at start."""

import contextlib
import errno
import os
import secrets
import tempfile
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AliasChoices, Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
CONNECT_SECONDS = 5


class Settings(BaseSettings):
    """Every setting of the portal; the environment variable is `PORTAL_` and the field's name.

    `DATABASE_URL`, `SECRET_KEY` and `REDIS_URL` keep their customary names.
    Raises `pydantic.ValidationError` naming each wrong variable.
    """

    model_config = SettingsConfigDict(env_prefix="PORTAL_", populate_by_name=True, extra="ignore")

    data: Path = Field(Path("data"), description="Folder of database, files and search index.")
    host: str = Field("127.0.0.1", description="Address the server listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port the server listens on.")
    address: str | None = Field(
        None,
        description="Where people open the portal, such as https://portal.example.com: links in "
        "messages and calendars lead there. http, host and port when absent.",
    )
    database_url: str | None = Field(
        None,
        validation_alias=AliasChoices("DATABASE_URL"),
        description="SQLAlchemy address of the database; SQLite in the data folder when absent.",
    )
    secret_key: str | None = Field(
        None,
        validation_alias=AliasChoices("SECRET_KEY"),
        description="Signs cookies and forms; generated into the data folder when absent.",
    )
    redis_url: str | None = Field(
        None,
        validation_alias=AliasChoices("REDIS_URL"),
        description="Shared limits and job queue when several machines serve.",
    )
    timezone: str = Field("Asia/Shanghai", description="Zone in which times are shown.")
    processes: int = Field(2, ge=1, le=64, description="Serving processes.")
    threads: int = Field(4, ge=1, le=64, description="Threads in each serving process.")
    https: bool = Field(False, description="Served over HTTPS: secure cookies and HSTS.")
    proxies: int = Field(0, ge=0, le=5, description="Trusted reverse proxies in front.")
    idle_minutes: int = Field(720, ge=1, description="Sign-in ends after this long unused.")
    session_days: int = Field(14, ge=1, description="Sign-in ends after this long in any case.")
    upload_mb: int = Field(20, ge=1, le=500, description="Largest attachment, in MiB.")
    import_mb: int = Field(40, ge=1, le=500, description="Largest table of leads, in MiB.")
    jobs: Literal["thread", "inline", "off"] = Field(
        "thread",
        description="Background work in the serving process, at once (tests), or elsewhere.",
    )
    search: Literal["whoosh", "postgresql"] = Field(
        "whoosh",
        description="Where the search index lives: in the data folder, or in PostgreSQL.",
    )

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{name!r} is not a time zone such as Asia/Shanghai") from error
        return name

    @field_validator("address")
    @classmethod
    def _reachable(cls, address: str | None) -> str | None:
        if not address:
            return None
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/"):
            raise ValueError(f"{address!r} is not like https://portal.example.com")
        return f"{parts.scheme}://{parts.netloc}"

    @field_validator("data")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return path.expanduser().resolve()

    @field_validator("search")
    @classmethod
    def _searchable(cls, engine: str, info: ValidationInfo) -> str:
        database = info.data.get("database_url") or ""
        if engine == "postgresql" and not database.startswith("postgres"):
            raise ValueError("postgresql needs a DATABASE_URL of PostgreSQL")
        return engine

    @property
    def public_address(self) -> str:
        """Where links in messages lead, without a slash at the end."""
        if self.address:
            return self.address
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def database(self) -> str:
        """The SQLAlchemy URL in force."""
        if not self.database_url:
            return f"sqlite:///{self.data / 'portal.sqlite3'}"
        # Platforms still hand out the two older spellings.
        for old in ("postgres://", "postgresql://"):
            if self.database_url.startswith(old):
                return "postgresql+psycopg://" + self.database_url.removeprefix(old)
        return self.database_url

    @property
    def files(self) -> Path:
        """Attachments, stored under their content hash."""
        return self.data / "files"

    @property
    def transfers(self) -> Path:
        """What people uploaded to import, and what exports made; both are removed after days."""
        return self.data / "transfers"

    @property
    def index(self) -> Path:
        """The search index; derived, safe to delete."""
        return self.data / "index"

    def make_folder(self) -> None:
        """The data folder, closed to other accounts of the machine when it is made here."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)

    def secret(self) -> str:
        """The signing key, made on first use. Raises `OSError` when it cannot be kept."""
        if self.secret_key:
            return self.secret_key
        path = self.data / "secret_key"
        self.make_folder()
        if not path.exists():
            _keep_new_secret(path)
        key = path.read_text().strip()
        if not key:
            # Everybody could sign with it.
            raise OSError(errno.EINVAL, "the signing key is empty; delete this file", str(path))
        return key

    def flask(self) -> dict[str, object]:
        """The same settings under the names that Flask and its extensions read."""
        return {
            "SECRET_KEY": self.secret(),
            "SQLALCHEMY_DATABASE_URI": self.database,
            "SQLALCHEMY_ENGINE_OPTIONS": self._connections(),
            # Several files at once; each one's own limit is told beside the form.
            "MAX_CONTENT_LENGTH": (4 * self.upload_mb + 4) * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
            "MAX_FORM_PARTS": 500,
            "SESSION_COOKIE_NAME": "portal",
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.https,
            "SESSION_COOKIE_HTTPONLY": True,
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_CSRF_SSL_STRICT": False,
            "BABEL_DEFAULT_LOCALE": "zh",
            "BABEL_DEFAULT_TIMEZONE": self.timezone,
            "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "portal" / "translations"),
            "RATELIMIT_STORAGE_URI": self.redis_url or "memory://",
            "RATELIMIT_HEADERS_ENABLED": False,
            "COMPRESS_MIMETYPES": [
                "text/html", "text/css", "text/plain", "application/json",
                "application/javascript", "image/svg+xml",
            ],
            "COMPRESS_ALGORITHM": ["br", "gzip"],
            "COMPRESS_BR_LEVEL": 4,
        }

    def _connections(self) -> dict[str, object]:
        """Nobody's page fails because the server of the database was restarted before it, or
        waits minutes for one that does not answer."""
        if self.database.startswith("sqlite"):
            # What SQLite knows of its tables (`core.statistics`) it reads when it is opened.
            return {"pool_recycle": 3600}
        return {"pool_pre_ping": True, "connect_args": {"connect_timeout": CONNECT_SECONDS}}


def _keep_new_secret(path: Path) -> None:
    """Written whole before it has its name: of several processes that start at once the first
    one's key counts, and none reads half of it."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".secret_key.") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(file.name, path)
