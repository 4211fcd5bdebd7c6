"""Somebody's own calendar: the feed that calendar programs fetch, and the page on which its owner makes the address."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import member
from accounts.models import User
from notifications import actions, calendars
from notifications.queries import has_calendar_address, owner_of_calendar


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """Stream a calendar to whoever knows its address; 304 when nothing changed."""
    user = owner_of_calendar(token)
    if user is None:
        raise Http404
    stamp = hashlib.sha256(f"{user.pk}|{user.language}|{calendars.stamp_of(user)}".encode()).hexdigest()
    etag = f'"{stamp[:32]}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None and unchanged.status_code == HttpResponse(status=304).status_code:
        return unchanged
    answer = StreamingHttpResponse(_pieces(user), content_type="text/calendar; charset=utf-8")
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["Content-Disposition"] = 'inline; filename="trede.ics"'
    return answer


def _pieces(user: User) -> Iterator[bytes]:
    """Yield the calendar in its owner's language, which is set for each piece: between two, the thread may serve others."""
    pieces = calendars.feed(settings.WAGTAIL_SITE_NAME, calendars.occasions_of(user))
    while True:
        with translation.override(user.language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Explain the calendar address; on POST make one and show it, this once."""
    user = member(request)
    address = ""
    if request.method == "POST":
        token = actions.make_calendar_address(by=user)
        address = settings.SITE_URL + reverse("calendar_feed", args=[token])
    context = {"address": address, "has_one": has_calendar_address(user)}
    return render(request, "notifications/calendar.html", context)


@require_POST
def end_calendar(request: HttpRequest) -> HttpResponse:
    """Let the calendar address stop working."""
    actions.end_calendar_address(by=member(request))
    messages.success(request, _("Your calendar address no longer works."))
    return redirect("notifications:calendar")
