"""Small helpers between a request and a view."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


def member(request: HttpRequest) -> User:
    """Return who is signed in; refuse a visitor (views are closed by middleware already)."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
