"""Visitors' pages from memory.

A visitor is somebody without a session cookie. What such a person gets for an address is the same for everybody, so the
finished answer is kept in this process and handed out again before sessions, sign-in or the database come into play.
It is kept only when the view says so (Wagtail's pages and views marked with `kept_for_visitors`), when it sets no
cookie, and for at most `LONGEST_SECONDS`.

Everything kept is stale as soon as the public stamp changes (`pages.models.PublicStamp`). The stamp is a row, renewed in
the transaction that publishes, unpublishes, moves, deletes or changes something public, and looked up at most every
`STAMP_SECONDS` per process, so that all processes follow within that time. While the database is away the last known
stamp holds.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import brotli
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

from core.kept import public_change
from pages.models import PublicStamp

STAMP_SECONDS = 0.5
LONGEST_SECONDS = 600.0
MOST_PAGES = 500
REVALIDATE = "no-cache"
_NEVER_KEPT = {"content-length", "content-encoding", "set-cookie", "date", "x-request-id"}
logger = logging.getLogger(__name__)
type View = Callable[..., Any]
type Key = tuple[str, str, str]


def kept_for_visitors(view: View) -> View:
    """Mark a view whose answer to visitors depends on its address alone."""
    view.kept_for_visitors = True  # type: ignore[attr-defined] # a mark of ours on a function
    return view


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished answer: its headers and its body, plain and compressed."""

    stamp: UUID
    until: float
    headers: tuple[tuple[str, str], ...]
    bodies: dict[str, bytes]
    etag: str

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Return the answer in the encoding that the browser takes, or “not modified”."""
        if self.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
            return self._dressed(HttpResponseNotModified())
        encoding = best_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        response = self._dressed(HttpResponse(self.bodies[encoding]))
        response.headers["Content-Length"] = str(len(self.bodies[encoding]))
        if encoding:
            response.headers["Content-Encoding"] = encoding
        return response

    def _dressed(self, response: HttpResponse) -> HttpResponse:
        for name, value in self.headers:
            response.headers[name] = value
        return response


class Memory:
    """The kept answers of this process, the longest unused thrown out first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._stamp: UUID | None = None
        self._looked_at = float("-inf")

    def stamp(self) -> UUID | None:
        """Return the public stamp, at most `STAMP_SECONDS` old; the last known one while the database is away."""
        now = time.monotonic()
        if self._stamp is None or now - self._looked_at >= STAMP_SECONDS:
            try:
                self._stamp = PublicStamp.current()
            except DatabaseError:
                logger.warning("The public stamp could not be read; the last known one holds.")
            self._looked_at = now
        return self._stamp

    def get(self, key: Key) -> Kept | None:
        """Return what is kept for this address, if it still holds."""
        kept = self._pages.get(key)
        if kept is None or kept.stamp != self.stamp() or kept.until < time.monotonic():
            return None
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
        return kept

    def put(self, key: Key, kept: Kept) -> None:
        """Keep an answer."""
        with self._lock:
            self._pages[key] = kept
            while len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)

    def look_again(self) -> None:
        """Read the stamp anew at the next request."""
        self._looked_at = float("-inf")

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._pages.clear()
        self.look_again()


memory = Memory()


class VisitorCacheMiddleware:
    """Answers visitors from memory; stands above everything that costs something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.VISITOR_CACHE or not is_visitor(request):
            return self.get_response(request)
        key = (request.scheme or "", request.get_host(), request.path)
        kept = memory.get(key)
        if kept is not None:
            return kept.answer(request)
        stamp = memory.stamp()
        response = self.get_response(request)
        if stamp is None or not may_be_kept(request, response):
            return response
        kept = keep(response, stamp)
        memory.put(key, kept)
        return kept.answer(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> None:
        """Note whether the view allows its answer to be kept."""
        request.__dict__["_kept_for_visitors"] = getattr(view, "kept_for_visitors", False)


def is_visitor(request: HttpRequest) -> bool:
    """Say whether this is a plain look at an address by somebody about whom nothing is known."""
    return (
        request.method in {"GET", "HEAD"}
        and not request.META.get("QUERY_STRING")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and "HTTP_HX_REQUEST" not in request.META
        and "HTTP_AUTHORIZATION" not in request.META
    )


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether this answer is the same for every visitor."""
    return (
        bool(request.__dict__.get("_kept_for_visitors"))
        and request.method == "GET"
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "private" not in response.headers.get("Cache-Control", "")
        and "no-store" not in response.headers.get("Cache-Control", "")
    )


def keep(response: HttpResponse, stamp: UUID) -> Kept:
    """Turn a finished answer into one that can be handed out again."""
    body = bytes(response.content)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = REVALIDATE
    response.headers["Vary"] = "Cookie"
    patch_vary_headers(response, ["Accept-Encoding", "HX-Request"])
    headers = tuple((name, value) for name, value in response.items() if name.lower() not in _NEVER_KEPT)
    bodies = {"": body, "gzip": gzip.compress(body, 9, mtime=0), "br": brotli.compress(body, quality=9)}
    return Kept(stamp, time.monotonic() + LONGEST_SECONDS, headers, bodies, etag)


def best_encoding(accepted: str) -> str:
    """Return the smallest encoding that the browser names; nothing in these pages is secret."""
    offered = {
        part.split(";")[0].strip() for part in accepted.split(",") if "q=0" not in part.replace("q=0.", "")
    }
    return "br" if "br" in offered else "gzip" if "gzip" in offered else ""


def forget_public_pages(**_signal: Any) -> None:
    """Make all that is kept stale: for the signals of everything that visitors see."""
    PublicStamp.renew()
    public_change()
    memory.look_again()
