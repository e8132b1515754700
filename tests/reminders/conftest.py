"""News to send, and real services that receive it on this machine."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from portal import features
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.reminders import kinds
from portal.reminders.actions import notify
from portal.reminders.models import Address, Gateway, Hours
from tests.characters import Character

ASKED = kinds.Kind("test.asked", "answers", lambda who, title: f"{who} asks you: {title}",
                   "Answer", "message-question")
ALARM = kinds.Kind("test.alarm", "alerts", lambda who, title: f"{who} needs help: {title}",
                   "Help", "alert-triangle", urgent=True)
TALK = kinds.Kind("test.talk", "talk", lambda who, title: f"{who} wrote about {title}",
                  "Read", "message")


@pytest.fixture(autouse=True)
def some_kinds() -> Iterator[None]:
    """Kinds of news that no room declares."""
    kinds.declare(*features.ALL.kinds, ASKED, ALARM, TALK)
    yield
    kinds.declare(*features.ALL.kinds)


@dataclass
class Letter:
    """What arrived, as a reader sees it."""

    to: str
    title: str
    body: str


@dataclass
class Received:
    """Messages in the order in which they arrived; `refuse` makes the service say no."""

    letters: list[Letter] = field(default_factory=list)
    refuse: bool = False
    hang: threading.Event | None = None
    port: int = 0

    def to(self, who: str) -> list[Letter]:
        return [letter for letter in self.letters if who in letter.to]


class _Post:
    """What an SMTP server does with mail."""

    def __init__(self, received: Received) -> None:
        self.received = received

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.received.refuse:
            return "554 no such mailbox"
        mail = message_from_bytes(envelope.content, policy=policy.default)
        text = mail.get_body(("plain",)) or mail
        self.received.letters.append(
            Letter(",".join(envelope.rcpt_tos), str(mail["Subject"]), text.get_content())
        )
        return "250 OK"


def _knows(server: Any, session: Any, envelope: Any, mechanism: str, auth: Any) -> AuthResult:
    right = isinstance(auth, LoginPassword) and auth.password == b"s3cretword"
    return AuthResult(success=right)


class _MailServer(Controller):
    """On a port that the system chooses."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def mailbox() -> Iterator[Received]:
    """A mail server."""
    received = Received()
    controller = _MailServer(_Post(received), hostname="127.0.0.1", port=0,
                             authenticator=_knows, auth_require_tls=False)
    controller.start()
    received.port = controller.port
    yield received
    controller.stop()


@pytest.fixture
def chat_room() -> Iterator[Received]:
    """A chat service: it takes JSON at /<address of the person>."""
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if received.hang is not None:
                received.hang.wait(20)
            if not received.refuse:
                said = json.loads(body)
                received.letters.append(Letter(self.path, said["title"], said["message"]))
            self.send_response(500 if received.refuse else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    received.port = server.server_address[1]
    yield received
    if received.hang is not None:
        received.hang.set()
    server.shutdown()
    thread.join()
    server.server_close()


def set_up(medium: str, url: str, now: Any) -> None:
    with transaction():
        db.session.add(Gateway(medium=medium, url=url, label=f"Our {medium}", hint="",
                               active=True, changed_at=now))


@pytest.fixture
def mail_works(app: Any, mailbox: Received, clock: Any) -> Received:
    set_up("mail", f"mailto://portal:s3cretword@127.0.0.1:{mailbox.port}"
           "?from=portal@example.com&to={address}&mode=insecure", clock())
    return mailbox


@pytest.fixture
def chat_works(app: Any, chat_room: Received, clock: Any) -> Received:
    set_up("chat", f"json://127.0.0.1:{chat_room.port}/hook-s3cret/{{address}}", clock())
    return chat_room


@pytest.fixture
def chats(app: Any) -> Callable[..., None]:
    """`chats(bob, "bob-at-work")`: where the chat service reaches somebody."""

    def one(person: Character, address: str, medium: str = "chat") -> None:
        with transaction():
            db.session.add(Address(person_id=person.id, medium=medium, address=address))

    return one


@pytest.fixture
def never_quiet(app: Any) -> Callable[[Character], None]:
    def one(person: Character) -> None:
        from datetime import time

        with transaction():
            db.session.add(Hours(person_id=person.id, digest_at=time(8, 30)))

    return one


@pytest.fixture
def tell(app: Any, clock: Any) -> Callable[..., None]:
    """`tell(bob, case, kind="test.asked", by=alice)`, by the real action."""

    def one(person: Character, case: Any, *, kind: str = "test.asked", key: str = "",
            by: Character | None = None, **detail: Any) -> None:
        subject = case if isinstance(case, str) else f"case:{case.id}"
        with transaction():
            notify([person.id], kind, subject, clock(), key=key or f"{kind}:{subject}",
                   actor_id=by.id if by else None, detail=detail)

    return one


@pytest.fixture
def closed_port() -> int:
    """A port at which nothing answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port
