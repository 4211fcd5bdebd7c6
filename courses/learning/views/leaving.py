"""Stopping with a course."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import member
from courses.learning import actions, queries


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether somebody wants to stop; posted, end it and lead to the overview."""
    enrolment = get_object_or_404(queries.enrolments_of(request.user), pk=pk)
    course_url = queries.course_url(queries.outline_of(enrolment))
    if request.method == "POST":
        actions.leave(enrolment, by=member(request))
        messages.success(
            request, _("You stopped with this training. If you start again, you go on where you were.")
        )
        return redirect(course_url)
    context = {"enrolment": enrolment, "course_url": course_url, "index_url": queries.index_url()}
    return render(request, "learning/leave.html", context)
