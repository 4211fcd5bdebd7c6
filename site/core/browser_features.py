"""Which doors of the browser a page may open: camera, place, microphone. All closed, but for what a view opens itself.

The Content-Security-Policy has no word for these; the header `Permissions-Policy` has (decision 16).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

HEADER = "Permissions-Policy"
CLOSED = ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb")


def policy(*opened: str) -> str:
    """Return the header's value; `opened` names what pages of this site may use."""
    return ", ".join(f"{name}=({'self' if name in opened else ''})" for name in CLOSED)


def with_microphone[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Let the page of this view ask for the microphone; on every other page the browser refuses by itself."""

    @wraps(view)
    def opened(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        response.headers[HEADER] = policy("microphone")
        return response

    return opened


class BrowserFeaturesMiddleware:
    """Close what no view opened."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, policy())
        return response
