"""What learners do: open, finish. Each in one transaction, safe to send twice."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
from core import audit
from courses.catalogue.queries import Item, Outline
from courses.learning import happenings
from courses.learning.actions.attempts import how_many
from courses.learning.actions.places import locked, move, require_open, was_away
from courses.learning.errors import NotAllowedError
from courses.learning.models import Enrolment, LessonProgress
from courses.learning.permissions import may_learn
from courses.learning.progress import recount


def open_lesson(enrolment: Enrolment, lesson: Item, *, opened: bool, at_lesson: bool, by: User) -> None:
    """Remember that somebody is in this lesson; writes only what is not known yet.

    `opened` says that the lesson was opened before, `at_lesson` that the enrolment's position lies in it.
    """
    if not may_learn(by, enrolment):
        raise NotAllowedError
    if not (opened and at_lesson) or was_away(enrolment):
        _note_opening(enrolment, lesson, opened=opened, at_lesson=at_lesson)


@transaction.atomic
def _note_opening(enrolment: Enrolment, lesson: Item, *, opened: bool, at_lesson: bool) -> None:
    if not opened:
        LessonProgress.objects.get_or_create(enrolment=enrolment, item_id=lesson.id)
    now = timezone.now()
    if not at_lesson:
        move(enrolment, lesson.id, now=now)
    elif was_away(enrolment):
        Enrolment.objects.filter(pk=enrolment.pk).update(last_active_at=now)


@transaction.atomic
def finish_lesson(enrolment: Enrolment, lesson: Item, *, by: User) -> int:
    """Go on from a lesson; it is done once every question in it was checked. Return how many are still open."""
    outline = locked(enrolment, by=by)
    require_open(enrolment, outline, lesson)
    still_open = _unchecked(enrolment, outline, lesson)
    now = timezone.now()
    progress, _made = LessonProgress.objects.get_or_create(enrolment=enrolment, item_id=lesson.id)
    if not still_open and progress.completed_at is None:
        progress.completed_at = now
        progress.save(update_fields=["completed_at"])
        if recount(enrolment, outline, now=now):
            audit.record(
                "learning.course_finished", by=by, obj=enrolment, after={"edition": enrolment.edition_id}
            )
        happenings.tell(enrolment)
    following = next_lesson(outline, lesson)
    move(enrolment, (following or lesson).id, now=now)
    return still_open


def _unchecked(enrolment: Enrolment, outline: Outline, lesson: Item) -> int:
    """Count the questions not checked yet in exercises that were never handed in."""
    exercises = {exercise.id: exercise for exercise in outline.exercises_of(lesson)}
    if not exercises:
        return 0
    attempts = enrolment.attempts.filter(item_id__in=exercises)
    left = attempts.annotate(left=Count("answers", filter=Q(answers__checked_at=None)))
    facts = list(left.values_list("item_id", "handed_in_at", "left"))
    done = {item_id for item_id, handed_in_at, _left in facts if handed_in_at is not None}
    begun = {item_id: count for item_id, handed_in_at, count in facts if handed_in_at is None}
    return sum(
        begun.get(item_id, how_many(outline, exercise))
        for item_id, exercise in exercises.items()
        if item_id not in done
    )


def next_lesson(outline: Outline, lesson: Item) -> Item | None:
    """Return the lesson that follows, in the next module when this was the last of its own."""
    place = outline.lessons.index(lesson)
    return outline.lessons[place + 1] if place + 1 < len(outline.lessons) else None
