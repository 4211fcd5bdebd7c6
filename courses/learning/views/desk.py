"""The trainer's desk: who is where in the course."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.learning import desk
from courses.learning.permissions import may_see_learners


@require_safe
def learners(request: HttpRequest) -> HttpResponse:
    """Show who is where, narrowed and paged by the address."""
    if not may_see_learners(request.user):
        raise PermissionDenied
    visible = desk.learners_visible_to(request.user)
    state, wanted = request.GET.get("stand", "all"), request.GET.get("training", "")
    course = int(wanted) if wanted.isdigit() else None
    found = desk.filtered(visible, state=state, course=course)
    page = desk.page_of(found, before=request.GET.get("voor", ""), after=request.GET.get("na", ""))
    kept = {"stand": state} | ({"training": wanted} if course else {})
    context = {
        "page_of_learners": page,
        "courses": desk.courses_followed(visible),
        "course": course,
        "state": state,
        "states": _states(),
        "older_url": f"?{urlencode({**kept, 'na': page.older})}" if page.older else "",
        "newer_url": f"?{urlencode({**kept, 'voor': page.newer})}" if page.newer else "",
    }
    return render(request, "learning/desk.html", context)


def _states() -> list[tuple[str, str]]:
    return [
        ("all", _("Everybody")),
        ("busy", _("Under way")),
        ("quiet", _("Quiet for two weeks or more")),
        ("finished", _("Finished")),
    ]
