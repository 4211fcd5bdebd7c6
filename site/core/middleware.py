"""Middleware of the house."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP

ADMIN_PREFIXES = ("/beheer/", "/fr/beheer/")


class AdminContentSecurityPolicyMiddleware:
    """Give Wagtail's admin, and nothing else, the inline script and style that it needs.

    Stands below Django's own policy middleware. No nonce here: browsers ignore `unsafe-inline` beside one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(ADMIN_PREFIXES) and not hasattr(response, "_csp_config"):
            response._csp_config = {  # type: ignore[attr-defined] # Django's own hook for one answer's policy
                **settings.SECURE_CSP,
                "script-src": [CSP.SELF, CSP.UNSAFE_INLINE, CSP.UNSAFE_EVAL],
                "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
                "img-src": [CSP.SELF, "data:", "blob:"],
                "media-src": [CSP.SELF, "blob:"],
            }
        return response


class RefuseNulMiddleware:
    """Answer 400 to an address with a NUL byte in it, which no database takes and nobody types."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return self.get_response(request)
