"""Substances for professionals: what each source says, side by side. Nothing is converted here (decision 24)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.permissions import Permission, can
from medicines.actions import confirm_equivalent
from medicines.models import Equivalent
from medicines.queries import grouped_strengths, newest_equivalents, spread, substance_with_facts, substances


@require_safe
def substance_list(request: HttpRequest) -> HttpResponse:
    """List all substances with their brands."""
    _professionals_only(request)
    return render(request, "medicines/substance_list.html", {"substances": substances()})


@require_safe
def substance(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one substance with each fact and its source."""
    _professionals_only(request)
    found = get_object_or_404(substance_with_facts(), slug=slug)
    rows = newest_equivalents(found)
    context = {
        "substance": found,
        "rows": rows,
        "spread": spread(rows),
        "strengths": grouped_strengths(found),
        "may_confirm": can(request.user, Permission.REVIEW_MEDICAL),
    }
    return render(request, "medicines/substance.html", context)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a medical reviewer held this value against its source."""
    row = get_object_or_404(Equivalent.objects.select_related("substance"), pk=pk)
    if not isinstance(request.user, User):
        raise PermissionDenied
    confirm_equivalent(row, by=request.user)
    return redirect("medicines:substance", slug=row.substance.slug)


def _professionals_only(request: HttpRequest) -> None:
    if not can(request.user, Permission.VIEW_PROFESSIONAL_LAYER):
        raise PermissionDenied
