"""Who gets through to what, beyond signing in: the editors' desk, and a second factor for roles with reach."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from accounts.models import User
from accounts.permissions import Permission, can, needs_second_factor

DESK_ROUTE = "beheer/"
DESK_OPEN = (
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "desk_password_reset",
)
"""Beginnings of the names under the desk that only lead to the ordinary sign-in."""
WITHOUT_SECOND_FACTOR = ("account_", "mfa_", "accounts:second_factor", *DESK_OPEN)
"""Beginnings of the names that somebody needs to get a second factor, or to leave."""
OF_ACCOUNTS = "accounts:"
"""Open pages that ask who one is: invitation and recovery."""


def view_name(request: HttpRequest) -> str:
    """Return the name of the view that the address leads to."""
    return request.resolver_match.view_name or "" if request.resolver_match else ""


def is_desk(request: HttpRequest) -> bool:
    """Say whether the request is for Wagtail's admin, under whichever language prefix."""
    route = request.resolver_match.route if request.resolver_match else ""
    inside = route.removeprefix("fr/").startswith(DESK_ROUTE)
    return inside and not view_name(request).startswith(DESK_OPEN)


class _Passing:
    """A middleware that only looks at the view to come."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class SignInMiddleware(LoginRequiredMiddleware):
    """Lead who is not signed in to the sign-in page, and back to the page that they were on.

    What was sent may be a form whose address shows nothing by itself, so the way back is the page it stood on. A script
    that asked for a part of a page gets 401 and has the browser go there, as a part cannot hold the sign-in page.
    """

    def handle_no_permission(  # type: ignore[override]  # the stubs know a redirect only, Django passes on any answer
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """Answer with the way to the sign-in page."""
        response: HttpResponseBase = super().handle_no_permission(request, view_func)
        partly = "HX-Request" in request.headers
        came_from = request.headers.get("HX-Current-URL" if partly else "Referer", "")
        if partly or request.method not in {"GET", "HEAD", "OPTIONS"}:
            response = redirect_to_login(_path_here(request, came_from), self.get_login_url(view_func))
        if not partly:
            return response
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": response["Location"]})


def _path_here(request: HttpRequest, address: str) -> str:
    """Return the path of an address of ours; the home for any other."""
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return reverse(settings.LOGIN_REDIRECT_URL)
    found = urlsplit(address)
    return found.path + (f"?{found.query}" if found.query else "")


class EditorsDeskMiddleware(_Passing):
    """Refuse a signed-in person without the permission in words, where Wagtail would send them to sign in again.

    It also covers the few admin addresses that Wagtail leaves open to everybody who is signed in.
    """

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Stop before the view when the person may not enter."""
        inside = is_desk(request) and request.user.is_authenticated
        if inside and not can(request.user, Permission.ENTER_EDITORS_DESK):
            raise PermissionDenied
        return None


class RequireMfaMiddleware(_Passing):
    """Send people with a role above POH and GP to their second factor, where settings demand one.

    What was opened to everybody they see as a visitor does: an open address may hold more for who may see it, such as a
    sound for editors only.
    """

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Lead to a second factor when this session has not shown one."""
        if not settings.REQUIRE_MFA or not isinstance(request.user, User):
            return None
        if view_name(request).startswith(WITHOUT_SECOND_FACTOR):
            return None
        if not needs_second_factor(request.user) or has_shown_second_factor(request, request.user):
            return None
        if is_desk(request) or getattr(view, "login_required", True):
            return _to_second_factor(request, request.user)
        if not view_name(request).startswith(OF_ACCOUNTS):
            request.user = AnonymousUser()
        return None


def has_shown_second_factor(request: HttpRequest, user: User) -> bool:
    """Say whether this session was begun, or confirmed, with a passkey, an authenticator app or a recovery code."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, user))


def _to_second_factor(request: HttpRequest, user: User) -> HttpResponse:
    own = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    if own.exists():
        back = urlencode({"next": request.get_full_path()})
        response = redirect("mfa_reauthenticate")
        response["Location"] += f"?{back}"
        return response
    return redirect("accounts:second_factor")


class RefusedFormMiddleware(_Passing):
    """Let allauth's pages answer 422 when a form was refused, as the house's own pages do."""

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Change the status of a page that shows a form with errors."""
        if request.method == "POST" and view_name(request).startswith(("account_", "mfa_", "usersessions_")):
            forms = [value for value in (response.context_data or {}).values() if hasattr(value, "is_bound")]
            if any(form.is_bound and form.errors for form in forms):
                response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response
