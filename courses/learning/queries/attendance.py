"""Who was at which meeting. Attended means: known by the code in the room or by the trainer's list."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from courses.learning.models import Enrolment, MeetingKind, Seat


def attended_seats(enrolment: Enrolment, kind: MeetingKind = MeetingKind.TRAINING_DAY) -> QuerySet[Seat]:
    """Return the places at meetings of this kind at which this learner was, the earliest first.

    A meeting that was cancelled counts for nothing, whatever was ticked before.
    """
    there = Seat.objects.filter(enrolment=enrolment, meeting__kind=kind, meeting__cancelled_at=None)
    return there.exclude(attended_at=None).order_by("attended_at", "pk")


def attended(enrolment: Enrolment, kind: MeetingKind = MeetingKind.TRAINING_DAY) -> dt.datetime | None:
    """Return the moment at which this learner was first at a meeting of this kind, None when never; one query."""
    moment: dt.datetime | None = attended_seats(enrolment, kind).values_list("attended_at", flat=True).first()
    return moment
