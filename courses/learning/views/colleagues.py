"""What a GP sees of the training of their own practice's nurses."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.learning.permissions import may_see_colleagues
from courses.learning.queries.colleagues import colleagues_of


@require_safe
def colleagues(request: HttpRequest) -> HttpResponse:
    """Show how far the nurses of one's own practice are; counts only."""
    if not may_see_colleagues(request.user):
        raise PermissionDenied
    return render(request, "learning/colleagues.html", {"practices": colleagues_of(request.user)})
