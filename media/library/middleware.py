"""Refusing uploads that are too large before a byte of them is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat

SLACK = 1_000_000
"""Bytes that a form may hold beside its file."""


class UploadSizeMiddleware:
    """Answers 413 in words when a request announces more bytes than `MAX_UPLOAD_BYTES` (and a little for the form).

    Who is not signed in sends no files, so for them an ordinary form is the limit: nobody fills the disk from outside.
    A body without an announced length is not read by the server at all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.headers.get("Content-Length", "")
        size = int(announced) if announced.isdecimal() else 0
        if size <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE + SLACK:
            return self.get_response(request)
        signed_in = SESSION_KEY in request.session
        if signed_in and size <= settings.MAX_UPLOAD_BYTES + SLACK:
            return self.get_response(request)
        most = filesizeformat(settings.MAX_UPLOAD_BYTES)
        context = {"most": most, "signed_in": signed_in}
        response = render(request, "library/too_large.html", context, status=413)
        response.headers["Connection"] = "close"
        return response
