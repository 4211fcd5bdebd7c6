"""Talking to a learning record store (xAPI 1.0.3): statements go in, each exactly once whatever breaks on the way.

A statement's id is always the same for the same happening, so sending it again after a lost answer changes nothing there.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from django.conf import settings

from courses.learning.records.statements import VERSION, Statement

TIMEOUT_SECONDS = 10
SCHEMES = {"http", "https"}
THERE_ALREADY = {HTTPStatus.OK, HTTPStatus.NO_CONTENT, HTTPStatus.CONFLICT}


class StoreUnavailableError(Exception):
    """The record store did not take what was sent; it is sent again later."""


def store_is_set() -> bool:
    """Say whether this installation has a record store."""
    return bool(settings.LRS_URL)


def put_all(statements: Sequence[Statement]) -> None:
    """Have the store take these statements, at most a hundred; raises StoreUnavailableError when it did not take all.

    Where the store knows one of them already and refuses the lot, they go one by one.
    """
    if not statements:
        return
    status = _send("POST", "statements", list(statements))
    if status == HTTPStatus.OK:
        return
    if status != HTTPStatus.CONFLICT:
        raise StoreUnavailableError(status)
    for one in statements:
        address = f"statements?{urlencode({'statementId': one['id']})}"
        if (single := _send("PUT", address, one)) not in THERE_ALREADY:
            raise StoreUnavailableError(single)


def _send(method: str, path: str, content: Any) -> int:
    address = f"{settings.LRS_URL.rstrip('/')}/{path}"
    if urlsplit(address).scheme not in SCHEMES:
        raise StoreUnavailableError(address)
    request = Request(address, data=json.dumps(content).encode(), method=method, headers=_headers())  # noqa: S310 -- the scheme is checked above
    try:
        with urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 -- the scheme is checked above
            return int(answer.status)
    except HTTPError as error:
        with error:
            return int(error.code)
    except (URLError, TimeoutError, ConnectionError) as error:
        raise StoreUnavailableError from error


def _headers() -> dict[str, str]:
    headers = {"Content-Type": "application/json", "X-Experience-API-Version": VERSION}
    if settings.LRS_AUTH:
        token = base64.b64encode(settings.LRS_AUTH.encode()).decode()
        headers["Authorization"] = f"Basic {token}"
    return headers
