"""The counters of an enrolment, kept with every change so that no screen scans progress."""

from __future__ import annotations

import datetime as dt

from courses.catalogue.queries import Outline
from courses.learning.models import Enrolment, LessonProgress


def done_lessons(enrolment: Enrolment) -> set[int]:
    """Return the ids of the lessons that are done."""
    done = LessonProgress.objects.filter(enrolment=enrolment).exclude(completed_at=None)
    return set(done.values_list("item_id", flat=True))


def recount(enrolment: Enrolment, outline: Outline, *, now: dt.datetime) -> bool:
    """Bring the counters in line with the lessons that are done; say whether the course was finished just now."""
    done = done_lessons(enrolment)
    left = [lesson for lesson in outline.lessons if lesson.id not in done]
    enrolment.lessons_total = len(outline.lessons)
    enrolment.lessons_done = len(outline.lessons) - len(left)
    enrolment.minutes_left = sum(lesson.minutes for lesson in left)
    enrolment.modules_done = sum(
        all(lesson.id in done for lesson in outline.lessons_of(module)) for module in outline.modules
    )
    finished_now = not left and enrolment.finished_at is None
    if finished_now:
        enrolment.finished_at = now
    enrolment.save(
        update_fields=[
            "lessons_total",
            "lessons_done",
            "minutes_left",
            "modules_done",
            "finished_at",
            "updated_at",
        ]
    )
    return finished_now
