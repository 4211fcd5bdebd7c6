"""The counters of an enrolment, kept with every change so that no screen scans progress."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict, dataclass

from django.db.models import QuerySet

from core.prepared import Slots, prepared
from courses.catalogue.queries import Outline
from courses.learning.models import Enrolment, LessonProgress


def done_lessons(enrolment: Enrolment) -> set[int]:
    """Return the ids of the lessons of the present edition that are done; those of former editions stay where they were."""
    here = LessonProgress.objects.filter(enrolment=enrolment, item__edition=enrolment.edition_id)
    done = here.exclude(completed_at=None)
    return set(done.values_list("item_id", flat=True))


def progress_of(enrolment: Enrolment) -> dict[int, dt.datetime | None]:
    """Return the lessons that were opened, by id, with the moment at which each was done."""
    return dict(_progress.rows(None, enrolment=enrolment.pk))


@prepared
def _progress(slot: Slots, _variant: None) -> QuerySet[LessonProgress, tuple[int, dt.datetime | None]]:
    opened = LessonProgress.objects.filter(enrolment=slot("enrolment"))
    return opened.values_list("item_id", "completed_at")


@dataclass(frozen=True)
class Counters:
    """How far somebody is in an edition: lessons and modules done, and the minutes that are left."""

    lessons_done: int
    lessons_total: int
    modules_done: int
    minutes_left: int


def count(outline: Outline, done: Collection[int]) -> Counters:
    """Return the counters for the lessons (by id) that are done."""
    left = [lesson for lesson in outline.lessons if lesson.id not in done]
    return Counters(
        lessons_done=len(outline.lessons) - len(left),
        lessons_total=len(outline.lessons),
        modules_done=sum(
            all(lesson.id in done for lesson in outline.lessons_of(module)) for module in outline.modules
        ),
        minutes_left=sum(lesson.minutes for lesson in left),
    )


def recount(enrolment: Enrolment, outline: Outline, *, now: dt.datetime) -> bool:
    """Bring the counters in line with the lessons that are done; say whether the course was finished just now."""
    counters = count(outline, done_lessons(enrolment))
    for name, value in asdict(counters).items():
        setattr(enrolment, name, value)
    finished_now = counters.lessons_done == counters.lessons_total and enrolment.finished_at is None
    if finished_now:
        enrolment.finished_at = now
    enrolment.save(update_fields=[*asdict(counters), "finished_at", "updated_at"])
    return finished_now
