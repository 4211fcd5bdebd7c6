"""The desk on which learners are moved to another edition: who follows what, a dry run, the move itself."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import member
from courses.catalogue.models import CoursePage
from courses.learning.actions.moving import ChangedMeanwhileError, NobodyToMoveError, move_learners
from courses.learning.forms.moving import MoveForm
from courses.learning.permissions import may_in_project, may_move_learners
from courses.learning.queries.moving import (
    DryRun,
    courses_with_editions,
    dry_run,
    editions_with_followers,
)

PAGE_SIZE = 50
CHANGED = 409


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """List the courses with how many people follow which edition."""
    _require(request)
    courses = courses_with_editions().order_by("title", "pk")
    rows = [(course, list(editions_with_followers(course))) for course in courses]
    return render(request, "learning/editions.html", {"rows": rows, "may": may_in_project(request.user)})


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose two editions, look at the dry run, and move everybody in it."""
    _require(request)
    course = get_object_or_404(CoursePage, pk=pk)
    form = MoveForm(request.POST or request.GET or None, course=course)
    if not form.is_bound or not form.is_valid():
        return _screen(request, course, form, None, status=422 if form.is_bound else 200)
    chosen = form.cleaned_data
    if request.method == "POST":
        answer = _move(request, course, form)
        if answer is not None:
            return answer
    run = dry_run(chosen["before"], chosen["after"], chosen["cohort"])
    return _screen(request, course, form, run, status=CHANGED if request.method == "POST" else 200)


def _move(request: HttpRequest, course: CoursePage, form: MoveForm) -> HttpResponse | None:
    """Do it; None when the dry run has to be looked at again."""
    chosen = form.cleaned_data
    try:
        run = move_learners(
            chosen["before"],
            chosen["after"],
            cohort=chosen["cohort"],
            seen=chosen["seen"],
            by=member(request),
        )
    except NobodyToMoveError:
        messages.info(request, _("Nobody follows that edition any more."))
        return redirect("learning:move", pk=course.pk)
    except ChangedMeanwhileError:
        messages.warning(
            request,
            _("Meanwhile somebody went on or came along. Nothing was moved. Look at the outcome again."),
        )
        return None
    words = ngettext(
        "%(count)s person follows edition %(number)s now and is told.",
        "%(count)s people follow edition %(number)s now and are told.",
        len(run.people),
    )
    messages.success(request, words % {"count": len(run.people), "number": run.after.number})
    return redirect("learning:editions")


def _screen(
    request: HttpRequest, course: CoursePage, form: MoveForm, run: DryRun | None, *, status: int
) -> HttpResponse:
    page = Paginator(run.people if run else [], PAGE_SIZE).get_page(request.GET.get("blad"))
    kept = request.GET.copy()
    kept.pop("blad", None)
    context = {
        "course": course,
        "form": form,
        "run": run,
        "people": page,
        "here": kept.urlencode(),
        "may": may_in_project(request.user),
    }
    return render(request, "learning/move.html", context, status=status)


def _require(request: HttpRequest) -> None:
    if not may_move_learners(request.user):
        raise PermissionDenied
