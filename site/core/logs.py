"""Keeps people out of the logs."""

from __future__ import annotations

import logging
import re
from collections.abc import MutableMapping
from typing import Any

DROPPED = ("ip", "user_agent", "user_id", "email", "referer")
_TOKEN = re.compile(r"(?<=/)(?=[^/]*\d)[A-Za-z0-9_:~-]{16,}(?=/|$|\.)")
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


class WithoutSecrets(logging.Filter):
    """Cleans the addresses that Django itself logs (`Not Found: /account/uitnodiging/…`)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the arguments of a record; never hold one back."""
        if isinstance(record.args, tuple):
            record.args = tuple(without_secrets(a) if isinstance(a, str) else a for a in record.args)
        return True
