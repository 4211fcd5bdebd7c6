"""The frame of the browser tests itself."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_public_home_opens(page, axe):
    answer = page.goto("/")
    assert answer.ok
