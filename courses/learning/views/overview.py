"""The trainer's overview of a cohort, and its table to take out."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import member
from core import audit
from core.tables import csv_answer, xlsx_answer
from courses.learning.models import Cohort
from courses.learning.permissions import may_see_learners
from courses.learning.queries import overview as queries
from courses.learning.queries.progress_table import progress_header, progress_rows

MOST_COHORTS = 100
FORMATS = {"csv": csv_answer, "xlsx": xlsx_answer}


@require_safe
def overviews(request: HttpRequest) -> HttpResponse:
    """List the cohorts that this trainer oversees."""
    _require(request)
    found = queries.cohorts_overseen_by(request.user)[:MOST_COHORTS]
    return render(request, "learning/overviews.html", {"cohorts": found})


@require_safe
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who of a cohort is stuck where."""
    cohort = _cohort(request, pk)
    stand = queries.cohort_stand(cohort)
    state, module = _chosen(request, stand)
    modules = queries.modules_followed(cohort)
    page = queries.grid_page(
        queries.filtered(cohort, state=state, module=module),
        modules,
        before=request.GET.get("voor", ""),
        after=request.GET.get("na", ""),
    )
    kept = {"stand": state, "module": module}
    context = {
        "cohort": cohort,
        "stand": stand,
        "rows": page.rows,
        "state": state,
        "states": _states(),
        "module": module,
        "older_url": f"?{urlencode({**kept, 'na': page.older})}" if page.older else "",
        "newer_url": f"?{urlencode({**kept, 'voor': page.newer})}" if page.newer else "",
    }
    return render(request, "learning/overview.html", context)


def _chosen(request: HttpRequest, stand: queries.CohortStand) -> tuple[str, str]:
    """Return the state and the module that the address asks for; what makes no sense narrows nothing."""
    state, module = request.GET.get("stand", "all"), request.GET.get("module", "")
    known = {one.key for one in stand.modules}
    return state if state in queries.STATES else "all", module if module in known else ""


def _states() -> list[tuple[str, str]]:
    return [
        ("all", _("Everybody")),
        ("quiet", _("Quiet for two weeks or more")),
        ("busy", _("Under way")),
        ("finished", _("Finished")),
    ]


@require_safe
def overview_table(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """Hand out the progress of a cohort as CSV or XLSX, made while it is sent."""
    if kind not in FORMATS:
        raise Http404
    cohort = _cohort(request, pk)
    modules = queries.modules_followed(cohort)
    audit.record("learning.progress_taken_out", by=member(request), obj=cohort, after={"kind": kind})
    name = f"voortgang-{slugify(cohort.name) or cohort.pk}"
    rows: Any = progress_rows(queries.learners_in(cohort), modules)
    return FORMATS[kind](name, progress_header(modules), rows)


def _cohort(request: HttpRequest, pk: int) -> Cohort:
    _require(request)
    return get_object_or_404(queries.cohorts_overseen_by(request.user), pk=pk)


def _require(request: HttpRequest) -> None:
    if not may_see_learners(request.user):
        raise PermissionDenied
