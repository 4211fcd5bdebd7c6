"""Coaching moments: the trainer's list of what is late, to plan and planned; the learner's own moment."""

from __future__ import annotations

import datetime as dt

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
from courses.learning.forms import CoachingMeetingForm, HeldForm, OfferForm, WishForm
from courses.learning.models import CoachingMoment
from courses.learning.permissions import may_coach_anybody
from courses.learning.plan import COACHING_MINUTES
from courses.learning.queries import (
    coaching_desk,
    coaching_offers,
    coaching_stand,
    index_url,
    moment_name,
    moments_to_coach,
    moments_to_group,
    own_moments,
    trainers_of,
)
from courses.learning.queries.cohorts import cohorts_visible_to
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


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Plan one meeting for the moments that were ticked on the desk (`?m=`), one or a few."""
    user = member(request)
    if not may_coach_anybody(user):
        raise PermissionDenied
    given = request.POST if request.method == "POST" else request.GET
    moments = moments_to_group(user, [int(pk) for pk in given.getlist("m") if _is_number(pk)])
    if not moments:
        messages.info(request, _("Tick first for whom you plan coaching."))
        return redirect("learning:coaching")
    form = CoachingMeetingForm(request.POST or None, initial=_usual_hour())
    if request.method == "POST" and _planned(request, form, moments):
        messages.success(request, _("Planned. The invitations are on their way."))
        return redirect("learning:coaching")
    names = [(moment, moment_name(moment.number)) for moment in moments]
    context = {"form": form, "moments": names}
    return render(request, "learning/coaching/plan.html", context, status=422 if form.is_bound else 200)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _usual_hour() -> dict[str, object]:
    """Return three quarters of an hour on a morning a week from now, to start from."""
    day = timezone.localdate() + dt.timedelta(days=7)
    return {"day": day, "starts": dt.time(9), "ends": dt.time(9, COACHING_MINUTES)}


def _planned(request: HttpRequest, form: CoachingMeetingForm, moments: list[CoachingMoment]) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.plan_coaching(moments, form.facts, by=member(request))
    except actions.GroupRefusedError:
        form.add_error(
            None,
            _(
                "These cannot be one meeting: choose one to six people of the same cohort, each with one moment that is not planned yet."
            ),
        )
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest) -> HttpResponse:
    """Offer an hour that learners of a cohort choose themselves."""
    user = member(request)
    if not may_coach_anybody(user):
        raise PermissionDenied
    cohorts = cohorts_visible_to(user).filter(ends_on__gte=timezone.localdate())
    form = OfferForm(request.POST or None, cohorts=cohorts, initial=_usual_hour())
    if request.method == "POST" and form.is_valid():
        actions.offer_coaching(form.cleaned_data["cohort"], form.facts, by=user)
        messages.success(request, _("Offered. Learners of this cohort can choose it on their plan."))
        return redirect("learning:coaching")
    context = {"form": form, "moments": []}
    return render(request, "learning/coaching/plan.html", context, status=422 if form.is_bound else 200)


@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a learner choose an offered hour for their own moment."""
    user = member(request)
    moment = get_object_or_404(own_moments(user).select_related("enrolment"), pk=pk)
    wanted = request.POST.get("meeting", "")
    meeting = coaching_offers(moment).filter(pk=int(wanted) if _is_number(wanted) else 0).first()
    try:
        if meeting is None:
            raise actions.OfferFullError
        actions.choose_coaching(moment, meeting, by=user)
    except actions.OfferFullError:
        messages.error(request, _("That hour was just taken by somebody else. Choose another one."))
        return redirect("learning:own_coaching", pk=pk)
    messages.success(request, _("Planned. It stands in your calendar."))
    return redirect("learning:plan")


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
        "offers": list(coaching_offers(moment)) if state not in {"done", "planned"} else [],
        "trainers": [trainer.display_name for trainer in trainers_of(moment.enrolment)],
        "reasons": reasons([REASONS[0]]),
        "index_url": index_url(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "learning/coaching/own.html", context, status=status)
