"""What the member's home shows: one thing to do now, what else waits, and how the wings stand."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import DateField, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission, can
from core import next_steps
from core.next_steps import NextStep
from core.prepared import Slots, prepared
from courses.learning.queries import CourseProgress, progress_for
from intervision.forum.models import Topic
from intervision.forum.reader_queries import news_for
from portal.models import PutOff
from practices.models import Participation
from practices.queries import own_participations

MOST_STEPS = 8
MOST_NEWS = 3


@dataclass(frozen=True)
class Agenda:
    """The steps of a person, in order: the first is what to do now."""

    now: NextStep | None
    others: list[NextStep]
    minutes: int
    waiting: int

    @property
    def count(self) -> int:
        """Return how many steps are shown."""
        return len(self.others) + (1 if self.now else 0)


def agenda_of(user: User) -> Agenda:
    """Return what waits for this person, without what they put off until later."""
    later = set(_put_off.rows(None, user=user.pk, today=timezone.localdate()))
    steps = [step for step in next_steps.collect(user) if step.key not in later]
    shown = steps[:MOST_STEPS]
    return Agenda(
        now=shown[0] if shown else None,
        others=shown[1:],
        minutes=sum(step.minutes or 0 for step in shown),
        waiting=len(steps) - len(shown),
    )


@prepared
def _put_off(slot: Slots, _variant: None) -> QuerySet[PutOff, str]:
    waiting = PutOff.objects.filter(user=slot("user"), until__gt=slot("today", DateField()))
    return waiting.values_list("key", flat=True)


def practice_of(user: User) -> Participation | None:
    """Return the practice to show beside the steps: the newest round's."""
    if not can(user, Permission.VIEW_PRACTICE):
        return None
    return next(iter(own_participations(user)), None)


def course_of(user: User) -> CourseProgress | None:
    """Return the course to show beside the steps: the one worked on last."""
    if not can(user, Permission.FOLLOW_TRAINING):
        return None
    return next(iter(progress_for(user)), None)


def news_of(user: User) -> list[Topic]:
    """Return the topics with posts that this person has not seen, the newest first."""
    if not can(user, Permission.TAKE_PART_IN_INTERVISION):
        return []
    return list(news_for(user, limit=MOST_NEWS))
