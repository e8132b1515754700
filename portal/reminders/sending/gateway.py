"""Hands a message to a service through Apprise, within a time limit and without its secrets."""

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from portal.core.i18n import lazy_gettext as _l

if TYPE_CHECKING:
    from apprise import NotifyBase

PLACE = "{address}"
# Connecting and each wait for an answer; then the whole of it.
WAIT_SECONDS = 6.0
LIMIT_SECONDS = 15.0
LONGEST_ERROR = 400
# What addresses look like: a gateway must take at least one of its medium.
EXAMPLES = {
    "mail": ("probe@example.com",),
    "chat": ("probe", "13800138000", "123456789", "probe@example.com",
             "12345678-1234-1234-1234-123456789012"),
    "sms": ("+8613800138000", "13800138000"),
}
# It tells more than ought to stand in a log; what matters is caught while a message is sent. Only
# its small talk knows why a connection failed.
_log = logging.getLogger("apprise")
_log.propagate = False
_log.setLevel(logging.DEBUG)
_log.addHandler(logging.NullHandler())


class NotDelivered(Exception):  # noqa: N818 - an answer of the gateway, not a defect
    """The gateway did not take the message. `reason` holds no secret."""

    def __init__(self, reason: str, *, hangs: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hangs = hangs


def deliver(
    template: str, address: str, title: str, body: str, *, limit: float = LIMIT_SECONDS
) -> None:
    """Send plain text to one address. Raises `NotDelivered`."""
    service = _service(template, address)
    if service is None:
        raise NotDelivered("the gateway does not take this address")
    outcome: list[str | None] = []
    # A service that answers drop by drop escapes every other limit.
    sender = threading.Thread(
        target=lambda: outcome.append(_send(service, title, body)), name="gateway", daemon=True
    )
    sender.start()
    sender.join(limit)
    if not outcome:
        raise NotDelivered("no answer in time", hangs=True)
    if outcome[0] is not None:
        reason = without_secrets(outcome[0], template, address)
        raise NotDelivered(reason or "refused", hangs=_is_silence(reason))


def problem_of(medium: str, template: str) -> object | None:
    """Why this cannot be the address of a gateway, in words for the administrator."""
    if PLACE not in template:
        return _l("Write %(place)s where the address of the person belongs.", place=PLACE)
    services = [_service(template, example) for example in EXAMPLES[medium]]
    service = next((found for found in services if found is not None), None)
    if service is None:
        return _l("The portal does not understand this address. It begins with the name of the "
                  "service and “://”, such as mailtos://user:password@smtp.example.com?"
                  "from=portal@example.com&to=%(place)s.", place=PLACE)
    if "host" in service.template_tokens and PLACE in _host(template):
        # Else people could have the portal call any machine by writing its name.
        return _l("The address of a person cannot be the name of the server.")
    return None


def takes(template: str, address: str) -> bool:
    """Whether the gateway knows what to do with this address of a person."""
    return _service(template, address) is not None


def service_of(template: str) -> str:
    """The gateway as it may be shown: the service and its server, nothing else."""
    service = next((found for examples in EXAMPLES.values() for example in examples
                    if (found := _service(template, example)) is not None), None)
    if service is None:
        return template.partition("://")[0]
    host = _host(template).rpartition("@")[2] if "host" in service.template_tokens else ""
    return f"{service.service_name} · {host}" if host else str(service.service_name)


def without_secrets(text: str, template: str, address: str) -> str:
    """The text without any part of the gateway's address but its server, and without the
    person's."""
    secrets = {address, quote(address, safe=""), *_pieces(template)}
    for secret in sorted(secrets | {unquote(piece) for piece in secrets}, key=len, reverse=True):
        # Shorter ones are words that say nothing, such as the name of an argument.
        if len(secret) > 3 and secret != PLACE:
            text = text.replace(secret, "…")
    return " ".join(text.split())[:LONGEST_ERROR]


def _pieces(template: str) -> Iterator[str]:
    """Everything in the address of the gateway that may be a secret."""
    place, _, query = template.partition("://")[2].partition("?")
    yield from re.split(r"[/:@+]+", place.replace(_host(template), "/", 1))
    for argument in query.split("&"):
        yield from re.split(r"[:@+/]+", argument.partition("=")[2])


def _host(template: str) -> str:
    """The part of the address that names a machine, for services that have one."""
    return template.partition("://")[2].partition("/")[0].partition("?")[0].rpartition("@")[2]


def _service(template: str, address: str) -> "NotifyBase | None":
    """The service behind the address, with the person's own filled in so that it can be nothing
    but an address; None when Apprise does not understand it."""
    # Not at the start: processes that send nothing need not hold its more than a hundred plug-ins.
    from apprise import Apprise, AppriseAsset, NotifyBase, NotifyFormat, PersistentStoreMode

    url = template.replace(PLACE, quote(address, safe=""))
    asset = AppriseAsset(
        app_id="Sales portal", app_desc="Sales portal", app_url="", async_mode=False,
        secure_logging=True, http_redirects=False, storage_mode=PersistentStoreMode.MEMORY,
    )
    with _warnings_of_this_thread():
        # More than a hundred plug-ins read what was typed, each in its own way.
        try:
            service = Apprise.instantiate(url, asset=asset, suppress_exceptions=True)
        except Exception:
            return None
    if not isinstance(service, NotifyBase):
        return None
    # Plain text is said the same everywhere, and titles of cases cannot become markup.
    service.notify_format = NotifyFormat.TEXT
    service.socket_connect_timeout = service.socket_read_timeout = WAIT_SECONDS
    return service


def _send(service: "NotifyBase", title: str, body: str) -> str | None:
    """None when it was taken; otherwise what Apprise says of it."""
    from apprise import NotifyFormat

    with _warnings_of_this_thread() as said:
        try:
            # Not by Apprise's own dispatcher: its threads would keep a process from ending.
            if service.notify(body=body, title=title, body_format=NotifyFormat.TEXT):
                return None
        except Exception as error:
            return f"{type(error).__name__}: {error}"
    return "; ".join(said) or "refused"


def _is_silence(reason: str) -> bool:
    return "timed out" in reason.lower()


@contextmanager
def _warnings_of_this_thread() -> Iterator[list[str]]:
    """What Apprise warns of meanwhile, in this thread."""
    said: list[str] = []
    thread = threading.get_ident()

    class Catch(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            words = record.getMessage()
            telling = record.levelno >= logging.WARNING or words.startswith("Socket Exception")
            if record.thread == thread and telling:
                said.append(words)

    catch = Catch()
    _log.addHandler(catch)
    try:
        yield said
    finally:
        _log.removeHandler(catch)
