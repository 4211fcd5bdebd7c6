"""What tests of coaching share: days after a training day, moments, and meetings about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from courses.learning import actions
from courses.learning.models import CoachingMoment, Meeting, MeetingKind
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_enrolment, was_at_training_day

DAY = dt.date(2027, 3, 1)
FIRST_DUE = dt.date(2027, 3, 22)


def at(day: dt.date, hour: int = 10) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), tzinfo=dt.UTC)


def meet(moment: CoachingMoment, start: dt.datetime, **facts: Any) -> Meeting:
    """Plan a moment's meeting of three quarters of an hour, past the actions."""
    cohort = moment.enrolment.cohort
    assert cohort is not None
    meeting = Meeting.objects.create(
        cohort=cohort,
        kind=MeetingKind.COACHING,
        title="Coaching",
        starts_at=start,
        ends_at=start + dt.timedelta(minutes=45),
        **facts,
    )
    moment.meeting = meeting
    moment.save()
    return meeting


def facts(day: dt.date = dt.date(2027, 3, 18), **more: Any) -> dict[str, Any]:
    """What a trainer fills in for a meeting of coaching."""
    return {"day": day.isoformat(), "starts": "09:00", "ends": "09:45", "place": "Kamer 2", **more}


def second_learner(first: CoachingMoment) -> CoachingMoment:
    """The first moment of somebody else in the same cohort."""
    more = make_enrolment(UserFactory.create(poh=True, display_name="Bo"), first.enrolment.course)
    more.cohort = first.enrolment.cohort
    more.save()
    was_at_training_day(more, DAY)
    actions.make_plan(more, by=None)
    return more.coaching.get(number=1)


def titles(rows: Iterable[Any]) -> list[str]:
    return [row.title for row in rows]
