"""The page with a member's notices."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.http import member
from notifications.actions import mark_read
from notifications.queries import notices_of, page_of, unread_count


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Show the notices, newest first."""
    user = member(request)
    page = page_of(user, request.GET.get("voor", ""))
    return render(request, "notifications/list.html", {"page": page, "unread": unread_count(user)})


@require_POST
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read and go where it leads."""
    user = member(request)
    notice = get_object_or_404(notices_of(user), pk=pk)
    mark_read(notice=notice, by=user)
    return redirect(notice.path)


@require_POST
def all_read(request: HttpRequest) -> HttpResponse:
    """Mark every notice as read."""
    mark_read(by=member(request))
    return redirect("notifications:list")
