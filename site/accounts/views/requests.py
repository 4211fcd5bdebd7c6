"""The kind of request that views for signed-in people get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, QueryDict

from accounts.models import User

if TYPE_CHECKING:

    class MemberRequest(HttpRequest):
        """A request by somebody who is signed in; the middleware sees to that."""

        user: User  # never anonymous behind LoginRequiredMiddleware
else:
    MemberRequest = HttpRequest


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, even when that is nothing; None when nothing was."""
    return request.POST if request.method == "POST" else None
