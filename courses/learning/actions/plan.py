"""Making the six-month plan once somebody was at the training day, and reminding them of it, calmly."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import audit
from courses.learning import happenings
from courses.learning.actions.recall import fill_cards
from courses.learning.models import CoachingMoment, Enrolment, FollowUpPlan, MeetingKind, Seat
from courses.learning.plan import StepKind, is_running, plan_from
from courses.learning.queries.attendance import attended_seats
from courses.learning.queries.recall import recall_stand
from notifications.actions import notify

PLAN_READY, RECALL_DUE = "learning.plan_ready", "learning.recall_due"
REMINDER_WEEKDAYS = frozenset({0, 3})  # Monday and Thursday
REMINDER_HOUR = 8


class NotAtTrainingDayError(Exception):
    """Nobody noted that the person was at a training day; without it there is nothing to count from."""


def make_plan(enrolment: Enrolment, *, by: User | None) -> FollowUpPlan:
    """Make the plan of the half year after the training day; a plan that is there stays as it is.

    Whoever notes the attendance (`by`; None for the system) may call this as often as they like. The day is that of the
    first training day at which the learner was. Raises NotAtTrainingDayError.
    """
    found = FollowUpPlan.objects.filter(enrolment=enrolment).first()
    return found or _make_plan(enrolment, by=by)


@transaction.atomic
def _make_plan(enrolment: Enrolment, *, by: User | None) -> FollowUpPlan:
    Enrolment.objects.select_for_update().only("pk").get(pk=enrolment.pk)
    found = FollowUpPlan.objects.filter(enrolment=enrolment).first()
    if found is not None:
        return found
    day = _training_day(enrolment)
    plan = FollowUpPlan.objects.create(enrolment=enrolment, day=day)
    CoachingMoment.objects.bulk_create(
        [
            CoachingMoment(enrolment=enrolment, number=step.number, due_on=step.due)
            for step in plan_from(day)
            if step.kind is StepKind.COACHING
        ],
        ignore_conflicts=True,
    )
    fill_cards(enrolment)
    audit.record("learning.plan_made", by=by, obj=plan, after={"enrolment": enrolment.pk})
    notify([enrolment.user_id], kind=PLAN_READY, object=plan, path=reverse("learning:plan"), by=None)
    return plan


def _training_day(enrolment: Enrolment) -> dt.date:
    there = attended_seats(enrolment, MeetingKind.TRAINING_DAY).order_by("meeting__starts_at")
    starts_at = there.values_list("meeting__starts_at", flat=True).first()
    if starts_at is None:
        raise NotAtTrainingDayError
    return timezone.localdate(starts_at)


@transaction.atomic
def after_attendance(seat: Seat, *, by: User | None) -> None:
    """Let follow what follows from having been there, or from having been noted by mistake.

    Called by whatever notes attendance, as often as it likes. A training day makes the plan; taken back, an untouched
    plan goes again. A coaching meeting makes the learner's moment held, and taken back, open again.
    """
    if seat.meeting.kind == MeetingKind.COACHING:
        moments = CoachingMoment.objects.filter(enrolment=seat.enrolment, meeting=seat.meeting)
        if seat.attended_at:
            moments.filter(held_at=None).update(held_at=seat.attended_at)
        else:
            moments.update(held_at=None)
    elif seat.meeting.kind == MeetingKind.TRAINING_DAY and seat.attended_at:
        make_plan(seat.enrolment, by=by)
    elif seat.meeting.kind == MeetingKind.TRAINING_DAY:
        _unmake_untouched_plan(seat.enrolment, by=by)
    happenings.tell(seat.enrolment_id)


def after_declining(seat: Seat) -> None:
    """Let a coaching moment wait to be planned anew when its learner does not come to its meeting."""
    if seat.meeting.kind == MeetingKind.COACHING:
        waiting = CoachingMoment.objects.filter(
            enrolment=seat.enrolment_id, meeting=seat.meeting_id, held_at=None
        )
        waiting.update(meeting=None)


def _unmake_untouched_plan(enrolment: Enrolment, *, by: User | None) -> None:
    """Take a plan away when nobody was at a training day after all, and nothing was done with the plan yet."""
    plan = FollowUpPlan.objects.filter(enrolment=enrolment).first()
    if plan is None or attended_seats(enrolment, MeetingKind.TRAINING_DAY).exists() or _is_touched(enrolment):
        return
    audit.record("learning.plan_unmade", by=by, obj=plan, before={"enrolment": enrolment.pk})
    enrolment.recall_cards.all().delete()
    enrolment.coaching.all().delete()
    plan.delete()


def _is_touched(enrolment: Enrolment) -> bool:
    used = Q(held_at__isnull=False) | Q(meeting__isnull=False) | ~Q(wish="") | Q(samples__isnull=False)
    return enrolment.coaching.filter(used).exists() or bool(
        enrolment.recall_cards.filter(reviewed_at__isnull=False).exists()
    )


def make_missing_plans() -> int:
    """Make the plans of everybody who was at a training day and has none; return how many."""
    waiting = Enrolment.objects.filter(
        closed_at=None,
        plan=None,
        seats__in=Seat.objects.filter(
            meeting__kind=MeetingKind.TRAINING_DAY, meeting__cancelled_at=None, attended_at__isnull=False
        ),
    ).distinct()
    made = 0
    for enrolment in waiting.select_related("edition").iterator():
        make_plan(enrolment, by=None)
        made += 1
    return made


def remind_of_recall(*, at: dt.datetime | None = None) -> int:
    """Tell learners whose plan runs that questions wait: on Mondays and Thursdays, once; return how many were told.

    Before eight in the morning, and on other days, nobody is told anything.
    """
    moment = timezone.localtime(at)
    today = moment.date()
    if today.weekday() not in REMINDER_WEEKDAYS or moment.hour < REMINDER_HOUR:
        return 0
    plans = FollowUpPlan.objects.filter(enrolment__closed_at=None).exclude(reminded_on=today)
    told = 0
    for plan in plans.select_related("enrolment__user", "enrolment__edition").iterator():
        told += is_running(plan.day, today) and _remind(plan, today, moment)
    return told


@transaction.atomic
def _remind(plan: FollowUpPlan, today: dt.date, moment: dt.datetime) -> bool:
    fill_cards(plan.enrolment, at=moment)
    claimed = FollowUpPlan.objects.filter(pk=plan.pk).exclude(reminded_on=today).update(reminded_on=today)
    user = plan.enrolment.user
    if not claimed or not recall_stand(user, today=today).now:
        return False
    notify([user.pk], kind=RECALL_DUE, object=plan, path=reverse("learning:recall"), by=None)
    return True
