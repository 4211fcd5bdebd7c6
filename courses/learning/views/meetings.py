"""Meetings: the desk where they are planned and attendance is noted, and the learner's side where one says yes or no."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import member
from courses.learning import actions, queries, room_code, telling
from courses.learning.errors import CodeRefusedError, MeetingOverError, TooFewSeatsError
from courses.learning.forms import MeetingForm, RoomCodeForm
from courses.learning.models import Cohort, Meeting, Seat
from courses.learning.permissions import may_follow, may_run_cohorts
from courses.learning.views.cohorts import READS_AND_POSTS, cohort_of
from notifications.actions import mark_read_about
from patientdata.kinds import PatientDataFound

# --- the desk ----------------------------------------------------------------------------------------------------------


def meeting_of(request: HttpRequest, pk: int) -> Meeting:
    """Return the meeting when this person looks after it; any other does not exist for them."""
    if not may_run_cohorts(member(request)):
        raise PermissionDenied
    return get_object_or_404(queries.meetings_visible_to(member(request)), pk=pk)


@require_http_methods(READS_AND_POSTS)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a meeting of a cohort."""
    cohort = cohort_of(request, pk)
    people = queries.people_of(cohort)
    form = MeetingForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["people"])
        try:
            made = actions.plan_meeting(
                cohort,
                form.facts,
                by=member(request),
                invited=chosen or None,
                confirmed=form.gate_confirmed,
            )
        except PatientDataFound as error:
            form.present(error)
        else:
            messages.success(request, _("Planned. The invitations are on their way."))
            return redirect("learning:meeting_desk", pk=made.pk)
    return _form_page(request, form, cohort, None)


@require_http_methods(READS_AND_POSTS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Move or change a meeting."""
    meeting = meeting_of(request, pk)
    form = MeetingForm(request.POST) if request.method == "POST" else MeetingForm.showing(meeting)
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change_meeting(
                meeting, form.facts, by=member(request), confirmed=form.gate_confirmed
            )
        except PatientDataFound as error:
            form.present(error)
        except TooFewSeatsError as error:
            form.add_error("capacity", _too_few(error.taken))
        except MeetingOverError:
            form.add_error(None, _("This meeting was cancelled; plan a new one."))
        else:
            told = changed.sequence > meeting.sequence
            messages.success(request, _("Saved. Everybody is told.") if told else _("Saved."))
            return redirect("learning:meeting_desk", pk=pk)
    return _form_page(request, form, meeting.cohort, meeting)


def _too_few(taken: int) -> str:
    words = ngettext(
        "%(count)s person is coming already; there cannot be fewer seats.",
        "%(count)s people are coming already; there cannot be fewer seats.",
        taken,
    )
    return words % {"count": taken}


def _form_page(
    request: HttpRequest, form: MeetingForm, cohort: Cohort, meeting: Meeting | None
) -> HttpResponse:
    context = {"form": form, "cohort": cohort, "meeting": meeting}
    return render(request, "learning/meetings/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(READS_AND_POSTS)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a meeting should be cancelled; posted, do it and tell everybody."""
    meeting = meeting_of(request, pk)
    if request.method == "POST":
        try:
            actions.cancel_meeting(meeting, by=member(request))
        except MeetingOverError:
            messages.error(request, _("This meeting is over; it cannot be cancelled any more."))
        else:
            messages.success(request, _("Cancelled. Everybody is told."))
        return redirect("learning:meeting_desk", pk=pk)
    return render(request, "learning/meetings/cancel.html", {"meeting": meeting})


@require_safe
def meeting_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting with everybody who has a place, and the list of who was there."""
    meeting = meeting_of(request, pk)
    number = request.GET.get("blad", "1")
    page = queries.seat_page(meeting, int(number) if number.isdecimal() and 0 < int(number) < 10_000 else 1)
    now = timezone.now()
    context = {
        "meeting": meeting,
        "page": page,
        "attended": queries.attended_count(meeting),
        "shown": ",".join(str(seat.pk) for seat in page.seats if seat.attended_at),
        "list_open": meeting.cancelled_at is None and now >= meeting.starts_at - room_code.OPENS_BEFORE,
        "code_open": room_code.is_open(meeting, now),
        "over": meeting.ends_at <= now,
    }
    return render(request, "learning/meetings/desk.html", context)


@require_POST
def note_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Note who was there as ticked."""
    meeting = meeting_of(request, pk)
    try:
        changed = actions.note_by_list(
            meeting,
            present=_ids(request.POST.getlist("there")),
            shown=_ids(request.POST.get("shown", "").split(",")),
            by=member(request),
        )
    except MeetingOverError:
        messages.error(request, _("The list opens three quarters of an hour before the meeting begins."))
    else:
        words = ngettext("Saved: %(count)s change.", "Saved: %(count)s changes.", changed)
        messages.success(request, words % {"count": changed} if changed else _("Nothing changed."))
    return redirect("learning:meeting_desk", pk=pk)


def _ids(given: list[str]) -> set[int]:
    return {int(one) for one in given if one.isascii() and one.isdecimal() and len(one) < 19}


@never_cache
@require_safe
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the code that changes every thirty seconds, large, for a screen in the room; htmx asks for it again."""
    meeting = meeting_of(request, pk)
    now = timezone.now()
    context = {
        "meeting": meeting,
        "open": room_code.is_open(meeting, now),
        "picture": room_code.picture(meeting, now),
        "typed": room_code.typed(meeting, now),
        "seconds": room_code.seconds_left(now),
        "attended": queries.attended_count(meeting),
    }
    part = (
        "learning/meetings/room_code.html"
        if request.headers.get("HX-Request")
        else "learning/meetings/room.html"
    )
    return render(request, part, context)


# --- the learner's side ------------------------------------------------------------------------------------------------


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """List one's own meetings."""
    user = member(request)
    if not may_follow(user):
        raise PermissionDenied
    context = {
        "coming": queries.coming_seats(user),
        "past": queries.past_seats(user),
        "index_url": queries.index_url(),
    }
    return render(request, "learning/meetings/list.html", context)


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting to who is invited, with the buttons to say yes or no."""
    seat = _own_seat(request, pk)
    mark_read_about(seat.meeting, by=member(request))
    return _meeting_page(request, seat, RoomCodeForm())


def _own_seat(request: HttpRequest, pk: int) -> Seat:
    return get_object_or_404(queries.seats_of(member(request)), meeting=pk)


def _meeting_page(request: HttpRequest, seat: Seat, form: RoomCodeForm) -> HttpResponse:
    found, now = seat.meeting, timezone.now()
    context = {
        "seat": seat,
        "meeting": found,
        "place": telling.place_of(found),
        "may_answer": found.cancelled_at is None and found.starts_at > now,
        "code_open": room_code.is_open(found, now) and seat.attended_at is None,
        "form": form,
        "index_url": queries.index_url(),
    }
    return render(request, "learning/meetings/meeting.html", context, status=422 if form.is_bound else 200)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether one is coming."""
    seat = _own_seat(request, pk)
    try:
        stands = actions.answer(seat, coming=request.POST.get("coming") == "yes", by=member(request))
    except MeetingOverError:
        messages.error(request, _("This meeting was cancelled or has begun, so your answer is not changed."))
    else:
        messages.success(request, _said(stands))
    return redirect("learning:meeting", pk=pk)


def _said(seat: Seat) -> str:
    said = {
        "going": _("You are coming. See you there."),
        "waiting": _("All seats are taken. You are in line; we tell you as soon as a seat comes free."),
        "declined": _("You are not coming. You can change this until it begins."),
    }
    return said[seat.state]


@require_POST
def show_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that one is there, by the short code on the screen."""
    seat = _own_seat(request, pk)
    form = RoomCodeForm(request.POST)
    if not form.is_valid():
        return _meeting_page(request, seat, form)
    if not room_code.fits_typed(seat.meeting, form.cleaned_data["code"], timezone.now()):
        form.add_error(
            "code", _("This code is not right, or no longer. Type the one that is on the screen now.")
        )
        return _meeting_page(request, seat, form)
    try:
        _noted, new = actions.note_by_code(seat.meeting, by=member(request))
    except CodeRefusedError:
        form.add_error("code", _("The code works around the hours of the meeting only."))
        return _meeting_page(request, seat, form)
    messages.success(request, _("You are on the list.") if new else _("You were on the list already."))
    return redirect("learning:meeting", pk=pk)
