"""Coaching moments: the trainer's list of what is late, to plan and planned; the learner's own moment."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import member
from courses.learning import actions
from courses.learning.evidence import REASONS, reasons
from courses.learning.forms import HeldForm, WishForm
from courses.learning.models import CoachingMoment
from courses.learning.permissions import may_coach_anybody
from courses.learning.queries import (
    coaching_desk,
    coaching_stand,
    index_url,
    moment_name,
    moments_to_coach,
    own_moments,
    trainers_of,
)
from patientdata.kinds import PatientDataFound


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show a trainer which coaching is late, to note, to plan and planned."""
    user = member(request)
    if not may_coach_anybody(user):
        raise PermissionDenied
    context = {
        "desk": coaching_desk(user),
        "reasons": reasons([REASONS[0]]),
        "today": timezone.localdate(),
    }
    return render(request, "learning/coaching/desk.html", context)


@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a moment was held on the day given."""
    user = member(request)
    moment = get_object_or_404(moments_to_coach(user), pk=pk)
    form = HeldForm(request.POST)
    if form.is_valid():
        actions.hold_coaching(moment, on=form.cleaned_data["on"], by=user)
        messages.success(request, _("Noted: %(moment)s was held.") % {"moment": moment_name(moment.number)})
    else:
        messages.error(request, _("Choose today or an earlier day."))
    return redirect("learning:coaching")


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that a moment was held."""
    user = member(request)
    moment = get_object_or_404(moments_to_coach(user), pk=pk)
    actions.reopen_coaching(moment, by=user)
    messages.success(request, _("%(moment)s is open again.") % {"moment": moment_name(moment.number)})
    return redirect("learning:coaching")


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a learner their own coaching moment and let them say when it suits."""
    user = member(request)
    related = own_moments(user).select_related("enrolment__edition", "enrolment__cohort", "meeting")
    moment = get_object_or_404(related, pk=pk)
    form = WishForm(request.POST or None, initial={"wish": moment.wish})
    if request.method == "POST" and _wished(request, form, moment):
        messages.success(request, _("Kept. Your trainer sees it."))
        return redirect("learning:plan")
    return _show_own(request, moment, form)


def _wished(request: HttpRequest, form: WishForm, moment: CoachingMoment) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.wish_coaching(
            moment, wish=form.cleaned_data["wish"], confirmed=form.gate_confirmed, by=member(request)
        )
    except PatientDataFound as error:
        form.present(error)
        return False
    return True


def _show_own(request: HttpRequest, moment: CoachingMoment, form: WishForm) -> HttpResponse:
    state, when = coaching_stand(moment, timezone.now())
    context = {
        "moment": moment,
        "title": moment_name(moment.number),
        "state": state,
        "when": when,
        "form": form,
        "trainers": [trainer.display_name for trainer in trainers_of(moment.enrolment)],
        "reasons": reasons([REASONS[0]]),
        "index_url": index_url(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "learning/coaching/own.html", context, status=status)
