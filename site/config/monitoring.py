"""Telling a Sentry-compatible service about errors, without anything about a person or what somebody wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sentry_sdk

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

TOLD = ("method", "url")


def start(dsn: str, release: str = "") -> None:
    """Report errors to this address; do nothing without one."""
    if dsn:
        sentry_sdk.init(
            dsn=dsn,
            release=release or None,
            send_default_pii=False,
            include_local_variables=False,
            max_request_body_size="never",
            max_breadcrumbs=0,
            traces_sample_rate=0,
            before_send=without_people,
        )


def without_people(event: Event, _hint: Hint) -> Event:
    """Return the event with method and path of the request and nothing else of it."""
    event.pop("user", None)
    request = event.get("request") or {}
    event["request"] = {name: str(request[name]).partition("?")[0] for name in TOLD if name in request}
    for value in (event.get("exception") or {}).get("values") or []:
        value.pop("value", None)  # a message may quote what somebody typed
    return event
