"""Trials that take long: not part of the suite, run by `make endurance`. Those in a browser use its fixtures."""

from tests.browser.conftest import (
    at_work,
    axe,
    browser,
    chromium,
    complaints,
    context,
    live_server,
    page,
    sign_in,
)
from tests.browser.test_offline import cut, killed, writer

__all__ = [
    "at_work",
    "axe",
    "browser",
    "chromium",
    "complaints",
    "context",
    "cut",
    "killed",
    "live_server",
    "page",
    "sign_in",
    "writer",
]
