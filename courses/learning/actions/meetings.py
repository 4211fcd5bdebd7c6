"""Planning, moving and cancelling meetings. What people must know raises the sequence of the calendar event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from courses.learning import telling
from courses.learning.actions.seats import lock_meeting, move_up, seats_for
from courses.learning.errors import MeetingOverError, NotAllowedError, TooFewSeatsError
from courses.learning.models import Cohort, Enrolment, Meeting, MeetingKind
from courses.learning.permissions import may_run
from courses.learning.reminding import DAY, WEEK
from patientdata.gate import require_clean

TOLD = ("kind", "starts_at", "ends_at", "place", "video_link")


@dataclass(frozen=True)
class MeetingFacts:
    """What a meeting is: `capacity` None means that everybody fits."""

    kind: MeetingKind
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str = ""
    video_link: str = ""
    capacity: int | None = None


@transaction.atomic
def plan_meeting(
    cohort: Cohort,
    facts: MeetingFacts,
    *,
    by: User | None,
    invited: Collection[Enrolment] | None = None,
    confirmed: bool = False,
) -> Meeting:
    """Plan a meeting and invite everybody in the cohort, or only `invited`.

    `by` is None for the demo. Raises NotAllowedError, PatientDataFound for the title.
    """
    if by is not None and not may_run(by, cohort):
        raise NotAllowedError
    require_clean("learning.Meeting.title", facts.title, confirmed=confirmed)
    meeting = Meeting.objects.create(cohort=cohort, for_everyone=invited is None, **asdict(facts))
    audit.record("learning.meeting_planned", by=by, obj=meeting, after=_audited(meeting))
    everybody = Enrolment.objects.filter(cohort=cohort, closed_at=None).values_list("pk", flat=True)
    chosen = everybody if invited is None else everybody.filter(pk__in=[row.pk for row in invited])
    seats_for(meeting, chosen.iterator())
    _tell(meeting)
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, facts: MeetingFacts, *, by: User, confirmed: bool = False) -> Meeting:
    """Change a meeting; everybody is told when its kind, time or place changed.

    More seats go to the first in line. Raises TooFewSeatsError when more people are coming than there would be seats,
    MeetingOverError for a cancelled one, NotAllowedError, PatientDataFound.
    """
    if not may_run(by, meeting):
        raise NotAllowedError
    require_clean("learning.Meeting.title", facts.title, confirmed=confirmed)
    current = lock_meeting(meeting.pk)
    if current.cancelled_at is not None:
        raise MeetingOverError
    if facts.capacity is not None and facts.capacity < current.taken:
        raise TooFewSeatsError(current.taken)
    before = _audited(current)
    must_know = any(getattr(current, name) != getattr(facts, name) for name in TOLD)
    for name, value in asdict(facts).items():
        setattr(current, name, value)
    current.sequence += must_know
    current.save()
    audit.record("learning.meeting_changed", by=by, obj=current, before=before, after=_audited(current))
    move_up(current)
    if must_know:
        _tell(current)
    return current


def _tell(meeting: Meeting) -> None:
    """Tell everybody; who hears of a meeting within the time of a reminder needs no reminder as well."""
    left = meeting.starts_at - timezone.now()
    meeting.reminded_week_for = meeting.starts_at if left <= WEEK else meeting.reminded_week_for
    meeting.reminded_day_for = meeting.starts_at if left <= DAY else meeting.reminded_day_for
    meeting.save(update_fields=["reminded_week_for", "reminded_day_for"])
    if meeting.ends_at > timezone.now():
        telling.tell_meeting(meeting)


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """Cancel a meeting and tell everybody; a second time changes nothing. Raises MeetingOverError once it is over."""
    if not may_run(by, meeting):
        raise NotAllowedError
    current = lock_meeting(meeting.pk)
    if current.cancelled_at is not None:
        return current
    if current.ends_at <= timezone.now():
        raise MeetingOverError
    current.cancelled_at = timezone.now()
    current.sequence += 1
    current.save(update_fields=["cancelled_at", "sequence", "updated_at"])
    audit.record("learning.meeting_cancelled", by=by, obj=current, after={"sequence": current.sequence})
    telling.tell_meeting(current)
    return current


def _audited(meeting: Meeting) -> dict[str, object]:
    return {
        "kind": meeting.kind,
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at.isoformat(),
        "capacity": meeting.capacity,
        "sequence": meeting.sequence,
    }
