"""Whether a learner was at the training day: what plan and certificate build upon."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from courses.learning.models import Cohort, Meeting, MeetingKind, Seat
from courses.learning.queries import attended

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC)


@pytest.fixture
def day(enrolment):
    cohort = Cohort.objects.create(
        course=enrolment.course,
        name="Voorjaar",
        starts_on=dt.date(2026, 3, 1),
        ends_on=dt.date(2026, 9, 1),
    )
    return Meeting.objects.create(
        cohort=cohort,
        kind=MeetingKind.TRAINING_DAY,
        title="Trainingsdag",
        starts_at=MORNING,
        ends_at=MORNING + dt.timedelta(hours=8),
    )


def test_who_was_there_has_the_moment(enrolment, day):
    assert attended(enrolment) is None
    Seat.objects.create(meeting=day, enrolment=enrolment, attended_at=MORNING, attended_by="list")
    assert attended(enrolment, MeetingKind.TRAINING_DAY) == MORNING


def test_a_seat_alone_or_another_kind_is_no_training_day(enrolment, day):
    Seat.objects.create(meeting=day, enrolment=enrolment)
    assert attended(enrolment) is None
    Meeting.objects.filter(pk=day.pk).update(kind=MeetingKind.COACHING)
    Seat.objects.update(attended_at=MORNING, attended_by="list")
    assert attended(enrolment) is None
    assert attended(enrolment, MeetingKind.COACHING) == MORNING


def test_a_cancelled_day_counts_for_nothing(enrolment, day):
    Seat.objects.create(meeting=day, enrolment=enrolment, attended_at=MORNING, attended_by="list")
    Meeting.objects.filter(pk=day.pk).update(cancelled_at=timezone.now())
    assert attended(enrolment) is None
