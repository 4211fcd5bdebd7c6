"""Reading a list of people in: the file, what each row is worth, how far it is, what was done."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import member
from accounts.models import Role
from courses.learning import actions, queries
from courses.learning.errors import ListInUseError
from courses.learning.forms import PeopleListForm
from courses.learning.models import ImportState, PeopleImport
from courses.learning.people_files import FileRefusedError
from courses.learning.permissions import may_run_cohorts
from courses.learning.views.cohorts import READS_AND_POSTS, cohort_of


@require_http_methods(READS_AND_POSTS)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file and lead to what its rows are worth; nobody is invited yet."""
    cohort = cohort_of(request, pk)
    posted = request.method == "POST"
    form = PeopleListForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={"language": get_language()},
    )
    if posted and form.is_valid():
        told = form.cleaned_data
        try:
            made = actions.read_list(
                cohort, told["file"], role=Role(told["role"]), language=told["language"], by=member(request)
            )
        except FileRefusedError as error:
            form.refuse(error.reason)
        else:
            return redirect("learning:people_list", pk=made.pk)
    context = {"form": form, "cohort": cohort}
    return render(request, "learning/imports/upload.html", context, status=422 if form.is_bound else 200)


def _list_of(request: HttpRequest, pk: int) -> PeopleImport:
    user = member(request)
    if not may_run_cohorts(user):
        raise PermissionDenied
    return get_object_or_404(queries.imports_visible_to(user), pk=pk)


@never_cache
@require_safe
def people_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what each row is worth; while the list is being used, how far it is (htmx asks for that part again)."""
    found = _list_of(request, pk)
    after, only_bad = request.GET.get("na", ""), request.GET.get("toon") == "fout"
    context = {"list": found, "cohort": found.cohort, "counts": queries.counts_of(found)}
    if found.state == ImportState.WORKING:
        part = "at_work_part" if request.headers.get("HX-Request") else "at_work"
        return render(request, f"learning/imports/{part}.html", context)
    if request.headers.get("HX-Request"):
        # The work is over: let the whole page come anew.
        return HttpResponse(headers={"HX-Refresh": "true"})
    context |= {
        "page": queries.row_page(
            found, after=int(after) if after.isdecimal() and len(after) < 10 else 0, only_bad=only_bad
        ),
        "only_bad": only_bad,
    }
    return render(request, "learning/imports/list.html", context)


@require_POST
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite everybody whose row is good."""
    try:
        actions.use_list(_list_of(request, pk), by=member(request))
    except ListInUseError:
        messages.error(request, _("This list is gone. Read the file in once more."))
    return redirect("learning:people_list", pk=pk)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a list without using it."""
    found = _list_of(request, pk)
    try:
        actions.drop_list(found, by=member(request))
    except ListInUseError:
        messages.error(request, _("This list is in use already."))
        return redirect("learning:people_list", pk=pk)
    messages.success(request, _("The list is forgotten. Nobody was invited."))
    return redirect("learning:cohort", pk=found.cohort_id)
