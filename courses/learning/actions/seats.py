"""Places at meetings: invited, coming, waiting, not coming. Every answer locks the meeting, so answers go one by one."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import batched

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from courses.learning import telling
from courses.learning.actions.plan import after_declining
from courses.learning.errors import MeetingOverError, NotAllowedError
from courses.learning.models import Enrolment, Meeting, Seat, SeatState
from courses.learning.permissions import may_learn

AT_ONCE = 500


@transaction.atomic
def answer(seat: Seat, *, coming: bool, by: User) -> Seat:
    """Say whether one is coming; when every seat is taken, wait in line. The same answer twice changes nothing.

    Who no longer comes frees a seat for the first in line. Raises NotAllowedError for somebody else's place,
    MeetingOverError once the meeting has begun or was cancelled.
    """
    if not may_learn(by, seat.enrolment):
        raise NotAllowedError
    meeting = lock_meeting(seat.meeting_id)
    if meeting.cancelled_at is not None or meeting.starts_at <= timezone.now():
        raise MeetingOverError
    mine = Seat.objects.get(pk=seat.pk)
    before = mine.state
    if coming:
        _come(mine, meeting)
    else:
        _stay_away(mine, meeting)
    if mine.state != before:
        audit.record(
            "learning.seat_answered", by=by, obj=mine, before={"state": before}, after={"state": mine.state}
        )
    return mine


def lock_meeting(pk: int) -> Meeting:
    """Return the meeting, locked until the end of the transaction: seats change only under this lock."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=pk)


def _come(seat: Seat, meeting: Meeting) -> None:
    if seat.state == SeatState.GOING or (seat.state == SeatState.WAITING and meeting.is_full):
        return
    _set(seat, SeatState.WAITING if meeting.is_full else SeatState.GOING)
    if seat.state == SeatState.GOING:
        _count(meeting, 1)


def _stay_away(seat: Seat, meeting: Meeting) -> None:
    if seat.state == SeatState.DECLINED:
        return
    freed = seat.state == SeatState.GOING
    _set(seat, SeatState.DECLINED)
    after_declining(seat)
    if freed:
        _count(meeting, -1)
        move_up(meeting)


def _set(seat: Seat, state: SeatState) -> None:
    seat.state, seat.answered_at = state, timezone.now()
    seat.save(update_fields=["state", "answered_at", "updated_at"])


def _count(meeting: Meeting, change: int) -> None:
    meeting.taken += change
    meeting.save(update_fields=["taken", "updated_at"])


def move_up(meeting: Meeting) -> list[Seat]:
    """Give free seats to the first in line and tell them; the meeting is locked by the caller."""
    moved: list[Seat] = []
    line = meeting.seats.filter(state=SeatState.WAITING).order_by("answered_at", "pk")
    for seat in line.iterator():
        if meeting.is_full:
            break
        _set(seat, SeatState.GOING)
        _count(meeting, 1)
        audit.record("learning.seat_freed_for", by=None, obj=seat, after={"state": seat.state})
        telling.tell_seat(seat, telling.SeatNews.FREE)
        moved.append(seat)
    return moved


def seats_for(meeting: Meeting, enrolments: Iterable[int]) -> None:
    """Make a place at a meeting for each of these enrolments that has none yet."""
    for some in batched(enrolments, AT_ONCE):
        rows = [Seat(meeting=meeting, enrolment_id=pk) for pk in some]
        Seat.objects.bulk_create(rows, ignore_conflicts=True)


def invite_to_coming(enrolment: Enrolment, *, by: User | None) -> None:
    """Invite somebody who joined a cohort to its meetings to come; those to which they are invited already stay."""
    coming = Meeting.objects.filter(
        cohort=enrolment.cohort_id, for_everyone=True, cancelled_at=None, starts_at__gt=timezone.now()
    )
    for meeting in coming.exclude(seats__enrolment=enrolment).order_by("pk"):
        seat = Seat.objects.create(meeting=meeting, enrolment=enrolment)
        telling.tell_seat(seat, telling.SeatNews.INVITED)


def give_up_seats(enrolment: Enrolment, *, by: User | None) -> None:
    """Give up the places of somebody who leaves at meetings to come, and take those out of their calendar."""
    coming = enrolment.seats.filter(meeting__starts_at__gt=timezone.now(), meeting__cancelled_at=None)
    for seat in coming.exclude(state=SeatState.DECLINED).order_by("meeting_id"):
        meeting = lock_meeting(seat.meeting_id)
        mine = Seat.objects.get(pk=seat.pk)
        _stay_away(mine, meeting)
        telling.tell_seat(mine, telling.SeatNews.GIVEN_UP)


def forget_given_up(enrolment: Enrolment) -> None:
    """Drop the places at meetings to come that somebody gave up by leaving, so that coming back invites them anew."""
    coming = enrolment.seats.filter(meeting__starts_at__gt=timezone.now(), meeting__for_everyone=True)
    coming.filter(state=SeatState.DECLINED).delete()
