"""Practice samples on the learner's side: handing in, reading feedback, answering, taking away."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import member
from accounts.models import User
from courses.learning import actions
from courses.learning.evidence import REASONS, reasons
from courses.learning.forms import ReplyForm, SampleForm
from courses.learning.models import Enrolment, PracticeSample, SampleKind
from courses.learning.queries import (
    enrolments_of,
    index_url,
    messages_visible_to,
    sample_rows,
    samples_of,
    trainers_of,
    with_standing,
)
from courses.learning.recordings import KEPT_DAYS
from media.library.delivery import PRIVATE, Stored, deliver
from patientdata.kinds import PatientDataFound


@require_safe
@never_cache
def samples(request: HttpRequest) -> HttpResponse:
    """Show what somebody handed in, what is new first to be seen."""
    user = member(request)
    context = {
        "rows": sample_rows(with_standing(samples_of(user), user, as_trainer=False)),
        "may_hand_in": enrolments_of(user).exists(),
        "reasons": reasons([REASONS[1]]),
        "index_url": index_url(),
    }
    return render(request, "learning/samples/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def hand_in(request: HttpRequest) -> HttpResponse:
    """Hand in a sample in the course that was worked on last, or the one named (`?training=`)."""
    user = member(request)
    enrolment = _chosen_enrolment(request, user)
    moment = request.GET.get("moment", "")
    form = SampleForm(request.POST or None, enrolment=enrolment, initial={"moment": moment})
    if request.method == "POST" and (sample := _hand_in(form, enrolment, user)):
        messages.success(request, _("Handed in. You will hear when there is feedback."))
        return redirect("learning:sample", pk=sample.pk)
    context = {
        "form": form,
        "enrolment": enrolment,
        "trainers": [trainer.display_name for trainer in trainers_of(enrolment)],
        "index_url": index_url(),
    }
    return render(request, "learning/samples/hand_in.html", context, status=422 if form.is_bound else 200)


def _chosen_enrolment(request: HttpRequest, user: User) -> Enrolment:
    own = enrolments_of(user)
    wanted = request.GET.get("training", "")
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 19:
        own = own.filter(pk=int(wanted))
    found = own.first()
    return found if found is not None else get_object_or_404(own, pk=0)


def _hand_in(form: SampleForm, enrolment: Enrolment, user: User) -> PracticeSample | None:
    if not form.is_valid():
        return None
    given = form.cleaned_data
    try:
        return actions.hand_in_sample(
            enrolment,
            kind=SampleKind(given["kind"]),
            title=given["title"],
            text=given["text"],
            question=given["question"],
            moment=given.get("moment"),
            made_up=given["made_up"],
            confirmed=form.gate_confirmed,
            by=user,
        )
    except PatientDataFound as error:
        form.present(error)
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one's own sample with the talk about it; posted, add to the talk."""
    user = member(request)
    own = samples_of(user).select_related("enrolment__edition", "enrolment__user", "moment")
    found = get_object_or_404(own, pk=pk)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and answered(form, found, user):
        messages.success(request, _("Sent."))
        return redirect("learning:sample", pk=found.pk)
    return show_talk(request, found, form, as_trainer=False)


def answered(form: ReplyForm, found: PracticeSample, user: User) -> bool:
    """Store what was said; say whether that went well. What the gate refuses is shown in the form."""
    if not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        actions.answer_sample(
            found,
            text=given["text"],
            sound=given.get("sound"),
            token=given["token"],
            confirmed=form.gate_confirmed,
            by=user,
        )
    except PatientDataFound as error:
        form.present(error)
        return False
    return True


def show_talk(
    request: HttpRequest, found: PracticeSample, form: ReplyForm, *, as_trainer: bool
) -> HttpResponse:
    """Show a sample, the talk about it and the form to go on; whoever looks has seen it."""
    user = member(request)
    talk = found.messages.select_related("author")
    context = {
        "sample": found,
        "talk": list(talk),
        "form": form,
        "as_trainer": as_trainer,
        "kept_days": KEPT_DAYS,
        "index_url": index_url(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    response = render(request, "learning/samples/talk.html", context, status=status)
    actions.see_sample(found, by=user)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then take one's own sample away with everything said about it."""
    user = member(request)
    found = get_object_or_404(samples_of(user), pk=pk)
    if request.method == "POST":
        actions.withdraw_sample(found, by=user)
        messages.success(request, _("The sample is gone, and so is what was said about it."))
        return redirect("learning:samples")
    return render(request, "learning/samples/withdraw.html", {"sample": found})


@require_safe
def recording(request: HttpRequest, token: UUID, ending: str) -> HttpResponseBase:
    """Hand out a recording to the learner whom it is for and to their trainers, by ranges."""
    heard = messages_visible_to(member(request)).exclude(sound="")
    found = get_object_or_404(heard, token=token, sound__endswith=f".{ending}")
    return deliver(
        request,
        Stored(found.sound.storage, str(found.sound.name), filename=f"feedback.{ending}", cache=PRIVATE),
    )
