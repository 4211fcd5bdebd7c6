"""Coaching moments on the trainer's desk and on the learner's plan: which are late, which to plan, which are planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, DateField, DateTimeField, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Somebody
from core.prepared import Slot, Slots
from courses.learning.models import CoachingMoment, Meeting, MeetingKind, PracticeSample, SeatState
from courses.learning.plan import days_late
from courses.learning.queries.coached import coached_by
from courses.learning.queries.plan import moment_name

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

SOON = dt.timedelta(weeks=3)
JUST_HELD = dt.timedelta(weeks=2)
MOST_SHOWN = 100


class WithSample(TypedDict):
    """What a row adds: the newest sample that was handed in for the moment."""

    sample_id: int | None


type ListedMoment = "WithAnnotations[CoachingMoment, WithSample]"


def own_moments(learner: User) -> QuerySet[CoachingMoment]:
    """Return the coaching moments of somebody's own open enrolments."""
    return CoachingMoment.objects.filter(enrolment__user=learner, enrolment__closed_at=None)


def moments_to_coach(trainer: Somebody) -> QuerySet[CoachingMoment]:
    """Return the coaching moments of the people whom this trainer coaches."""
    return CoachingMoment.objects.filter(enrolment__in=coached_by(trainer).values("pk"))


@dataclass(frozen=True)
class Clock:
    """The moment for which the conditions below hold: values, or slots of a prepared question that take them."""

    now: dt.datetime | Slot
    today: dt.date | Slot
    soon: dt.date | Slot

    @classmethod
    def at(cls, now: dt.datetime) -> Clock:
        """Return it for this moment."""
        today = timezone.localdate(now)
        return cls(now, today, today + SOON)

    @classmethod
    def asked(cls, slot: Slots) -> Clock:
        """Return it for a prepared question, which then asks for `now`, `today` and `soon`."""
        return cls(slot("now", DateTimeField()), slot("today", DateField()), slot("soon", DateField()))


def is_planned(when: Clock) -> Q:
    """Return the condition that a moment has a meeting that is still to end."""
    return Q(meeting__cancelled_at=None, meeting__ends_at__gt=when.now)


def is_late(when: Clock) -> Q:
    """Return the condition that a moment was not held, is not planned, and its week is over."""
    return Q(held_at=None, due_on__lt=when.today) & ~is_planned(when)


def is_to_plan(when: Clock) -> Q:
    """Return the condition that a moment is due within three weeks, or today, and has no meeting."""
    soon = Q(held_at=None, due_on__gte=when.today, due_on__lte=when.soon)
    return soon & (Q(meeting=None) | Q(meeting__cancelled_at__isnull=False))


def is_to_note(when: Clock) -> Q:
    """Return the condition that a moment's meeting is over while nobody noted that it was held, and it is not late yet."""
    over = Q(meeting__cancelled_at=None, meeting__ends_at__lte=when.now)
    return Q(held_at=None, due_on__gte=when.today) & over


@dataclass(frozen=True)
class MomentRow:
    """One coaching moment as a trainer sees it: whose, which, how late (days), when in words, what the learner wishes."""

    pk: int
    name: str
    course: str
    cohort: str
    title: str
    due: dt.date
    late: int
    when: str
    wish: str
    meeting: int | None
    enrolment: int
    sample: int | None


@dataclass(frozen=True)
class CoachingDesk:
    """The trainer's coaching, in five lists; `late_total` counts all that are late, shown or not.

    `held` are the last that were noted, to take one back that was noted by mistake.
    """

    late: list[MomentRow]
    to_note: list[MomentRow]
    to_plan: list[MomentRow]
    planned: list[MomentRow]
    held: list[MomentRow]
    late_total: int


def coaching_desk(trainer: User, *, now: dt.datetime | None = None) -> CoachingDesk:
    """Return what a trainer has to do and what is planned; six queries, however many learners."""
    at = now or timezone.now()
    when = Clock.at(at)
    mine = moments_to_coach(trainer)
    late = mine.filter(is_late(when))
    return CoachingDesk(
        late=_rows(late.order_by("due_on", "pk"), at),
        to_note=_rows(mine.filter(is_to_note(when)).order_by("meeting__starts_at", "pk"), at),
        to_plan=_rows(mine.filter(is_to_plan(when)).order_by("due_on", "pk"), at),
        planned=_rows(mine.filter(is_planned(when), held_at=None).order_by("meeting__starts_at", "pk"), at),
        held=_rows(mine.filter(held_at__gte=at - JUST_HELD).order_by("-held_at", "-pk"), at),
        late_total=late.count(),
    )


def _rows(found: QuerySet[CoachingMoment], now: dt.datetime) -> list[MomentRow]:
    handed_in = PracticeSample.objects.filter(moment=OuterRef("pk")).order_by("-pk")
    listed = found.annotate(sample_id=Subquery(handed_in.values("pk")[:1]))
    related = listed.select_related("enrolment__user", "enrolment__edition", "enrolment__cohort", "meeting")
    return [_row(moment, now) for moment in related[:MOST_SHOWN]]


def _row(moment: ListedMoment, now: dt.datetime) -> MomentRow:
    enrolment, meeting = moment.enrolment, moment.meeting
    return MomentRow(
        pk=moment.pk,
        name=enrolment.user.display_name,
        course=enrolment.edition.title,
        cohort=enrolment.cohort.name if enrolment.cohort else "",
        title=moment_name(moment.number),
        due=moment.due_on,
        late=0 if moment.held_at else days_late(moment.due_on, timezone.localdate(now)),
        when=_when(moment),
        wish=moment.wish,
        meeting=meeting.pk if meeting and not meeting.cancelled_at else None,
        enrolment=enrolment.pk,
        sample=moment.sample_id,
    )


def _when(moment: CoachingMoment) -> str:
    """Say when it was held, or when the meeting is or was; empty without either."""
    if moment.held_at is not None:
        return date_format(timezone.localdate(moment.held_at), "j F")
    if moment.meeting is None or moment.meeting.cancelled_at is not None:
        return ""
    start = timezone.localtime(moment.meeting.starts_at)
    words = {"day": date_format(start.date(), "j F"), "time": date_format(start, "H:i")}
    return _("%(day)s at %(time)s") % words


def coaching_offers(moment: CoachingMoment, *, now: dt.datetime | None = None) -> QuerySet[Meeting]:
    """Return the coaching hours of the learner's cohort that are offered, still to begin, and have a seat left."""
    answered = Count("seats", filter=~Q(seats__state=SeatState.DECLINED))
    offered = Meeting.objects.filter(
        cohort=moment.enrolment.cohort_id,
        kind=MeetingKind.COACHING,
        for_everyone=False,
        cancelled_at=None,
        capacity__isnull=False,
        starts_at__gt=now or timezone.now(),
    )
    return offered.annotate(answered=answered).filter(answered__lt=F("capacity")).order_by("starts_at", "pk")


def moments_to_group(trainer: Somebody, chosen: Collection[int]) -> list[CoachingMoment]:
    """Return those of the chosen moments that this trainer coaches, with their learners, by name."""
    found = moments_to_coach(trainer).filter(pk__in=chosen, held_at=None)
    related = found.select_related("enrolment__user", "enrolment__edition", "enrolment__cohort")
    return list(related.order_by("enrolment__user__display_name", "number"))


def late_untold(now: dt.datetime) -> QuerySet[CoachingMoment]:
    """Return late moments about which their trainers were not told, in courses that people still follow."""
    waiting = CoachingMoment.objects.filter(
        is_late(Clock.at(now)), told_late_at=None, enrolment__closed_at=None
    )
    return waiting.select_related("enrolment__course", "enrolment__cohort").order_by("enrolment", "number")
