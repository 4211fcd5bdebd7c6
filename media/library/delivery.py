"""Handing out stored files: ranges, conditional answers, X-Accel-Redirect, signed addresses.

Django's own file answers know no ranges on any server we run, and podcast apps need them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import Storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.encoding import iri_to_uri
from django.utils.http import content_disposition_header, http_date, quote_etag
from django.utils.translation import gettext as _

from core.object_store import SIGNED_SECONDS
from core.storages import DiskStorage
from media.library.ranges import NotSatisfiableError, Span, asked_span

CHUNK = 65_536
FOREVER = "public, max-age=31536000, immutable"
SHORTLY = "public, max-age=300"
PRIVATE = "private, no-cache"

MIMES = {
    "avif": "image/avif",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "flac": "audio/flac",
    "gif": "image/gif",
    "ics": "text/calendar; charset=utf-8",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "m4a": "audio/mp4",
    "m4b": "audio/mp4",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "srt": "application/x-subrip; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "wav": "audio/wav",
    "webp": "image/webp",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SHOWN_IN_PLACE = ("image/", "audio/", "video/", "application/pdf", "text/vtt", "text/plain")


@dataclass(frozen=True)
class Stored:
    """A stored file and how to hand it out.

    `filename` is what a browser saves it as; `cache` the Cache-Control of the answer.
    """

    storage: Storage
    name: str
    filename: str = ""
    cache: str = PRIVATE

    @property
    def mime(self) -> str:
        """Return the media type by the ending; whatever we do not know is plain bytes."""
        return MIMES.get(
            PurePosixPath(self.name).suffix.lower().removeprefix("."), "application/octet-stream"
        )


@dataclass(frozen=True)
class Facts:
    """What the answer's headers say about the file."""

    size: int
    changed: datetime

    def etag(self, name: str) -> str:
        """Return a strong validator: another content has another one."""
        seed = f"{name}:{self.size}:{self.changed.timestamp()}"
        return quote_etag(hashlib.sha256(seed.encode()).hexdigest()[:32])


def deliver(request: HttpRequest, stored: Stored) -> HttpResponseBase:
    """Answer GET or HEAD with the file, or the part of it that was asked for.

    Whoever calls has checked that this person may have it. Raises `Http404` when there is no such file.
    """
    facts = read_facts(stored)
    if settings.PRIVATE_ACCEL_REDIRECT and isinstance(stored.storage, DiskStorage):
        return with_headers(handed_to_nginx(stored, stored.storage.accel_folder), stored)
    if request.method == "GET" and hasattr(stored.storage, "querystring_expire"):
        return signed_redirect(stored)
    return with_headers(answer(request, stored, facts), stored, facts)


def read_facts(stored: Stored) -> Facts:
    """Return size and moment of change; raise `Http404` when the file is not there or the name leads outside."""
    try:
        if not is_there(stored):
            raise Http404(_("This file does not exist (any more)."))
        return Facts(stored.storage.size(stored.name), stored.storage.get_modified_time(stored.name))
    except (
        SuspiciousFileOperation,
        FileNotFoundError,
        IsADirectoryError,
        NotADirectoryError,
        ValueError,
    ) as error:
        raise Http404(_("This file does not exist (any more).")) from error


def is_there(stored: Stored) -> bool:
    """Say whether there is a file of this name; a folder is none."""
    if isinstance(stored.storage, DiskStorage):
        return os.path.isfile(stored.storage.path(stored.name))
    return stored.storage.exists(stored.name)


def handed_to_nginx(stored: Stored, folder: str) -> HttpResponse:
    """Let nginx send the file from its internal location; it knows ranges and sends without our help."""
    location = f"{settings.PRIVATE_ACCEL_REDIRECT.rstrip('/')}/{folder}/{PurePosixPath(stored.name)}"
    return HttpResponse(headers={"X-Accel-Redirect": iri_to_uri(location)})


def signed_redirect(stored: Stored) -> HttpResponse:
    """Send the browser to the object store, with an address that lasts a minute at most."""
    storage: Any = stored.storage
    parameters = {
        "ResponseContentType": stored.mime,
        "ResponseContentDisposition": disposition(stored),
    }
    signed = getattr(storage, "querystring_auth", False)
    address = storage.url(stored.name, parameters if signed else None, expire=SIGNED_SECONDS)
    return HttpResponseRedirect(
        address, headers={"Cache-Control": "private, no-store" if signed else SHORTLY}
    )


def answer(request: HttpRequest, stored: Stored, facts: Facts) -> HttpResponseBase:
    """Return 200, 206, 304, 412 or 416, as the request's headers ask."""
    etag = facts.etag(stored.name)
    unchanged = get_conditional_response(request, etag, int(facts.changed.timestamp()))
    if unchanged is not None:
        return unchanged
    try:
        span = asked_span(range_header(request, etag, facts), facts.size)
    except NotSatisfiableError:
        return beyond_the_end(facts.size)
    whole = Span(0, facts.size - 1)
    response = body(request, stored, span or whole)
    if span is not None:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {span.first}-{span.last}/{facts.size}"
    return response


def range_header(request: HttpRequest, etag: str, facts: Facts) -> str:
    """Return the `Range` header, or nothing when `If-Range` names another version of the file."""
    condition = request.headers.get("If-Range", "").strip()
    if condition and condition not in (etag, http_date(int(facts.changed.timestamp()))):
        return ""
    return request.headers.get("Range", "") if request.method in {"GET", "HEAD"} else ""


def body(request: HttpRequest, stored: Stored, span: Span) -> HttpResponseBase:
    """Return the bytes of this stretch, read piece by piece; no bytes for HEAD."""
    if request.method == "HEAD":
        return HttpResponse(headers={"Content-Length": str(span.length)})
    headers = {"Content-Length": str(span.length)}
    return StreamingHttpResponse(pieces(stored, span), headers=headers)


def pieces(stored: Stored, span: Span) -> Iterator[bytes]:
    """Yield the bytes of this stretch, never more than `CHUNK` of them in memory."""
    with stored.storage.open(stored.name, "rb") as file:
        file.seek(span.first)
        left = span.length
        while left > 0 and (piece := file.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece


def beyond_the_end(size: int) -> HttpResponse:
    """Return 416 in words, with the size for whoever wants to ask again."""
    words = _("That part of the file does not exist: it is %(size)d bytes long.") % {"size": size}
    response = HttpResponse(words, status=416, content_type="text/plain; charset=utf-8")
    response.headers["Content-Range"] = f"bytes */{size}"
    return response


def disposition(stored: Stored) -> str:
    """Return whether a browser shows or saves the file; what can carry script is always saved."""
    shown = stored.mime.startswith(SHOWN_IN_PLACE)
    filename = stored.filename or PurePosixPath(stored.name).name
    return content_disposition_header(not shown, filename) or "inline"


def with_headers(response: HttpResponseBase, stored: Stored, facts: Facts | None = None) -> HttpResponseBase:
    """Add what every answer about a file says: type, name, validators, and that ranges are welcome."""
    headers = response.headers
    if response.status_code in {200, 206}:
        headers["Content-Type"] = stored.mime
        headers["Content-Disposition"] = disposition(stored)
    headers["Accept-Ranges"] = "bytes"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cache-Control"] = stored.cache
    headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'self'"
    if facts is not None:
        headers["ETag"] = facts.etag(stored.name)
        headers["Last-Modified"] = http_date(int(facts.changed.timestamp()))
    return response
