"""The parts of a lesson's screen, filled with what one learner did in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from core.prepared import Slots, prepared
from courses.catalogue import queries as catalogue
from courses.catalogue.queries import Item, Outline
from courses.catalogue.rendering import Part
from courses.learning.models import Enrolment, Reflection
from courses.learning.queries.exercises import ExerciseView, Instead, exercise_views

NOTHING_WRITTEN = ("", 0)


@dataclass(frozen=True)
class PartView:
    """A part of a lesson's screen with what the learner did in it."""

    kind: str
    block_id: str
    html: str = ""
    title: str = ""
    text: str = ""
    exercise: ExerciseView | None = None
    reflection: str = ""
    version: int = 0


def part_views(
    enrolment: Enrolment, outline: Outline, lesson: Item, *, instead: Instead | None = None
) -> list[PartView]:
    """Return the parts of a pinned lesson, filled with what this learner did; `instead` as in `exercise_views`."""
    pinned = catalogue.pinned_lesson(outline, lesson)
    exercises = exercise_views(enrolment, outline, outline.exercises_of(lesson), instead=instead)
    reflections = _reflections(enrolment, lesson) if any(p.kind == "reflection" for p in pinned.parts) else {}
    return filled(pinned.parts, exercises, reflections)


def filled(
    parts: Iterable[Part], exercises: Mapping[str, ExerciseView], reflections: Mapping[str, tuple[str, int]]
) -> list[PartView]:
    """Return parts with what was done in them, by block: exercises, and thoughts with their version."""
    views = []
    for part in parts:
        if part.kind in {"html", "reflection"} or part.block_id in exercises:
            thought, version = reflections.get(part.block_id, NOTHING_WRITTEN)
            view = PartView(
                kind=part.kind,
                block_id=part.block_id,
                html=part.html,
                title=part.title,
                text=part.text,
                exercise=exercises.get(part.block_id),
                reflection=thought,
                version=version,
            )
            views.append(view)
    return views


def _reflections(enrolment: Enrolment, lesson: Item) -> dict[str, tuple[str, int]]:
    rows = _thoughts.rows(None, enrolment=enrolment.pk, lesson=lesson.id)
    return {block: (text, version) for block, text, version in rows}


@prepared
def _thoughts(slot: Slots, _variant: None) -> QuerySet[Reflection, tuple[str, str, int]]:
    found = Reflection.objects.filter(enrolment=slot("enrolment"), item=slot("lesson"))
    return found.values_list("block_id", "text", "version")
