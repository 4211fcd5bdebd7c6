"""Whether a lesson is open for a learner, and if not, why and what opens it. Pure: nothing here asks the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.catalogue.models import ItemKind
from courses.catalogue.queries import Item, Outline, Rule


class LockKind(StrEnum):
    """What a lesson waits for."""

    LESSON = "lesson"
    MODULE = "module"
    DATE = "date"
    DAY = "day"


@dataclass(frozen=True)
class Standing:
    """What is known about a learner when a lesson asks whether it may open.

    `done` holds the ids of lessons that are done; `started` is the first day of the cohort, or the day on which
    somebody without one began; `trained` says whether they were at the training day.
    """

    done: frozenset[int]
    today: dt.date
    started: dt.date
    trained: bool


@dataclass(frozen=True)
class Lock:
    """Why a lesson is not open yet: it waits for `item`, for `on` or for the training day."""

    kind: LockKind
    item: Item | None = None
    on: dt.date | None = None

    @property
    def sentence(self) -> str:
        """Return why it is locked and what opens it, in the reader's language."""
        if self.kind == LockKind.DATE:
            day = date_format(self.on, "j F Y") if self.on else ""
            return _("This lesson opens on %(day)s.") % {"day": day}
        if self.kind == LockKind.DAY:
            return _(
                "This lesson opens once you have been at the training day and your trainer's list says so."
            )
        title = {"title": self.item.title if self.item else ""}
        if self.kind == LockKind.MODULE:
            return _("This lesson opens once you have done all lessons of “%(title)s”.") % title
        return _("This lesson opens once you have done “%(title)s”.") % title


def lock_on(outline: Outline, lesson: Item, standing: Standing) -> Lock | None:
    """Return what keeps this lesson closed, the module's conditions first; None when it is open.

    A lesson that is done stays open. A condition on something that stands later, or that this edition does not hold,
    counts for nothing: a course can never lock itself up.
    """
    if lesson.id in standing.done:
        return None
    for item in (outline.module_of(lesson), lesson):
        found = _lock(outline, item, item.rule, standing) if item.rule else None
        if found is not None:
            return found
    return None


def _lock(outline: Outline, item: Item, rule: Rule, standing: Standing) -> Lock | None:
    if (waits_for := _not_done(outline, item, rule.after, standing)) is not None:
        kind = LockKind.MODULE if waits_for.kind == ItemKind.MODULE else LockKind.LESSON
        return Lock(kind, item=waits_for)
    if rule.day and not standing.trained:
        return Lock(LockKind.DAY)
    days = [standing.started + dt.timedelta(days=rule.days)] if rule.days else []
    opens = max([*days, *([rule.on] if rule.on else [])], default=standing.today)
    return Lock(LockKind.DATE, on=opens) if opens > standing.today else None


def _not_done(outline: Outline, item: Item, key: str, standing: Standing) -> Item | None:
    """Return the earlier lesson or module of this key while it is not done."""
    for other in outline.items[: outline.items.index(item)] if key else ():
        if other.key == key and other.kind in {ItemKind.MODULE, ItemKind.LESSON}:
            lessons = outline.lessons_of(other) if other.kind == ItemKind.MODULE else (other,)
            holds_it = item in lessons
            return None if holds_it or all(lesson.id in standing.done for lesson in lessons) else other
    return None


def locks(outline: Outline, standing: Standing) -> dict[int, Lock]:
    """Return the locks of an edition by the lesson's id; open lessons are not in it."""
    if not outline.has_rules:
        return {}
    found = ((lesson.id, lock_on(outline, lesson, standing)) for lesson in outline.lessons)
    return {pk: lock for pk, lock in found if lock is not None}


def first_open(outline: Outline, locked: dict[int, Lock], done: frozenset[int] | set[int]) -> Item | None:
    """Return the first lesson that is open and not done, None when there is none."""
    return next((row for row in outline.lessons if row.id not in locked and row.id not in done), None)
