"""Journeys through the portal in a real browser: the system's Chromium against a live server.

Every page is watched: an error in a script, a breach of the content security policy, a request to
another host, or a defect of the server fails the journey.
"""

import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, got_request_exception
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, Request, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from portal.config import ROOT
from tests.browser import Browser
from tests.characters import Character
from tests.chromium import FLAGS, find_chromium

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
# Longest wait for anything on a page, in milliseconds.
PATIENCE = 10_000
# What htmx tells the console of a request that it gave up for a newer one.
GIVEN_UP = ("htmx:afterRequest", "htmx:sendAbort")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """The browser itself; every page gets a context of its own."""
    program = find_chromium()
    if program is None:
        message = "Chromium is missing: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


class _Silent(WSGIRequestHandler):
    def log(self, *message: Any) -> None:
        pass


@pytest.fixture(scope="session")
def live_server(furnished_portal: Flask) -> Iterator[str]:
    """The portal over HTTP on a free port of this machine; its address."""
    server = make_server("127.0.0.1", 0, furnished_portal, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(timeout=10)
    server.server_close()


@pytest.fixture
def address(live_server: str, app: Flask) -> str:
    """Where the portal answers, as it stood on the first morning."""
    return live_server


class Watch:
    """What must not happen on any page of a journey."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.troubles: list[str] = []

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.troubles.append(str(error.error)))
        context.on("request", self._request)

    def defect(self, sender: Flask, exception: Exception, **more: Any) -> None:
        self.troubles.append(f"the server: {exception!r}")

    def _console(self, message: Any) -> None:
        # A refused form is an answer of the portal, not a trouble.
        harmless = message.text.startswith(GIVEN_UP) or "Failed to load resource" in message.text
        if message.type == "error" and not harmless:
            self.troubles.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:", "about:")):
            self.troubles.append(f"asked elsewhere: {request.url}")


@pytest.fixture
def watch(address: str, app: Flask) -> Iterator[Watch]:
    """Collects troubles; a test that provokes one takes it out of `watch.troubles`."""
    watch = Watch(address)
    with got_request_exception.connected_to(watch.defect, app):
        yield watch
    assert watch.troubles == []


@pytest.fixture
def open_page(
    chromium: Chromium, address: str, watch: Watch, browser: Callable[..., Browser]
) -> Iterator[Callable[..., Page]]:
    """`open_page(alice)` is a desktop page of a signed-in person, at no address yet.

    `phone=True` is 360 px wide with touch; `language="en"`; `javascript=False` for a page
    without scripts; `service_workers="allow"` with the portal's worker. Relative addresses work:
    `page.goto("/cases")`.
    """
    contexts: list[BrowserContext] = []

    def open_one(
        person: Character | None = None, *, phone: bool = False, language: str = "zh",
        javascript: bool = True, **options: Any,
    ) -> Page:
        # What a worker keeps would outlive the page that a journey looks at.
        options.setdefault("service_workers", "block")
        context = chromium.new_context(
            base_url=address, viewport=PHONE if phone else DESKTOP, has_touch=phone,
            is_mobile=phone, locale=LOCALES[language], java_script_enabled=javascript,
            timezone_id="Asia/Shanghai", reduced_motion="reduce", **options,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        watch.over(context)
        if person is not None:
            cookie = browser(person).get_cookie("portal")
            assert cookie is not None
            context.add_cookies([{"name": "portal", "value": cookie.value, "url": address}])
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """`axe(page) == []` when axe-core finds nothing wrong; otherwise rule and place of each."""
    source = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")

    def violations(page: Page) -> list[str]:
        # Evaluated by the debugger, so the page's own policy stays in force.
        page.evaluate(source)
        found = page.evaluate(
            "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", WCAG
        )
        return [
            f"{violation['id']}: {node['html'][:160]}"
            for violation in found["violations"] for node in violation["nodes"]
        ]

    return violations
