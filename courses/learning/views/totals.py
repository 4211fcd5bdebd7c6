"""The project leader's totals of the training."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.tables import Row, csv_answer
from courses.learning.permissions import may_in_project, may_see_totals
from courses.learning.queries.totals import Totals, totals_for


@require_safe
def totals(request: HttpRequest) -> HttpResponse:
    """Show how many people of each cohort came how far, small numbers as ranges."""
    _require(request)
    found, labels = totals_for(request.user), step_labels()
    context = {
        "rows": [(one, list(zip(labels, one.steps, strict=True))) for one in found.cohorts],
        "people": found.people,
        "sums": list(zip(labels, found.sums, strict=True)),
        "steps": labels,
        "may": may_in_project(request.user),
    }
    return render(request, "learning/totals.html", context)


@require_safe
def totals_csv(request: HttpRequest) -> HttpResponseBase:
    """Hand out the same totals as CSV; what is a range on screen is a range here."""
    _require(request)
    header = [_("Group"), _("Training"), _("Follow it"), *step_labels()]
    return csv_answer("training-totalen", header, _rows(totals_for(request.user)))


def step_labels() -> list[str]:
    """Return what each step of the totals is called."""
    return [_("Did a lesson"), _("Halfway"), _("All lessons"), _("Training day"), _("Certificate")]


def _rows(found: Totals) -> Iterator[Row]:
    for one in found.cohorts:
        yield [one.name, one.course, one.people, *(str(step) for step in one.steps)]


def _require(request: HttpRequest) -> None:
    if not may_see_totals(request.user):
        raise PermissionDenied
