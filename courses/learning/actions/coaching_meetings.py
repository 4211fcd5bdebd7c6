"""Coaching as a dated meeting: planned by the trainer for one or a few, or offered for learners to choose from.

The meeting itself, its calendar and its mails are those of every meeting of a cohort; here it is tied to the moments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from courses.learning import telling
from courses.learning.actions import seats
from courses.learning.actions.meetings import MeetingFacts, plan_meeting
from courses.learning.errors import NotAllowedError
from courses.learning.models import CoachingMoment, Cohort, Meeting, MeetingKind, Seat, SeatState
from courses.learning.permissions import may_coach, may_learn
from courses.learning.queries.coaching import Clock, coaching_offers, is_planned

GROUP_MOST = 6


class GroupRefusedError(Exception):
    """These moments cannot be one meeting: none, too many, of several cohorts, held or planned already."""


class OfferFullError(Exception):
    """Every seat at this coaching hour is taken, or it has begun."""


@transaction.atomic
def plan_coaching(moments: Sequence[CoachingMoment], facts: MeetingFacts, *, by: User) -> Meeting:
    """Plan one coaching meeting for one to six learners of a cohort; they get it in their calendars.

    Raises GroupRefusedError, NotAllowedError.
    """
    found = _locked(moments, by=by)
    cohort = _cohort_of(found)
    facts = replace(facts, kind=MeetingKind.COACHING, capacity=len(found))
    meeting = plan_meeting(cohort, facts, by=by, invited=[moment.enrolment for moment in found])
    for moment in found:
        _tie(moment, meeting, trainer=by)
    return meeting


def _locked(moments: Sequence[CoachingMoment], *, by: User) -> list[CoachingMoment]:
    """Return the moments locked, once it is sure that they are this trainer's and still to be planned."""
    wanted = {moment.pk for moment in moments}
    rows = CoachingMoment.objects.select_for_update(of=("self",)).select_related("enrolment__cohort")
    found = list(rows.filter(pk__in=wanted).order_by("pk"))
    if not all(may_coach(by, moment.enrolment) for moment in found):
        raise NotAllowedError
    planned = CoachingMoment.objects.filter(is_planned(Clock.at(timezone.now())), pk__in=wanted).exists()
    if planned or any(moment.held_at for moment in found) or not 1 <= len(found) <= GROUP_MOST:
        raise GroupRefusedError
    return found


def _cohort_of(moments: Sequence[CoachingMoment]) -> Cohort:
    cohorts = {moment.enrolment.cohort for moment in moments}
    learners = {moment.enrolment_id for moment in moments}
    cohort = cohorts.pop()
    if cohorts or cohort is None or len(learners) != len(moments):
        raise GroupRefusedError
    return cohort


def _tie(moment: CoachingMoment, meeting: Meeting, *, trainer: User | None) -> None:
    moment.meeting, moment.trainer, moment.wish = meeting, trainer or moment.trainer, ""
    moment.save(update_fields=["meeting", "trainer", "wish", "updated_at"])
    audit.record("learning.coaching_planned", by=trainer, obj=moment, after={"meeting": meeting.pk})


@transaction.atomic
def offer_coaching(cohort: Cohort, facts: MeetingFacts, *, by: User) -> Meeting:
    """Offer a coaching hour to a cohort: nobody is invited, learners choose it themselves while there are seats."""
    places = min(max(facts.capacity or 1, 1), GROUP_MOST)
    facts = replace(facts, kind=MeetingKind.COACHING, capacity=places)
    return plan_meeting(cohort, facts, by=by, invited=[])


@transaction.atomic
def choose_coaching(moment: CoachingMoment, meeting: Meeting, *, by: User) -> Seat:
    """Choose an offered coaching hour for one's own moment: the seat is taken at once.

    Raises NotAllowedError for what is not one's own or not offered, OfferFullError when others were first.
    """
    rows = CoachingMoment.objects.select_for_update(of=("self",)).select_related("enrolment")
    moment = rows.get(pk=moment.pk)
    if not may_learn(by, moment.enrolment) or moment.held_at is not None:
        raise NotAllowedError
    locked = seats.lock_meeting(meeting.pk)
    if not coaching_offers(moment).filter(pk=locked.pk).exists():
        raise OfferFullError
    seat, _made = Seat.objects.get_or_create(meeting=locked, enrolment=moment.enrolment)
    seat = seats.answer(seat, coming=True, by=by)
    if seat.state != SeatState.GOING:
        raise OfferFullError
    telling.tell_seat(seat, telling.SeatNews.INVITED)
    _tie(moment, locked, trainer=None)
    return seat
