"""Pages for what goes wrong: what happened, that nothing was lost where that is so, and the way on.

The pages of 400 to 429 are ordinary pages; those of 500 and 503 need no database and no context, because either may
be the thing that failed.
"""

from __future__ import annotations

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.csrf import requires_csrf_token

from core.withdrawn import Withdrawn

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
RETRY_AFTER_SECONDS = 30


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, or 413 when the request was refused for its size."""
    status = 413 if isinstance(exception, TOO_MUCH) else 400
    return render(request, f"{status}.html", status=status)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403: signed in or not, this is not for this person."""
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form whose proof was stale, and say how to send it again without losing the text."""
    return render(request, "403_csrf.html", status=403)


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 in words, with ways on; 410 where something was withdrawn."""
    status = 410 if isinstance(exception, Withdrawn) else 404
    return render(request, f"{status}.html", status=status)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 429: somebody tried too often; waiting helps."""
    return render(request, "429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 when the database could not be reached, from a page that needs nothing."""
    status = 503 if isinstance(sys.exception(), OperationalError) else 500
    page = render_to_string(f"{status}.html", {"LANGUAGE_CODE": get_language() or "nl"})
    response = HttpResponse(page, status=status)
    if status == 503:
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
