"""allauth's guards with types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from allauth.core.internal import ratelimit


def recently_signed_in[View: Callable[..., Any]](view: View) -> View:
    """Ask the person to show once more who they are, unless they just did."""
    return cast("View", reauthentication_required(view))


def limited_as_recovery[View: Callable[..., Any]](view: View) -> View:
    """Answer 429 when this is tried too often from one place; shared by all workers through the cache."""
    return cast("View", ratelimit.decorator(app="allauth.account", action="recovery")(view))
