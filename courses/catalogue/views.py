"""Screens of the editors' desk."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from courses.catalogue.actions import CourseNotReadyError, Cut, cut_edition
from courses.catalogue.desk import screen
from courses.catalogue.models import CoursePage
from courses.catalogue.permissions import may_issue_editions
from courses.catalogue.pinned_blocks import unreadable_revisions


def editions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the editions of a course; on POST issue a new one."""
    course = get_object_or_404(CoursePage, pk=pk)
    may_issue = may_issue_editions(cast("User", request.user), course)
    if request.method == "POST" and may_issue:
        _issue(request, course)
        return redirect("catalogue_editions", pk=course.pk)
    found = course.editions.order_by("-number").select_related("cut_by")
    way = (course.title, reverse("wagtailadmin_pages:edit", args=[course.pk]))
    context = {
        **screen(_("Editions"), way, icon="history"),
        "course": course,
        "editions": found,
        "unreadable": list(unreadable_revisions(course)),
        "may_issue": may_issue,
    }
    return render(
        request, "catalogue/admin/editions.html", context, status=403 if request.method == "POST" else 200
    )


def _issue(request: HttpRequest, course: CoursePage) -> None:
    try:
        cut = cut_edition(course, by=cast("User", request.user))
    except CourseNotReadyError:
        messages.error(request, _("This course has no published lesson yet, so there is nothing to issue."))
        return
    _report(request, cut)


def _report(request: HttpRequest, cut: Cut) -> None:
    words = {"number": cut.edition.number}
    if cut.new:
        messages.success(request, _("Edition %(number)s is issued. Whoever starts now follows it.") % words)
    else:
        messages.info(request, _("Nothing changed since edition %(number)s, so it stays the newest.") % words)
    if cut.left_out:
        names = ", ".join(cut.left_out)
        messages.warning(
            request, _("Left out because nobody published it yet: %(names)s.") % {"names": names}
        )
