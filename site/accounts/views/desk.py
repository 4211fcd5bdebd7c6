"""Where Wagtail's own account screens lead: to ours."""

from __future__ import annotations

from typing import NoReturn
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
@login_not_required
def to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the ordinary sign-in, whatever was posted here; afterwards the person goes on to where they wanted."""
    wanted = request.GET.get("next") or reverse("wagtailadmin_home")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")


@csrf_exempt
@login_not_required
def to_password_reset(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the ordinary way to a new password."""
    return redirect("account_reset_password")


def to_own_account(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to one's own account."""
    return redirect("accounts:home")


def closed(request: HttpRequest) -> NoReturn:
    """Refuse: users and groups are looked after in our own screens."""
    raise PermissionDenied
