"""Reminders of meetings, a week and a day before; once for each beginning, so that a moved meeting reminds anew."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from courses.learning import telling
from courses.learning.models import Meeting, Seat, SeatState

WEEK, DAY = dt.timedelta(days=7), dt.timedelta(days=1)
LATEST_WEEK_REMINDER = dt.timedelta(days=2)  # later than this, the reminder of the day before says it


def remind(at: dt.datetime | None = None) -> int:
    """Send the reminders that are due; return how many mails were asked for. Running it twice sends nothing twice."""
    now = at or timezone.now()
    coming = Meeting.objects.filter(cancelled_at=None, starts_at__gt=now)
    week = coming.filter(starts_at__lte=now + WEEK, starts_at__gt=now + LATEST_WEEK_REMINDER)
    day = coming.filter(starts_at__lte=now + DAY)
    return sum(
        _remind(pk, field, kind)
        for found, field, kind in ((week, "reminded_week_for", "week"), (day, "reminded_day_for", "day"))
        for pk in found.filter(_not_yet(field)).values_list("pk", flat=True)
    )


def _not_yet(field: str) -> Q:
    return Q(**{field: None}) | ~Q(**{field: F("starts_at")})


@transaction.atomic
def _remind(pk: int, field: str, kind: str) -> int:
    """Remind of one meeting, in one transaction with the note that it was done."""
    meeting = Meeting.objects.select_for_update().get(pk=pk)
    if meeting.cancelled_at is not None or getattr(meeting, field) == meeting.starts_at:
        return 0
    Meeting.objects.filter(pk=pk).update(**{field: meeting.starts_at})
    expected = Seat.objects.filter(
        meeting=meeting, enrolment__closed_at=None, state__in=[SeatState.INVITED, SeatState.GOING]
    )
    key = f"meeting:{meeting.uid}:{kind}:{meeting.starts_at.isoformat()}"
    return telling.send_all(expected, kind, key=key)
