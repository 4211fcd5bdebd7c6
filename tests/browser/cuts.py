"""The connection, the tab or the page is cut at random moments while somebody types; what was typed is there afterwards."""

from __future__ import annotations

import os
import random
import signal
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Route

from courses.catalogue.queries import Outline
from courses.learning.models import Answer, Attempt

LAST_SECOND = 1.0
"""Seconds of typing that may be lost when tab or browser go; when only the line goes, nothing is."""
PATIENCE = 10
"""Seconds in which what waits must be sent once there is a line."""
ROWS_WAITING = """() => new Promise((resolve) => {
    const open = indexedDB.open("trede-unsent");
    open.onsuccess = () => {
        const count = open.result.transaction("changes").objectStore("changes").count();
        count.onsuccess = () => { open.result.close(); resolve(count.result); };
    };
})"""
KEEP = "**/bewaren/"
GONE = {"tab", "reload"}
CUTS = ("line", "before", "after", "tab", "reload")


@dataclass
class Course:
    """A lesson with an open question, in a browser."""

    context: BrowserContext
    address: str
    outline: Outline
    typed: str = ""
    at: list[tuple[float, int]] = field(default_factory=list)

    def open(self) -> Page:
        """Open the lesson in a tab of its own."""
        page = self.context.new_page()
        page.goto(self.address)
        page.locator("form[data-unsent-bound]").first.wait_for()
        return page

    def text(self, page: Page) -> Any:
        """Return the field to type in."""
        return page.get_by_label("Jouw antwoord")

    def type(self, page: Page, seconds: float) -> None:
        """Type for so long, and note when each piece stood there."""
        self.text(page).focus()
        page.keyboard.press("Control+End")
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            piece = random.choice(["goed ", "rust ", "luister ", "vraag "])
            page.keyboard.type(piece, delay=8)
            self.typed += piece
            self.at.append((time.monotonic(), len(self.typed)))

    def clear(self) -> None:
        """Begin again with an empty field."""
        page = self.open()
        self.text(page).fill("")
        self.text(page).blur()
        until = time.monotonic() + PATIENCE
        while Answer.objects.exclude(text="").exists() and time.monotonic() < until:
            page.wait_for_timeout(30)
        page.close()
        self.typed = ""

    def sure(self, moment: float) -> int:
        """Return how many characters stood there a second before this moment."""
        return max((count for at, count in self.at if at <= moment - LAST_SECOND), default=0)


def cut_at_random(course: Course, *, times: int, seed: int | None = None) -> None:
    """Cut so many times, each in another way; afterwards the text is whole but for a second, in one attempt."""
    chance = random.Random(seed)
    for number in range(times):
        way = CUTS[number % len(CUTS)]
        page = course.open()
        before = len(course.typed)
        course.at = [(0.0, before)]
        _break(course, page, way)
        course.type(page, chance.uniform(0.1, 1.5 if way in GONE else 0.4))
        sure = course.sure(time.monotonic()) if way in GONE else len(course.typed)
        found = _mended(course, page, way)
        assert course.typed.startswith(found), (number, way)
        assert len(found) >= max(sure, before), (number, way, sure, len(found))
        course.typed = found
        assert Attempt.objects.count() == 1, (number, way)
        assert Answer.objects.exclude(text="").count() == 1


def kill_while_typing(course: Course, profile: Path, seconds: float) -> float:
    """Type for so long and kill the browser of this profile as a power cut would; return the moment."""
    page = course.open()
    course.at = [(0.0, len(course.typed))]
    course.context.set_offline(True)
    course.type(page, seconds)
    moment = time.monotonic()
    os.kill(_process_of(profile), signal.SIGKILL)
    with suppress(Error):
        course.context.close()
    return moment


def _process_of(profile: Path) -> int:
    """Return the browser's own process among those that name this profile."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = entry.read_bytes().decode(errors="replace").split("\0")
            if f"--user-data-dir={profile}" in words and not any(
                word.startswith("--type=") for word in words
            ):
                return int(entry.parent.name)
    message = f"No browser uses {profile}."
    raise RuntimeError(message)


def settled(course: Course) -> str:
    """Open the lesson, wait until nothing waits; return what the server has and the page shows."""
    return _mended(course, course.open(), "killed")


def _break(course: Course, page: Page, way: str) -> None:
    def cut_off(route: Route) -> None:
        if way == "after":
            route.fetch()
        route.abort()

    if way == "line":
        course.context.set_offline(True)
    elif way in {"before", "after"}:
        course.context.route(KEEP, cut_off)


def _mended(course: Course, page: Page, way: str) -> str:
    """Give the line back, or look with a new page; return what the server has and the page shows."""
    if way == "reload":
        page.reload()
    elif way == "tab":
        page.close()
        page = course.open()
    elif way in {"before", "after"}:
        page.locator("[data-unsent-stand]").get_by_text("Nog niet verzonden").wait_for()
    course.context.unroute(KEEP)
    course.context.set_offline(False)
    page.locator("form[data-unsent-bound]").first.wait_for()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    until = time.monotonic() + PATIENCE
    while (found := _stored(course, page)) is None and time.monotonic() < until:
        page.wait_for_timeout(30)
    page.close()
    assert found is not None, way
    return found


def _stored(course: Course, page: Page) -> str | None:
    """Return the text at the server once nothing waits and the page shows the same."""
    if page.evaluate(ROWS_WAITING):
        return None
    text = Answer.objects.exclude(text="").values_list("text", flat=True).first()
    return text if text == course.text(page).input_value() else None
