"""The desk for cohorts: making them, seeing who is in them, bringing people in, letting them go."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions.invitations import InvitationClosedError, resend, withdraw
from accounts.http import member
from accounts.models import Role
from courses.learning import actions, queries, rounds
from courses.learning.forms import CohortForm, InviteLearnerForm
from courses.learning.models import Cohort
from courses.learning.permissions import (
    may_coach_anybody,
    may_make_cohorts,
    may_run_cohorts,
    may_see_learners,
)
from patientdata.kinds import PatientDataFound

READS_AND_POSTS = ["GET", "HEAD", "POST"]


@require_safe
def cohorts(request: HttpRequest) -> HttpResponse:
    """List the cohorts that this person looks after, the newest first."""
    user = member(request)
    if not may_run_cohorts(user):
        raise PermissionDenied
    found = queries.cohorts_with_numbers(user)
    today = timezone.localdate()
    context = {
        "running": [cohort for cohort in found if cohort.ends_on >= today],
        "over": [cohort for cohort in found if cohort.ends_on < today],
        "may_make": may_make_cohorts(user),
        "guides": may_coach_anybody(user),
    }
    return render(request, "learning/cohorts/list.html", context)


@require_safe
def cohort(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a cohort: its meetings, its people, who is invited."""
    found = cohort_of(request, pk)
    user = member(request)
    after = request.GET.get("na", "")
    meetings = queries.meetings_page(
        found, later=request.GET.get("later", ""), earlier=request.GET.get("eerder", "")
    )
    context = {
        "cohort": found,
        "round": rounds.name_of(found.round_id),
        "meetings": meetings,
        "turned": "later" in request.GET or "eerder" in request.GET,
        "people": queries.people_page(found, after=int(after) if after.isdecimal() else None),
        "invitations": queries.invitations_to(found)[:100],
        "sees_progress": may_see_learners(user),
        "leads_round": any(found.round_id == number for number, _name in rounds.choices_for(user)),
    }
    return render(request, "learning/cohorts/cohort.html", context)


def cohort_of(request: HttpRequest, pk: int) -> Cohort:
    """Return the cohort when this person looks after it; any other does not exist for them."""
    if not may_run_cohorts(member(request)):
        raise PermissionDenied
    return get_object_or_404(queries.cohorts_visible_to(member(request)), pk=pk)


@require_http_methods(READS_AND_POSTS)
def make(request: HttpRequest) -> HttpResponse:
    """Make a cohort."""
    user = member(request)
    if not may_make_cohorts(user):
        raise PermissionDenied
    form = CohortForm(request.POST or None, by=user)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_cohort(form.facts, by=user, confirmed=form.gate_confirmed)
        except PatientDataFound as error:
            form.present(error)
        except actions.NotAllowedError:
            form.add_error("round", _("Choose the round that this cohort belongs to."))
        else:
            messages.success(request, _("The cohort is there. Now plan its training day and invite people."))
            return redirect("learning:cohort", pk=made.pk)
    return _form_page(request, form, None)


@require_http_methods(READS_AND_POSTS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a cohort."""
    found = cohort_of(request, pk)
    form = CohortForm(request.POST or None, instance=found, by=member(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_cohort(found, form.facts, by=member(request), confirmed=form.gate_confirmed)
        except PatientDataFound as error:
            form.present(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("learning:cohort", pk=pk)
    return _form_page(request, form, found)


def _form_page(request: HttpRequest, form: CohortForm, cohort: Cohort | None) -> HttpResponse:
    context = {"form": form, "cohort": cohort}
    return render(request, "learning/cohorts/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(READS_AND_POSTS)
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite one address to a cohort."""
    found = cohort_of(request, pk)
    form = InviteLearnerForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actions.invite_learner(
            found,
            email=told["email"],
            name=told["name"],
            role=Role(told["role"]),
            language=told["language"],
            by=member(request),
        )
        messages.success(request, _("The invitation is on its way."))
        return redirect("learning:cohort", pk=pk)
    context = {"form": form, "cohort": found}
    return render(request, "learning/cohorts/invite.html", context, status=422 if form.is_bound else 200)


@require_POST
def resend_invitation(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    """Send a new link for an invitation to a cohort."""
    found = cohort_of(request, pk)
    try:
        resend(get_object_or_404(queries.invitations_to(found), pk=invitation), by=member(request))
    except InvitationClosedError:
        messages.error(request, _("This invitation was used or withdrawn already."))
    else:
        messages.success(request, _("A new link is on its way; the earlier one no longer works."))
    return redirect("learning:cohort", pk=pk)


@require_POST
def withdraw_invitation(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    """Make the link of an invitation to a cohort stop working."""
    found = cohort_of(request, pk)
    withdraw(get_object_or_404(queries.invitations_to(found), pk=invitation), by=member(request))
    messages.success(request, _("The invitation has been withdrawn."))
    return redirect("learning:cohort", pk=pk)


@require_POST
def enrol_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Give everybody of the cohort's round a place."""
    found = cohort_of(request, pk)
    try:
        result = actions.enrol_round(found, by=member(request))
    except actions.NotAllowedError as error:
        raise PermissionDenied from error
    words = ngettext(
        "%(count)s person of the round got a place.",
        "%(count)s people of the round got a place.",
        result.placed,
    )
    said = [words % {"count": result.placed}]
    if result.already:
        said.append(_("%(count)s had one already.") % {"count": result.already})
    if result.elsewhere:
        said.append(_("%(count)s follow this training with another cohort.") % {"count": result.elsewhere})
    messages.success(request, " ".join(said))
    return redirect("learning:cohort", pk=pk)


@require_http_methods(READS_AND_POSTS)
def close(request: HttpRequest, pk: int, enrolment: int) -> HttpResponse:
    """Ask whether somebody should no longer follow the course; posted, end it."""
    found = cohort_of(request, pk)
    one = get_object_or_404(queries.people_of(found), pk=enrolment)
    if request.method == "POST":
        actions.close_enrolment(one, by=member(request))
        messages.success(
            request, _("%(name)s no longer follows this training.") % {"name": one.user.display_name}
        )
        return redirect("learning:cohort", pk=pk)
    return render(request, "learning/cohorts/close.html", {"cohort": found, "enrolment": one})
