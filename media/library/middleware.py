"""Refusing uploads that are too large before a byte of them is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat


class UploadSizeMiddleware:
    """Answers 413 in words when a request announces more bytes than `MAX_UPLOAD_BYTES` (and a little for the form)."""

    slack = 1_000_000

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.headers.get("Content-Length", "")
        if announced.isdecimal() and int(announced) > settings.MAX_UPLOAD_BYTES + self.slack:
            most = filesizeformat(settings.MAX_UPLOAD_BYTES)
            response = render(request, "library/too_large.html", {"most": most}, status=413)
            response.headers["Connection"] = "close"
            return response
        return self.get_response(request)
