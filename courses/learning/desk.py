"""The trainer's list: who is where in the course. Progress only; nobody's reflections, nobody's single answers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import ScopeKind
from accounts.permissions import Permission, Somebody, scope_ids
from courses.catalogue.models import CourseEdition
from courses.learning.models import Enrolment
from courses.learning.queries import outline_of, position_of

PAGE_SIZE = 25
KEY = re.compile(r"\d{1,17}_\d{1,18}", re.ASCII)
QUIET_AFTER = dt.timedelta(days=14)


def learners_visible_to(user: Somebody) -> QuerySet[Enrolment]:
    """Return the open enrolments that a trainer may see: all, or those of the cohorts that their role is for."""
    cohorts = scope_ids(user, Permission.SEE_LEARNERS, ScopeKind.COHORT)
    found = Enrolment.objects.filter(closed_at=None)
    return found if cohorts is None else found.filter(cohort__in=cohorts)


@dataclass(frozen=True)
class LearnerRow:
    """One learner in one course."""

    pk: int
    name: str
    work_title: str
    course: str
    edition: int
    module_number: int
    module: str
    lesson: str
    done: int
    total: int
    minutes_left: int
    last_active: dt.datetime
    finished: bool
    quiet: bool


@dataclass(frozen=True)
class Page:
    """A page of the list by key: `older` and `newer` are the keys to go on from, empty at the ends."""

    rows: list[LearnerRow]
    older: str
    newer: str


FILTERS: dict[str, Q] = {
    "all": Q(),
    "busy": Q(finished_at=None),
    "finished": Q(finished_at__isnull=False),
}


def filtered(found: QuerySet[Enrolment], *, state: str, course: int | None) -> QuerySet[Enrolment]:
    """Narrow the list to a state (all, busy, quiet, finished) and a course."""
    if course is not None:
        found = found.filter(course_id=course)
    if state == "quiet":
        return found.filter(finished_at=None, last_active_at__lt=timezone.now() - QUIET_AFTER)
    return found.filter(FILTERS.get(state, Q()))


def page_of(found: QuerySet[Enrolment], *, before: str = "", after: str = "") -> Page:
    """Return a page of learners, the most recently active first, in one query.

    `before` and `after` are keys of `Page`: go on to older ones after a key, back to newer ones before it.
    """
    backwards = bool(before)
    keyed = _beyond(found, before or after, backwards=backwards)
    order = ("last_active_at", "id") if backwards else ("-last_active_at", "-id")
    rows = list(keyed.select_related("user", "edition").order_by(*order)[: PAGE_SIZE + 1])
    more = len(rows) > PAGE_SIZE
    rows = rows[:PAGE_SIZE]
    if backwards:
        rows.reverse()
    has_older, has_newer = (True, more) if backwards else (more, bool(after))
    return Page(
        rows=list(_rows(rows)),
        older=_key(rows[-1]) if rows and has_older else "",
        newer=_key(rows[0]) if rows and has_newer else "",
    )


def _beyond(found: QuerySet[Enrolment], key: str, *, backwards: bool) -> QuerySet[Enrolment]:
    moment, _mark, number = key.partition("_")
    if not KEY.fullmatch(key):
        return found
    at, pk = dt.datetime.fromtimestamp(int(moment) / 1_000_000, dt.UTC), int(number)
    if backwards:
        return found.filter(Q(last_active_at__gt=at) | Q(last_active_at=at, id__gt=pk))
    return found.filter(Q(last_active_at__lt=at) | Q(last_active_at=at, id__lt=pk))


def _key(enrolment: Enrolment) -> str:
    moment = enrolment.last_active_at - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    return f"{moment // dt.timedelta(microseconds=1)}_{enrolment.pk}"


def _rows(enrolments: Iterable[Enrolment]) -> Iterable[LearnerRow]:
    now = timezone.now()
    for enrolment in enrolments:
        outline = outline_of(enrolment)
        lesson, _anchor = position_of(enrolment, outline)
        module = outline.module_of(lesson)
        yield LearnerRow(
            pk=enrolment.pk,
            name=enrolment.user.display_name,
            work_title=enrolment.user.work_title,
            course=outline.title,
            edition=outline.number,
            module_number=outline.modules.index(module) + 1,
            module=module.title,
            lesson=lesson.title,
            done=enrolment.lessons_done,
            total=enrolment.lessons_total,
            minutes_left=enrolment.minutes_left,
            last_active=enrolment.last_active_at,
            finished=enrolment.finished_at is not None,
            quiet=enrolment.finished_at is None and now - enrolment.last_active_at > QUIET_AFTER,
        )


def courses_followed(found: QuerySet[Enrolment]) -> list[tuple[int, str]]:
    """Return the courses that these learners follow: the page's primary key and the newest title."""
    editions = CourseEdition.objects.filter(course__in=found.order_by().values("course").distinct())
    titles = dict(editions.order_by("number").values_list("course_id", F("title")))
    return sorted(titles.items(), key=lambda pair: pair[1])
