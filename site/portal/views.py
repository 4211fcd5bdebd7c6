"""The member's home."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import member
from core.once import remember
from portal import queries
from portal.actions import put_off
from portal.week import days_ahead

NOON, EVENING, NIGHT = 12, 18, 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what to do next across all wings, and how each stands."""
    user = member(request)
    remember(user)
    context = {
        "greeting": greeting(timezone.localtime().hour),
        "today": timezone.localdate(),
        "agenda": queries.agenda_of(user),
        "course": queries.course_of(user),
        "participation": queries.practice_of(user),
        "news": queries.news_of(user),
        "days": days_ahead(user),
    }
    return render(request, "portal/home.html", context)


@require_POST
def later(request: HttpRequest) -> HttpResponse:
    """Put a step off for two days."""
    key = request.POST.get("key", "").replace("\x00", "")
    if key:
        put_off(key, by=member(request))
        messages.info(request, _("It comes back the day after tomorrow."))
    return redirect("portal:home")


def greeting(hour: int) -> str:
    """Return the greeting for this hour of the day."""
    if hour < NIGHT or hour >= EVENING:
        return _("Good evening")
    return _("Good morning") if hour < NOON else _("Good afternoon")
