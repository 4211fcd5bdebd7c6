"""Taking learning records out: statements under pseudonyms, made while they are sent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import batched

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import member
from core import audit
from courses.learning.forms.exports import RecordsForm
from courses.learning.models import ExportPurpose
from courses.learning.permissions import may_export_learning, may_in_project
from courses.learning.queries.records import cohorts_taken_out_by, enrolments_taken_out_by
from courses.learning.records.pseudonyms import told
from courses.learning.records.sources import happenings
from courses.learning.records.statements import Statement
from courses.learning.records.store import store_is_set

UNPROCESSABLE = 422
A_PIECE = 200


@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: HttpRequest) -> HttpResponseBase:
    """Offer learning records; a post hands them out as a JSON array of statements."""
    if not may_export_learning(request.user):
        raise PermissionDenied
    form = RecordsForm(request.POST or None, cohorts=cohorts_taken_out_by(request.user))
    if request.method != "POST":
        return _page(request, form)
    return _statements(request, form) if form.is_valid() else _page(request, form, status=UNPROCESSABLE)


def _page(request: HttpRequest, form: RecordsForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "may": may_in_project(request.user), "store": store_is_set()}
    return render(request, "learning/exports.html", context, status=status)


def _statements(request: HttpRequest, form: RecordsForm) -> StreamingHttpResponse:
    user, cohort = member(request), form.cleaned_data["cohort"]
    audit.record(
        "learning.records_taken_out", by=user, obj=cohort, after={"purpose": ExportPurpose.EVALUATION}
    )
    found = told(happenings(**enrolments_taken_out_by(user, cohort)), ExportPurpose.EVALUATION)
    answer = StreamingHttpResponse(json_array(found), content_type="application/json")
    day = timezone.localdate()
    answer["Content-Disposition"] = f'attachment; filename="xapi-{day:%Y-%m-%d}.json"'
    return answer


def json_array(statements: Iterable[Statement]) -> Iterator[str]:
    """Yield a JSON array in pieces, a statement a line."""
    yield "["
    comma = "\n"
    for piece in batched(statements, A_PIECE):
        yield comma + ",\n".join(json.dumps(one, ensure_ascii=False) for one in piece)
        comma = ",\n"
    yield "\n]\n"
