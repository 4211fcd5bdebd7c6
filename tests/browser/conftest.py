"""Real browser tests: Chromium driven by Playwright against a live server on localhost.

A test asks for `page` and, where it needs them, `sign_in` and `axe`:

    @pytest.mark.browser
    def test_a_poh_finds_the_lesson(page, sign_in, axe):
        sign_in(page, UserFactory(...))
        page.goto("/mijn/")
        axe(page)

A console error, an uncaught error, a violation of the Content-Security-Policy or a failed request for one of our files
fails the test; a test that means to provoke one says so: `page.expected.append("part of the message")`.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import connection, connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.conftest import free_port
from tests.migrated import ROWS_OF_MIGRATIONS

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
QUIET_FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-sync",
]
AT_REST_WITHIN = 10
"""Seconds in which requests under way must be answered once a test is over."""
ABSENT = "No Chromium was found: the browser tests did not run. Install the package chromium to run them."


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that `-m 'not browser'` leaves it out."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of Chromium; without it skip in words, or fail when `REQUIRE_BROWSER=1`."""
    asked = os.environ.get("CHROMIUM")
    found = asked or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found:
        return found
    if os.environ.get("REQUIRE_BROWSER", "0") not in ("", "0"):
        pytest.fail(ABSENT, pytrace=False)
    pytest.skip(ABSENT)


@pytest.fixture(scope="session")
def browser(chromium: str, django_db_setup: None) -> Iterator[Browser]:
    """One Chromium per worker."""
    # Playwright keeps an event loop in this thread. Django would refuse the database because of it, and gives a thread
    # with a loop connections of its own: the new one needs the rows to restore, and closing before the loop ends.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    rows = getattr(connection, ROWS_OF_MIGRATIONS)
    with sync_playwright() as playwright:
        setattr(connection, ROWS_OF_MIGRATIONS, rows)
        started = playwright.chromium.launch(executable_path=chromium, args=QUIET_FLAGS)
        yield started
        started.close()
        connections.close_all()


@pytest.fixture(scope="session")
def live_server(worker_id: str) -> Iterator[LiveServer]:
    """The site on `http://localhost`: passkeys need a name."""
    server = LiveServer(f"localhost:{free_port(worker_id)}")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def at_work() -> Iterator[set[int]]:
    """The threads of the live server that are answering a request now."""
    busy: set[int] = set()

    def begin(**_: Any) -> None:
        busy.add(threading.get_ident())

    def end(**_: Any) -> None:
        busy.discard(threading.get_ident())

    request_started.connect(begin)
    request_finished.connect(end)
    yield busy
    request_started.disconnect(begin)
    request_finished.disconnect(end)


@pytest.fixture
def context(browser: Browser, live_server: LiveServer, at_work: set[int]) -> Iterator[BrowserContext]:
    """A fresh profile, Dutch, 1280 pixels wide; ends only when the server is at rest, since the tables are emptied next."""
    made = browser.new_context(
        base_url=live_server.url, locale="nl-NL", viewport={"width": 1280, "height": 900}
    )
    made.set_default_timeout(10_000)
    yield made
    made.close()
    deadline = time.monotonic() + AT_REST_WITHIN
    while at_work - {threading.get_ident()} and time.monotonic() < deadline:
        time.sleep(0.05)


class Complaints:
    """What the browser complained about on the pages of one test."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.expected: list[str] = []

    def watch(self, page: Page) -> None:
        """Listen to a page."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.found.append(f"{page.url}: uncaught {error}"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.found.append(f"{message.location.get('url', '')}: {message.text}")

    def unexpected(self) -> list[str]:
        """Return what no test asked for."""
        return [text for text in self.found if not any(part in text for part in self.expected)]


@pytest.fixture
def complaints(context: BrowserContext) -> Iterator[Complaints]:
    """Every page of the context is listened to; complaints fail the test at its end."""
    heard = Complaints()
    context.on("page", heard.watch)
    yield heard
    unexpected = heard.unexpected()
    if unexpected:
        pytest.fail("The browser complained:\n  " + "\n  ".join(unexpected), pytrace=False)


@pytest.fixture
def page(context: BrowserContext, complaints: Complaints) -> Page:
    """An empty tab; addresses may be relative to the site."""
    return context.new_page()


@pytest.fixture
def sign_in(live_server: LiveServer) -> Callable[[Page, Any], None]:
    """Return `sign_in(page, user)`: gives the tab's profile a session of this user without the form."""

    def with_session(page: Page, user: Any) -> None:
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
        )

    return with_session


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Return `axe(page)`: zero violations of accessibility on what the tab shows now."""

    def no_violations(page: Page) -> None:
        result = Axe().run(page)
        assert result.violations_count == 0, f"{page.url}\n{result.generate_report()}"

    return no_violations
