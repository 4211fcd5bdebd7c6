"""The project leader's page about the project's own study: what it is called, and who reads in it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import member
from accounts.permissions import Permission, can
from intervision.research.actions import create_study, describe_study
from intervision.research.forms import StudyForm
from intervision.research.queries import own_study, researchers_of

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def study(request: HttpRequest) -> HttpResponse:
    """Show the project's own study, or the form to make it."""
    user = member(request)
    if not can(user, Permission.MANAGE_STUDIES):
        raise PermissionDenied
    found = own_study(user)
    form = StudyForm(request.POST or None, instance=own_study(user))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if found is None:
            create_study(name=given["name"], question=given["question"], by=user)
        else:
            describe_study(found, name=given["name"], question=given["question"], by=user)
        messages.success(request, _("The study is saved."))
        return redirect("research:project")
    researchers = list(researchers_of(found)) if found else []
    context = {"study": found, "form": form, "researchers": researchers}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "research/project.html", context, status=status)
