"""Reading editions. An edition never changes, so what is read of it is kept in the process."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from wagtail.models import Page, Revision, RevisionMixin

from courses.catalogue import rendering
from courses.catalogue.files import editions_showing
from courses.catalogue.models import CourseEdition, CoursePage, EditionItem, ItemKind
from courses.exercises.models import Question
from courses.exercises.scoring import QuestionSpec, QuizRules
from pages.models import Source

KEEP_RENDERED = 600  # seconds; pictures and the checking of sources are read anew after that


@dataclass(frozen=True)
class Rule:
    """The conditions under which a module or lesson opens; all that are set must hold.

    `after` is the key of another item, `on` a date, `days` a number of days after the start, `day` the training day.
    """

    after: str = ""
    on: dt.date | None = None
    days: int = 0
    day: bool = False

    @classmethod
    def pinned(cls, stored: dict[str, Any]) -> Rule | None:
        """Return the rule as an item holds it, None when nothing is asked."""
        if not stored:
            return None
        on = dt.date.fromisoformat(stored["on"]) if stored.get("on") else None
        return cls(stored.get("after", ""), on, stored.get("days", 0), stored.get("day", False))


@dataclass(frozen=True)
class Item:
    """An item of an edition, as screens and progress need it."""

    id: int
    parent_id: int | None
    kind: str
    key: str
    block_id: str
    slug: str
    title: str
    minutes: int
    revision_id: int
    rule: Rule | None = None


@dataclass(frozen=True)
class Outline:
    """Everything that an edition holds, in order."""

    edition_id: int
    uuid: UUID
    number: int
    language: str
    slug: str
    title: str
    items: tuple[Item, ...]

    @cached_property
    def by_id(self) -> dict[int, Item]:
        """Return the items by their primary key."""
        return {item.id: item for item in self.items}

    @cached_property
    def _below(self) -> dict[int | None, tuple[Item, ...]]:
        found: dict[int | None, list[Item]] = {}
        for item in self.items:
            found.setdefault(item.parent_id, []).append(item)
        return {parent: tuple(below) for parent, below in found.items()}

    @cached_property
    def modules(self) -> tuple[Item, ...]:
        """Return the modules in order."""
        return tuple(item for item in self.items if item.kind == ItemKind.MODULE)

    @cached_property
    def lessons(self) -> tuple[Item, ...]:
        """Return the lessons of all modules in order."""
        return tuple(item for item in self.items if item.kind == ItemKind.LESSON)

    @cached_property
    def has_rules(self) -> bool:
        """Say whether anything in this edition opens later than the rest."""
        return any(item.rule for item in self.items)

    def waits(self, lesson: Item) -> bool:
        """Say whether this lesson, or its module, opens later than the rest."""
        return bool(lesson.rule or self.module_of(lesson).rule)

    def below(self, item: Item, *kinds: ItemKind) -> tuple[Item, ...]:
        """Return what stands directly below an item, of these kinds (of any kind when none is named)."""
        return tuple(found for found in self._below.get(item.id, ()) if not kinds or found.kind in kinds)

    def lessons_of(self, module: Item) -> tuple[Item, ...]:
        """Return the lessons of one module in order."""
        return self.below(module, ItemKind.LESSON)

    def questions_of(self, exercise: Item) -> tuple[Item, ...]:
        """Return the questions of a quiz; a question on its own is its only one."""
        if exercise.kind == ItemKind.QUESTION:
            return (exercise,)
        return self.below(exercise, ItemKind.QUESTION)

    def exercises_of(self, lesson: Item) -> tuple[Item, ...]:
        """Return the quizzes and questions that a lesson's blocks choose."""
        return self.below(lesson, ItemKind.QUIZ, ItemKind.QUESTION)

    def lesson_at(self, module_slug: str, lesson_slug: str) -> Item | None:
        """Return the lesson at this address within the edition."""
        for lesson in self.lessons:
            if lesson.slug == lesson_slug and self.module_of(lesson).slug == module_slug:
                return lesson
        return None

    def module_of(self, lesson: Item) -> Item:
        """Return the module that a lesson stands in."""
        return self.by_id[lesson.parent_id or 0]

    def lessons_around(self, item: Item) -> tuple[Item, ...]:
        """Return the lessons that an item belongs to: all of a course or module, the one that shows anything else."""
        if item.kind == ItemKind.COURSE:
            return self.lessons
        return self.lessons_of(item) if item.kind == ItemKind.MODULE else (self.lesson_of(item),)

    def lesson_of(self, item: Item) -> Item:
        """Return the lesson in which an item stands; the item itself when it is one."""
        while item.kind != ItemKind.LESSON:
            item = self.by_id[item.parent_id or 0]
        return item


def outline(edition_id: int, uuid: UUID) -> Outline:
    """Return the outline of an edition; `uuid` keeps what is kept apart for ever."""
    return _outline(edition_id, uuid)


@lru_cache(maxsize=128)
def _outline(edition_id: int, uuid: UUID) -> Outline:
    edition = CourseEdition.objects.get(pk=edition_id, uuid=uuid)
    fields = ("id", "parent_id", "kind", "key", "block_id", "slug", "title", "minutes", "revision_id", "rule")
    rows = EditionItem.objects.filter(edition=edition).order_by("position").values(*fields)
    return Outline(
        edition_id=edition.pk,
        uuid=edition.uuid,
        number=edition.number,
        language=edition.language,
        slug=edition.slug,
        title=edition.title,
        items=tuple(Item(**{**row, "rule": Rule.pinned(row["rule"])}) for row in rows),
    )


def newest_edition(course: CoursePage) -> CourseEdition | None:
    """Return the edition that somebody who starts now gets."""
    found: CourseEdition | None = course.editions.order_by("-number").first()
    return found


def pinned_course(outline: Outline) -> CoursePage:
    """Return the course page as this edition pinned it, for its overview; kept in the process for ten minutes."""
    return _pinned_course(outline.edition_id, outline.uuid, int(time.monotonic() // KEEP_RENDERED))


@lru_cache(maxsize=64)
def _pinned_course(edition_id: int, uuid: UUID, _moment: int) -> CoursePage:
    course = next(item for item in _outline(edition_id, uuid).items if item.kind == ItemKind.COURSE)
    page: CoursePage = Revision.objects.get(pk=course.revision_id).as_object()
    return page


@dataclass(frozen=True)
class PinnedLesson:
    """A lesson as it was pinned: its message and the parts of its screen."""

    title: str
    lead: str
    minutes: int
    parts: tuple[rendering.Part, ...]


def pinned_lesson(outline: Outline, lesson: Item) -> PinnedLesson:
    """Return a lesson of an edition, rendered; kept in the process for ten minutes."""
    return _pinned_lesson(outline.edition_id, outline.uuid, lesson.id, int(time.monotonic() // KEEP_RENDERED))


@lru_cache(maxsize=256)
def _pinned_lesson(edition_id: int, uuid: UUID, lesson_id: int, _moment: int) -> PinnedLesson:
    found = _outline(edition_id, uuid)
    lesson = found.by_id[lesson_id]
    page = Revision.objects.get(pk=lesson.revision_id).as_object()
    shown = found.below(lesson, ItemKind.SOURCE, ItemKind.CASE, ItemKind.QUIZ)
    cited = [source for case in shown for source in found.below(case, ItemKind.SOURCE)]
    parts = rendering.lesson_parts(page.body, pinned=_pinned_snippets([*shown, *cited]))
    return PinnedLesson(title=page.title, lead=page.lead, minutes=page.minutes, parts=tuple(parts))


def _pinned_snippets(items: Iterable[Item]) -> dict[tuple[str, int], Any]:
    """Return the pinned texts of sources and cases by model and primary key; sources with the checking of today."""
    revisions = Revision.objects.filter(pk__in=[item.revision_id for item in items])
    versions = [revision.as_object() for revision in revisions]
    sources = {version.pk: version for version in versions if isinstance(version, Source)}
    for today in Source.objects.filter(pk__in=sources):
        for name in ("reviewed_on", "review_due", "verified_at", "verified_facts"):
            setattr(sources[today.pk], name, getattr(today, name))
    return {(version._meta.label_lower, version.pk): version for version in versions}


def question_spec(item: Item) -> QuestionSpec:
    """Return the facts of a pinned question."""
    return _question_spec(item.revision_id, item.key)


def question_spec_at(revision_id: int, key: str) -> QuestionSpec:
    """Return the facts of the question of this key at some revision of it, pinned or not."""
    return _question_spec(revision_id, key)


@lru_cache(maxsize=2048)
def _question_spec(revision_id: int, _key: str) -> QuestionSpec:
    spec: QuestionSpec = Revision.objects.get(pk=revision_id).as_object().spec()
    return spec


def marked_for_repeating(keys: Iterable[str]) -> set[str]:
    """Return which of these questions' keys the editors mark as worth repeating today, in any language; one query."""
    prefix = f"{Question._meta.label_lower}:"
    named = {key.removeprefix(prefix): key for key in keys if key.startswith(prefix)}
    marked = Question.objects.filter(translation_key__in=named, worth_repeating=True)
    return {named[str(found)] for found in marked.values_list("translation_key", flat=True)}


def quiz_rules(item: Item) -> QuizRules:
    """Return what holds for a pinned quiz; a question on its own has no rules."""
    return _quiz_rules(item.revision_id, item.key) if item.kind == ItemKind.QUIZ else QuizRules()


@lru_cache(maxsize=512)
def _quiz_rules(revision_id: int, _key: str) -> QuizRules:
    rules: QuizRules = Revision.objects.get(pk=revision_id).as_object().rules
    return rules


def editions_holding(thing: models.Model) -> models.QuerySet[CourseEdition]:
    """Return the editions that pin a revision of this page or snippet, or of a page below it, or show this file."""
    showing = editions_showing(thing)
    if not isinstance(thing, RevisionMixin):
        return showing
    things = thing.get_descendants(inclusive=True) if isinstance(thing, Page) else [thing]
    held = EditionItem.objects.filter(
        revision__base_content_type=thing.get_base_content_type(),
        revision__object_id__in=[str(found.pk) for found in things],
    )
    return CourseEdition.objects.filter(Q(pk__in=held.values("edition")) | Q(pk__in=showing.values("pk")))
