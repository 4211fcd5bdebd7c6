"""What happens to coaching moments: a learner's wish, holding one, and telling trainers that one is late."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import audit
from courses.learning import happenings
from courses.learning.errors import NotAllowedError
from courses.learning.models import CoachingMoment
from courses.learning.permissions import may_coach, may_learn
from courses.learning.queries.coached import trainers_of
from courses.learning.queries.coaching import late_untold
from notifications.actions import notify
from patientdata import gate

COACHING_LATE, COACHING_WISH = "learning.coaching_late", "learning.coaching_wish"
NOON = dt.time(12)


class NotYetError(Exception):
    """A moment cannot have been held on a day that is still to come."""


@transaction.atomic
def wish_coaching(moment: CoachingMoment, *, wish: str, confirmed: bool, by: User) -> CoachingMoment:
    """Say when one's own coaching would suit; the trainers are told. Raises PatientDataFound."""
    if not may_learn(by, moment.enrolment):
        raise NotAllowedError
    gate.require_clean("learning.CoachingMoment.wish", wish, confirmed=confirmed)
    moment.wish = wish
    moment.save(update_fields=["wish", "updated_at"])
    audit.record("learning.coaching_wished", by=by, obj=moment)
    if wish:
        _tell_trainers(moment, COACHING_WISH, by=by)
    return moment


@transaction.atomic
def hold_coaching(moment: CoachingMoment, *, on: dt.date | None = None, by: User) -> CoachingMoment:
    """Note that a coaching moment was held, on a day (today unless given); one that was noted already stays as it is.

    Raises NotYetError for a day to come.
    """
    moment = _locked(moment, by=by)
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise NotYetError
    if moment.held_at is None:
        moment.held_at = min(timezone.now(), timezone.make_aware(dt.datetime.combine(day, NOON)))
        moment.trainer = by
        moment.save(update_fields=["held_at", "trainer", "updated_at"])
        audit.record("learning.coaching_held", by=by, obj=moment, after={"number": moment.number})
        happenings.tell(moment.enrolment_id)
    return moment


@transaction.atomic
def reopen_coaching(moment: CoachingMoment, *, by: User) -> CoachingMoment:
    """Take back that a moment was held: it was noted by mistake."""
    moment = _locked(moment, by=by)
    if moment.held_at is not None:
        moment.held_at = None
        moment.save(update_fields=["held_at", "updated_at"])
        audit.record("learning.coaching_reopened", by=by, obj=moment)
    return moment


def _locked(moment: CoachingMoment, *, by: User) -> CoachingMoment:
    found = CoachingMoment.objects.select_for_update(of=("self",)).select_related("enrolment__cohort")
    locked = found.get(pk=moment.pk)
    if not may_coach(by, locked.enrolment):
        raise NotAllowedError
    return locked


def tell_of_late_coaching(*, at: dt.datetime | None = None) -> int:
    """Tell trainers once about each moment that became late; return how many moments they were told about."""
    moments = list(late_untold(at or timezone.now()))
    told: set[tuple[int, int]] = set()
    for moment in moments:
        _tell_late(moment, told)
    return len(moments)


@transaction.atomic
def _tell_late(moment: CoachingMoment, told: set[tuple[int, int]]) -> None:
    """Tell each trainer at most once a run and course, however many moments are late."""
    course = moment.enrolment.course
    trainers = [one for one in trainers_of(moment.enrolment) if (one.pk, course.pk) not in told]
    told |= {(one.pk, course.pk) for one in trainers}
    CoachingMoment.objects.filter(pk=moment.pk).update(told_late_at=timezone.now())
    path = reverse("learning:coaching")
    notify(trainers, kind=COACHING_LATE, object=course, path=path, by=None)


def _tell_trainers(moment: CoachingMoment, kind: str, *, by: User) -> None:
    trainers = list(trainers_of(moment.enrolment))
    path = reverse("learning:coaching")
    notify(trainers, kind=kind, object=moment.enrolment.course, path=path, by=by)
