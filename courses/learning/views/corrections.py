"""A safety correction on a page of its own, to which its notice leads."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.http import member
from courses.learning.queries import index_url
from courses.learning.queries.corrections import corrections_visible_to, places_of
from notifications.actions import mark_read_about


@require_safe
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a correction to somebody who follows what was corrected."""
    user = member(request)
    found = get_object_or_404(corrections_visible_to(user).select_related("issued_by"), pk=pk)
    mark_read_about(found, by=user)
    context = {
        "correction": found,
        "text": found.text(get_language() or "nl"),
        "places": places_of(found, user),
        "index_url": index_url(),
    }
    return render(request, "learning/correction.html", context)
