"""Where statements come from: the rows of this room, read in pieces.

*Streams* only grow; how far one was told is a moment and an id. *Facts* can be taken back: attendance, a coaching moment, a
certificate; what was told of them is kept row by row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from courses.catalogue import queries as catalogue
from courses.catalogue.models import CourseEdition, ItemKind
from courses.learning.models import (
    Answer,
    Attempt,
    Certificate,
    CoachingMoment,
    Enrolment,
    LessonProgress,
    Seat,
)
from courses.learning.queries.following import outline_of
from courses.learning.records.statements import Activity, ActivityType, Happening, Verb

TYPES = {
    ItemKind.LESSON: ActivityType.LESSON,
    ItemKind.QUIZ: ActivityType.QUIZ,
    ItemKind.QUESTION: ActivityType.QUESTION,
}


@dataclass(frozen=True)
class Stream:
    """Happenings that are never taken back, in the order in which they became known.

    `known` is the field that says when; `person` the way from a row to the enrolment ("" when the row is one).
    """

    kind: str
    rows: Callable[[], QuerySet[Any]]
    known: str
    person: str
    tell: Callable[[Any], Happening]

    def after(self, at: dt.datetime, row: int, *, before: dt.datetime) -> QuerySet[Any]:
        """Return the rows that became known after this moment and id, and before another moment, in order."""
        beyond = Q(**{f"{self.known}__gt": at}) | Q(**{self.known: at, "pk__gt": row})
        found = self.rows().filter(beyond, **{f"{self.known}__lt": before})
        return found.order_by(self.known, "pk")

    def told(self, at: dt.datetime, row: int, **enrolment: Any) -> QuerySet[Any]:
        """Return the rows of these enrolments up to and with this moment and id."""
        within = Q(**{f"{self.known}__lt": at}) | Q(**{self.known: at, "pk__lte": row})
        return self.of(**enrolment).filter(within)

    def of(self, **enrolment: Any) -> QuerySet[Any]:
        """Return the rows of enrolments that meet these conditions, in order."""
        return self.rows().filter(**reach(self.person, enrolment)).order_by(self.known, "pk")


@dataclass(frozen=True)
class Fact:
    """Something that holds or does not hold (any more)."""

    kind: str
    rows: Callable[[], QuerySet[Any]]
    person: str
    tell: Callable[[Any], Happening]

    def of(self, **enrolment: Any) -> QuerySet[Any]:
        """Return the rows of enrolments that meet these conditions, by id."""
        return self.rows().filter(**reach(self.person, enrolment)).order_by("pk")


def reach(person: str, enrolment: dict[str, Any]) -> dict[str, Any]:
    """Return conditions on an enrolment as conditions on a row that leads to it."""
    return {f"{person}__{name}" if person else name: value for name, value in enrolment.items()}


def _course(enrolment: Enrolment) -> Activity:
    outline = outline_of(enrolment)
    course = next(item for item in outline.items if item.kind == ItemKind.COURSE)
    return Activity(ActivityType.COURSE, f"course/{course.key}", outline.title, outline.language)


def _item(enrolment: Enrolment, pk: int) -> tuple[Activity, Activity | None]:
    """Return an item as an activity, and the lesson above it; who moved to a newer edition did some in the former one."""
    outline = outline_of(enrolment)
    if pk not in outline.by_id:
        edition = CourseEdition.objects.get(items=pk)
        outline = catalogue.outline(edition.pk, edition.uuid)
    item = outline.by_id[pk]
    found = _activity(outline.language, item)
    lesson = outline.lesson_of(item)
    return found, None if lesson is item else _activity(outline.language, lesson)


def _activity(language: str, item: Any) -> Activity:
    kind = ItemKind(item.kind)
    return Activity(TYPES[kind], f"{kind}/{item.key}", item.title, language)


def _happening(
    kind: str,
    row: Any,
    enrolment: Enrolment,
    verb: Verb,
    activity: Activity,
    at: dt.datetime,
    *,
    result: dict[str, Any] | None = None,
    parent: Activity | None = None,
) -> Happening:
    return Happening(
        kind=kind,
        row=row.pk,
        user=enrolment.user_id,
        verb=verb,
        activity=activity,
        course=_course(enrolment),
        at=at,
        edition=enrolment.edition.number,
        result=result or {},
        parent=parent,
    )


def _began(row: Enrolment) -> Happening:
    return _happening("began", row, row, Verb.INITIALIZED, _course(row), row.started_at)


def _finished(row: Enrolment) -> Happening:
    at = row.finished_at or row.started_at
    return _happening("finished", row, row, Verb.COMPLETED, _course(row), at, result={"completion": True})


def _opened(row: LessonProgress) -> Happening:
    lesson, _above = _item(row.enrolment, row.item_id)
    return _happening("opened", row, row.enrolment, Verb.EXPERIENCED, lesson, row.opened_at)


def _done(row: LessonProgress) -> Happening:
    lesson, _above = _item(row.enrolment, row.item_id)
    at = row.completed_at or row.opened_at
    return _happening("done", row, row.enrolment, Verb.COMPLETED, lesson, at, result={"completion": True})


def _answered(row: Answer) -> Happening:
    """Tell whether an answer was right, not what it was."""
    enrolment = row.attempt.enrolment
    question, lesson = _item(enrolment, row.item_id)
    result: dict[str, Any] = {"completion": True}
    if row.outcome in {"right", "partly", "wrong"}:
        result["success"] = row.outcome == "right"
    at = row.checked_at or row.created_at
    return _happening("answered", row, enrolment, Verb.ANSWERED, question, at, result=result, parent=lesson)


def _handed_in(row: Attempt) -> Happening:
    quiz, lesson = _item(row.enrolment, row.item_id)
    result: dict[str, Any] = {"completion": True}
    if row.scored:
        result["score"] = {
            "scaled": round(row.right / row.scored, 4),
            "raw": row.right,
            "min": 0,
            "max": row.scored,
        }
    if row.passed is not None:
        result["success"] = row.passed
    verb = {None: Verb.COMPLETED, True: Verb.PASSED, False: Verb.FAILED}[row.passed]
    at = row.handed_in_at or row.created_at
    return _happening("handed_in", row, row.enrolment, verb, quiz, at, result=result, parent=lesson)


def _was_there(row: Seat) -> Happening:
    meeting = Activity(
        ActivityType.MEETING, f"meeting/{row.meeting.uid}", row.meeting.get_kind_display(), _language(row)
    )
    at = row.attended_at or row.meeting.starts_at
    return _happening("seat", row, row.enrolment, Verb.ATTENDED, meeting, at)


def _was_coached(row: CoachingMoment) -> Happening:
    key = f"{_course(row.enrolment).path}/coaching/{row.number}"
    moment = Activity(ActivityType.MEETING, key, f"Coaching {row.number}", _language(row))
    return _happening("coaching", row, row.enrolment, Verb.ATTENDED, moment, row.held_at or row.created_at)


def _certified(row: Certificate) -> Happening:
    enrolment: Enrolment = row.enrolment  # type: ignore[assignment] # the rows have one
    course = _course(enrolment)
    badge = Activity(
        ActivityType.CERTIFICATE, f"{course.path}/certificate", row.course_title, course.language
    )
    return _happening("certificate", row, enrolment, Verb.EARNED, badge, row.earned_at)


def _language(row: Seat | CoachingMoment) -> str:
    return str(row.enrolment.edition.language)


QUIZZES = Q(item__kind=ItemKind.QUIZ)

STREAMS = (
    Stream("began", lambda: Enrolment.objects.select_related("edition"), "created_at", "", _began),
    Stream(
        "opened",
        lambda: LessonProgress.objects.select_related("enrolment__edition"),
        "opened_at",
        "enrolment",
        _opened,
    ),
    Stream(
        "answered",
        lambda: Answer.objects.select_related("attempt__enrolment__edition").exclude(checked_at=None),
        "checked_at",
        "attempt__enrolment",
        _answered,
    ),
    Stream(
        "handed_in",
        lambda: (
            Attempt.objects.filter(QUIZZES).select_related("enrolment__edition").exclude(handed_in_at=None)
        ),
        "handed_in_at",
        "enrolment",
        _handed_in,
    ),
    Stream(
        "done",
        lambda: LessonProgress.objects.select_related("enrolment__edition").exclude(completed_at=None),
        "completed_at",
        "enrolment",
        _done,
    ),
    Stream(
        "finished",
        lambda: Enrolment.objects.select_related("edition").exclude(finished_at=None),
        "finished_at",
        "",
        _finished,
    ),
)
FACTS = (
    Fact(
        "seat",
        lambda: Seat.objects.select_related("enrolment__edition", "meeting").filter(
            attended_at__isnull=False, meeting__cancelled_at=None
        ),
        "enrolment",
        _was_there,
    ),
    Fact(
        "coaching",
        lambda: CoachingMoment.objects.select_related("enrolment__edition").filter(
            Q(meeting=None) | ~Q(enrolment__seats__meeting=F("meeting")), held_at__isnull=False
        ),
        "enrolment",
        _was_coached,
    ),
    Fact(
        "certificate",
        lambda: Certificate.objects.select_related("enrolment__edition").filter(
            enrolment__isnull=False, replaced_at=None, revoked_at=None
        ),
        "enrolment",
        _certified,
    ),
)


def happenings(**enrolment: Any) -> Iterator[Happening]:
    """Yield everything that happened in enrolments that meet these conditions, kind after kind."""
    for source in (*STREAMS, *FACTS):
        for row in source.of(**enrolment).iterator(chunk_size=500):
            yield source.tell(row)
