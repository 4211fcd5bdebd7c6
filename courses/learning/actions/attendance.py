"""Who was there: by the code in the room, once per person, and by the trainer's list, which may correct it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from courses.learning import room_code
from courses.learning.actions.plan import after_attendance
from courses.learning.errors import CodeRefusedError, MeetingOverError, NotAllowedError, NotInvitedError
from courses.learning.models import AttendanceWay, Enrolment, Meeting, Seat
from courses.learning.permissions import may_learn, may_run


@transaction.atomic
def note_by_code(meeting: Meeting, *, by: User) -> tuple[Seat, bool]:
    """Note that somebody showed the code in the room; return their place and whether it is news.

    Whoever calls this has checked the code. A second time leaves the first moment as it was. Raises CodeRefusedError
    outside the meeting's hours, NotInvitedError for somebody of another cohort.
    """
    if not room_code.is_open(meeting, timezone.now()):
        raise CodeRefusedError
    seat = _seat_of(meeting, by)
    if seat.attended_at is not None:
        return seat, False
    _note(seat, timezone.now(), AttendanceWay.CODE, by=by)
    return seat, True


def _seat_of(meeting: Meeting, user: User) -> Seat:
    """Return the person's place, locked; made for somebody of the cohort who had none."""
    open_ones = Enrolment.objects.select_for_update().filter(user=user, closed_at=None)
    enrolment = open_ones.filter(cohort=meeting.cohort_id).first()
    if enrolment is None or not may_learn(user, enrolment):
        raise NotInvitedError
    if meeting.for_everyone:
        Seat.objects.get_or_create(meeting=meeting, enrolment=enrolment)
    seat = Seat.objects.select_for_update().filter(meeting=meeting, enrolment=enrolment).first()
    if seat is None:
        raise NotInvitedError
    return seat


def _note(seat: Seat, at: dt.datetime | None, way: AttendanceWay | None, *, by: User | None) -> None:
    before = _audited(seat)
    seat.attended_at, seat.attended_by = at, way.value if way else ""
    seat.save(update_fields=["attended_at", "attended_by", "updated_at"])
    audit.record("learning.attendance_noted", by=by, obj=seat, before=before, after=_audited(seat))
    after_attendance(seat, by=by)


def _audited(seat: Seat) -> dict[str, object]:
    at = seat.attended_at
    return {"attended_at": at.isoformat() if at else None, "by": seat.attended_by}


@transaction.atomic
def note_by_list(
    meeting: Meeting, *, present: Collection[int], shown: Collection[int], by: User | None
) -> int:
    """Note who was there as the trainer ticked it; return how many places changed.

    `present` holds the ids of the places ticked, `shown` those that were ticked when the list was drawn: only what the
    trainer changed is changed, so that a code shown meanwhile is not undone. `by` is None for the demo. Raises
    MeetingOverError for a cancelled meeting and before the doors open, NotAllowedError.
    """
    if by is not None and not may_run(by, meeting):
        raise NotAllowedError
    now = timezone.now()
    if meeting.cancelled_at is not None or now < meeting.starts_at - room_code.OPENS_BEFORE:
        raise MeetingOverError
    at = min(max(now, meeting.starts_at), meeting.ends_at)
    ticked, unticked = set(present) - set(shown), set(shown) - set(present)
    changed = 0
    _lock_learners(ticked | unticked)
    locked = meeting.seats.select_for_update(of=("self",)).filter(pk__in=ticked | unticked)
    for seat in locked.select_related("meeting", "enrolment").order_by("pk"):
        if (seat.pk in ticked) == (seat.attended_at is None):
            there = seat.pk in ticked
            _note(seat, at if there else None, AttendanceWay.LIST if there else None, by=by)
            changed += 1
    return changed


def _lock_learners(seats: Collection[int]) -> None:
    """Lock whose places these are before the places themselves, in the order in which erasing a person does."""
    found = Enrolment.objects.select_for_update(of=("self",)).filter(seats__pk__in=seats)
    list(found.order_by("pk").values_list("pk"))
