"""The trainer's overview of a cohort: who is stuck where. Progress only; nobody's thoughts, nobody's answers.

What the page costs does not grow with the cohort: counts come from one index, the grid holds one page of people.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import ScopeKind
from accounts.permissions import Permission, Somebody, scope_ids
from courses.catalogue import queries as catalogue
from courses.catalogue.models import CourseEdition
from courses.catalogue.queries import Item, Outline
from courses.learning.models import (
    Certificate,
    CoachingMoment,
    Cohort,
    Enrolment,
    LessonProgress,
    MeetingKind,
    Seat,
)
from courses.learning.paging import Slice, slice_of
from courses.learning.queries.following import outline_of, position_of

QUIET_AFTER = dt.timedelta(days=14)
STATES = ("all", "quiet", "busy", "finished")


def cohorts_overseen_by(user: Somebody) -> QuerySet[Cohort]:
    """Return the cohorts whose learners this person may see, the newest first."""
    cohorts = scope_ids(user, Permission.SEE_LEARNERS, ScopeKind.COHORT)
    found = Cohort.objects.select_related("course")
    return found if cohorts is None else found.filter(pk__in=cohorts)


def learners_in(cohort: Cohort) -> QuerySet[Enrolment]:
    """Return the open enrolments of a cohort."""
    return Enrolment.objects.filter(cohort=cohort, closed_at=None)


@dataclass(frozen=True)
class ModuleStand:
    """How many people are in a module now, and how many of them have been quiet for two weeks or more."""

    number: int
    key: str
    title: str
    here: int
    quiet: int


@dataclass(frozen=True)
class CohortStand:
    """Where the people of a cohort are, taken together."""

    modules: tuple[ModuleStand, ...]
    people: int
    finished: int
    quiet: int

    @property
    def most(self) -> int:
        """Return the largest number in one module, for the bars; at least 1."""
        return max((module.here for module in self.modules), default=0) or 1


def cohort_stand(cohort: Cohort) -> CohortStand:
    """Return where everybody is, in two queries: the people grouped by place, and the editions that they follow."""
    here: dict[str, int] = defaultdict(int)
    quiet: dict[str, int] = defaultdict(int)
    outlines, finished, people = _outlines(cohort), 0, 0
    still = Q(last_active_at__lt=timezone.now() - QUIET_AFTER)
    done = ExpressionWrapper(Q(finished_at__isnull=False), output_field=BooleanField())
    places = learners_in(cohort).annotate(is_done=done).values("edition_id", "position_id", "is_done")
    for row in places.annotate(count=Count("pk"), still=Count("pk", filter=still)).order_by():
        people += row["count"]
        if row["is_done"]:
            finished += row["count"]
            continue
        key = _module_key(outlines[row["edition_id"]], row["position_id"])
        here[key] += row["count"]
        quiet[key] += row["still"]
    modules = modules_of(outlines.values())
    return CohortStand(
        modules=tuple(
            ModuleStand(number, module.key, module.title, here[module.key], quiet[module.key])
            for number, module in enumerate(modules, start=1)
        ),
        people=people,
        finished=finished,
        quiet=sum(quiet.values()),
    )


def _outlines(cohort: Cohort) -> dict[int, Outline]:
    editions = CourseEdition.objects.filter(course=cohort.course_id).values_list("pk", "uuid")
    return {pk: catalogue.outline(pk, uuid) for pk, uuid in editions}


def _module_key(outline: Outline, position: int | None) -> str:
    item = outline.by_id.get(position or 0)
    lesson = outline.lesson_of(item) if item else outline.lessons[0]
    return outline.module_of(lesson).key


def modules_of(outlines: Iterable[Outline]) -> tuple[Item, ...]:
    """Return the modules of these editions as the newest one orders them, and after those what only older ones hold."""
    found: dict[str, Item] = {}
    for outline in sorted(outlines, key=lambda one: -one.number):
        for module in outline.modules:
            found.setdefault(module.key, module)
    return tuple(found.values())


@dataclass(frozen=True)
class Cell:
    """One module of one learner: how many lessons of it are done."""

    number: int
    title: str
    done: int
    total: int

    @property
    def state(self) -> str:
        """Return done, part, none, or absent for a module that this edition does not hold."""
        if not self.total:
            return "absent"
        if self.done == self.total:
            return "done"
        return "part" if self.done else "none"


@dataclass(frozen=True)
class GridRow:
    """One learner of the grid."""

    enrolment: Enrolment
    module: int
    lesson: str
    cells: tuple[Cell, ...]
    days_quiet: int
    trained: bool
    coachings: int
    certified: bool

    @property
    def stuck(self) -> bool:
        """Say whether somebody who is not finished has done nothing for two weeks or more."""
        return self.enrolment.finished_at is None and self.days_quiet >= QUIET_AFTER.days


def filtered(cohort: Cohort, *, state: str, module: str) -> QuerySet[Enrolment]:
    """Narrow the people of a cohort to a state and to the module (by key) in which they are now."""
    found = learners_in(cohort)
    if state == "quiet":
        found = found.filter(finished_at=None, last_active_at__lt=timezone.now() - QUIET_AFTER)
    elif state in {"busy", "finished"}:
        found = found.filter(finished_at__isnull=state == "busy")
    if module:
        places = [
            item.id
            for outline in _outlines(cohort).values()
            for item in outline.items
            if item.kind not in {"course", "module"} and _module_key(outline, item.id) == module
        ]
        found = found.filter(finished_at=None, position__in=places)
    return found


def grid_page(
    found: QuerySet[Enrolment], modules: Sequence[Item], *, before: str = "", after: str = ""
) -> Slice[GridRow]:
    """Return a page of learners with what they did of each module, the longest quiet first; three queries."""
    there = Seat.objects.filter(
        enrolment=OuterRef("pk"),
        attended_at__isnull=False,
        meeting__kind=MeetingKind.TRAINING_DAY,
        meeting__cancelled_at=None,
    )
    certified = Certificate.objects.filter(enrolment=OuterRef("pk"), replaced_at=None, revoked_at=None)
    rows = found.select_related("user", "edition").annotate(
        trained=Exists(there), certified=Exists(certified)
    )
    page = slice_of(rows, "last_active_at", before=before, after=after, oldest_first=True)
    done, held = lessons_done(page.rows), coachings_held(page.rows)
    return Slice(
        rows=[_grid_row(row, modules, done[row.pk], held[row.pk]) for row in page.rows],
        older=page.older,
        newer=page.newer,
    )


def lessons_done(enrolments: Sequence[Enrolment]) -> dict[int, set[int]]:
    """Return the lessons that are done, by enrolment; one query."""
    found: dict[int, set[int]] = defaultdict(set)
    progress = LessonProgress.objects.filter(enrolment__in=enrolments, completed_at__isnull=False)
    for enrolment, item in progress.values_list("enrolment_id", "item_id"):
        found[enrolment].add(item)
    return found


def coachings_held(enrolments: Sequence[Enrolment]) -> dict[int, int]:
    """Return how many coaching moments were held, by enrolment; one query."""
    found: dict[int, int] = defaultdict(int)
    held = CoachingMoment.objects.filter(enrolment__in=enrolments, held_at__isnull=False)
    for enrolment in held.values_list("enrolment_id", flat=True):
        found[enrolment] += 1
    return found


def _grid_row(row: Enrolment, modules: Sequence[Item], done: set[int], held: int) -> GridRow:
    outline = outline_of(row)
    lesson, _anchor = position_of(row, outline)
    here = outline.module_of(lesson).key
    return GridRow(
        enrolment=row,
        module=next((number for number, one in enumerate(modules, start=1) if one.key == here), 0),
        lesson=lesson.title,
        cells=cells_of(outline, modules, done),
        days_quiet=(timezone.now() - row.last_active_at).days,
        trained=row.trained,  # type: ignore[attr-defined] # annotated by `grid_page`
        coachings=held,
        certified=row.certified,  # type: ignore[attr-defined] # annotated by `grid_page`
    )


def cells_of(outline: Outline, modules: Sequence[Item], done: set[int]) -> tuple[Cell, ...]:
    """Return what is done of each of these modules in an edition."""
    own = {module.key: module for module in outline.modules}
    return tuple(_cell(outline, own.get(one.key), one, number, done) for number, one in enumerate(modules, 1))


def _cell(outline: Outline, own: Item | None, module: Item, number: int, done: set[int]) -> Cell:
    lessons = outline.lessons_of(own) if own else ()
    return Cell(number, module.title, sum(lesson.id in done for lesson in lessons), len(lessons))


def modules_followed(cohort: Cohort) -> tuple[Item, ...]:
    """Return the modules of all editions that a cohort's course has, the newest order first; one query."""
    return modules_of(_outlines(cohort).values())
