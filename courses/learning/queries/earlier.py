"""What somebody did in editions that they no longer follow: it stayed there and can be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from courses.catalogue import queries as catalogue
from courses.catalogue.models import CourseEdition, ItemKind
from courses.catalogue.queries import Item, Outline
from courses.learning.models import Attempt, EditionMove, Enrolment


@dataclass(frozen=True)
class EarlierLesson:
    """A lesson of a former edition in which something stayed: `done`, how many answers and thoughts."""

    title: str
    url: str
    done: bool
    attempts: int
    thoughts: int


@dataclass(frozen=True)
class EarlierEdition:
    """A former edition: until when somebody followed it, and where something of theirs stayed."""

    number: int
    until: dt.datetime
    lessons: tuple[EarlierLesson, ...]


def moves_of(enrolment: Enrolment) -> QuerySet[EditionMove]:
    """Return the moves of one learner, the newest first."""
    return enrolment.moves.select_related("before", "after").order_by("-moved_at", "-pk")


def earlier_editions(enrolment: Enrolment) -> list[EarlierEdition]:
    """Return the editions that somebody followed before, the latest first, each once."""
    progress = dict(enrolment.progress.values_list("item_id", "completed_at"))
    attempts = list(Attempt.objects.filter(enrolment=enrolment).values_list("item_id", flat=True))
    thoughts = list(enrolment.reflections.values_list("item_id", flat=True))
    found: dict[int, EarlierEdition] = {}
    for move in moves_of(enrolment):
        if move.before_id in found or move.before_id == enrolment.edition_id:
            continue
        outline = catalogue.outline(move.before.pk, move.before.uuid)
        lessons = (_lesson(enrolment, outline, row, progress, attempts, thoughts) for row in outline.lessons)
        kept = tuple(row for row in lessons if row is not None)
        found[move.before_id] = EarlierEdition(outline.number, move.moved_at, kept)
    return list(found.values())


def _lesson(
    enrolment: Enrolment,
    outline: Outline,
    lesson: Item,
    progress: dict[int, dt.datetime | None],
    attempts: Iterable[int],
    thoughts: Iterable[int],
) -> EarlierLesson | None:
    exercises = {item.id for item in outline.exercises_of(lesson)}
    answered = sum(pk in exercises for pk in attempts)
    thought = sum(pk == lesson.id for pk in thoughts)
    if lesson.id not in progress and not answered and not thought:
        return None
    url = reverse("learning:earlier_lesson", args=[enrolment.pk, lesson.id])
    return EarlierLesson(lesson.title, url, bool(progress.get(lesson.id)), answered, thought)


def earlier_lesson_of(enrolment: Enrolment, item_id: int) -> tuple[Outline, Item] | None:
    """Return a lesson of an edition that somebody followed before, with its outline; None for any other item."""
    former = CourseEdition.objects.filter(
        pk__in=enrolment.moves.values("before"), items=item_id, items__kind=ItemKind.LESSON
    ).first()
    if former is None:
        return None
    outline = catalogue.outline(former.pk, former.uuid)
    return outline, outline.by_id[item_id]
