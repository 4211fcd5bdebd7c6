"""Keeps people out of the logs."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

DROPPED = ("ip", "user_agent", "user_id", "email", "referer")
# A slug is as long but has small letters only; of a thousand tokens one or two hold no digit, and next to none no capital.
_TOKEN = re.compile(r"(?<=/)(?=[^/]*[\dA-Z])[A-Za-z0-9_:~-]{16,}(?=/|$|\.)")
_QUERY = re.compile(r"\?.*$")


def without_people(logger: Any, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop who asked, what was searched for, and the tokens in an address (a structlog processor)."""
    for key in DROPPED:
        event.pop(key, None)
    if isinstance(event.get("request"), str):
        event["request"] = without_secrets(event["request"])
    return event


def without_secrets(address: str) -> str:
    """Return an address without its query and with long tokens in it replaced by `…`."""
    return _TOKEN.sub("…", _QUERY.sub("", address))


def traceback_without_values(
    logger: Any, name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Put where an error arose in place of `exc_info` (a structlog processor).

    What the error says is left out: a database names the row that is in its way (`Key (email)=(…)`).
    """
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["exception"] = places_of(error)
    return event


def places_of(error: BaseException) -> str:
    """Return the kinds of an error and of those that led to it, each with the places in the code it went through."""
    told = []
    for one in _chain(error):
        told.append(f"{type(one).__module__}.{type(one).__qualname__}")
        told += [
            f"  {place.filename}:{place.lineno} {place.name}"
            for place in traceback.extract_tb(one.__traceback__)
        ]
    return "\n".join(told)


def _chain(error: BaseException) -> list[BaseException]:
    """Return an error and its causes, the first cause first."""
    found: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in found:
        found.insert(0, one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return found


class WithoutSecrets(logging.Filter):
    """Cleans the addresses that Django itself logs (`Not Found: /account/uitnodiging/…`)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the arguments of a record; never hold one back."""
        if isinstance(record.args, tuple):
            record.args = tuple(without_secrets(a) if isinstance(a, str) else a for a in record.args)
        return True
