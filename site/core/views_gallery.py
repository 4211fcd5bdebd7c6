"""The gallery of components: everything that screens are made of, in all states."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.gallery import SpecimenForm, icon_names, may_enter, samples

REFUSED = {"refused-practice": "De Esdoorn", "refused-work_address": "naam@", "refused-sent_on": "31-02-2027"}


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component; what is not here is drawn here first."""
    if not may_enter(request.user):
        raise PermissionDenied
    refused = SpecimenForm(REFUSED, prefix="refused")
    context = {
        "samples": samples(),
        "icons": icon_names(),
        "form": SpecimenForm(initial={"practice": "De Esdoorn", "goal": "stop", "readers": "me"}),
        "refused": refused,
        "checked_on": dt.date(2026, 11, 3),
    }
    return render(request, "core/gallery.html", context)
