"""What learners do: start, open, answer, finish. Each in one transaction, safe to send twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from courses.catalogue import queries as catalogue
from courses.catalogue.models import CoursePage
from courses.catalogue.queries import Item, Outline
from courses.exercises.scoring import accept, score
from courses.learning import happenings
from courses.learning.errors import NotAllowedError
from courses.learning.models import Answer, Attempt, Enrolment, LessonProgress, Reflection
from courses.learning.opening import Lock
from courses.learning.permissions import may_enrol, may_learn
from courses.learning.progress import recount
from courses.learning.queries import locks_of, outline_of
from patientdata import gate

ACTIVE_AGAIN_AFTER = dt.timedelta(minutes=10)


class NothingToFollowError(Exception):
    """The course has no edition yet."""


class AttemptOverError(Exception):
    """The answer belongs to an attempt that is handed in, or to one that was never begun."""


class LockedError(Exception):
    """The lesson is not open yet; `lock` says what it waits for."""

    def __init__(self, lesson: Item, lock: Lock) -> None:
        super().__init__(lesson.id, lock.kind)
        self.lesson = lesson
        self.lock = lock


def _require_open(enrolment: Enrolment, outline: Outline, lesson: Item) -> None:
    """Raise LockedError for a lesson that is not open yet; asks nothing where an edition has no rules."""
    lock = locks_of(enrolment, outline).get(lesson.id)
    if lock is not None:
        raise LockedError(lesson, lock)


def enrol(course: CoursePage, *, by: User) -> Enrolment:
    """Start a course with its newest edition; somebody who follows it already keeps the enrolment they have.

    Raises NotAllowedError when the course is by invitation only, NothingToFollowError before its first edition.
    """
    existing = Enrolment.objects.filter(user=by, course=course, closed_at=None).first()
    if existing is not None:
        return existing
    if not may_enrol(by, course):
        raise NotAllowedError
    try:
        return _enrol(course, by=by)
    except IntegrityError:
        # Another tab was first; what it made is what counts.
        return Enrolment.objects.get(user=by, course=course, closed_at=None)


@transaction.atomic
def _enrol(course: CoursePage, *, by: User) -> Enrolment:
    edition = catalogue.newest_edition(course)
    if edition is None:
        raise NothingToFollowError
    outline = catalogue.outline(edition.pk, edition.uuid)
    enrolment = Enrolment.objects.create(
        user=by,
        course=course,
        edition=edition,
        position_id=outline.lessons[0].id,
        lessons_total=len(outline.lessons),
        minutes_left=sum(lesson.minutes for lesson in outline.lessons),
    )
    audit.record("learning.enrolled", by=by, obj=enrolment, after={"edition": edition.pk})
    return enrolment


@transaction.atomic
def open_lesson(enrolment: Enrolment, lesson: Item, *, opened: bool, at_lesson: bool, by: User) -> None:
    """Remember that somebody is in this lesson; writes only what is not known yet.

    `opened` says that the lesson was opened before, `at_lesson` that the enrolment's position lies in it.
    """
    if not may_learn(by, enrolment):
        raise NotAllowedError
    if not opened:
        LessonProgress.objects.get_or_create(enrolment=enrolment, item_id=lesson.id)
    now = timezone.now()
    if not at_lesson:
        _move(enrolment, lesson.id, now=now)
    elif was_away(enrolment):
        Enrolment.objects.filter(pk=enrolment.pk).update(last_active_at=now)


def was_away(enrolment: Enrolment) -> bool:
    """Say whether the last activity lies so far back that it is worth writing down the present one."""
    return timezone.now() - enrolment.last_active_at > ACTIVE_AGAIN_AFTER


def _move(enrolment: Enrolment, item_id: int, *, now: dt.datetime, block_id: str = "") -> None:
    enrolment.position_id, enrolment.position_block, enrolment.last_active_at = item_id, block_id, now
    enrolment.save(update_fields=["position", "position_block", "last_active_at"])


@transaction.atomic
def save_answer(
    enrolment: Enrolment,
    exercise: Item,
    question: Item,
    *,
    number: int,
    chosen: Iterable[str],
    check: bool,
    by: User,
) -> Answer:
    """Store what somebody chose in attempt `number` of an exercise; with `check` fix it and say how good it is.

    The same answer sent twice is stored once; one that was checked stays as it was. Raises AnswerRefusedError for a
    choice that does not fit, AttemptOverError when the attempt is over or not the present one.
    """
    outline = _locked(enrolment, by=by)
    _require_open(enrolment, outline, outline.lesson_of(exercise))
    spec = catalogue.question_spec(question)
    picked = accept(spec, chosen)
    attempt = _open_attempt(enrolment, exercise, number=number, total=len(outline.questions_of(exercise)))
    answer, _made = Answer.objects.get_or_create(attempt=attempt, item_id=question.id)
    if answer.checked_at is not None:
        return answer
    answer.chosen = list(picked)
    if check:
        answer.checked_at, answer.outcome = timezone.now(), score(spec, picked)
    answer.save(update_fields=["chosen", "checked_at", "outcome", "updated_at"])
    if check:
        _hand_in_when_complete(attempt, by=by)
    _move(enrolment, question.id, now=timezone.now())
    return answer


def _locked(enrolment: Enrolment, *, by: User) -> Outline:
    """Lock the enrolment, so that parallel tabs go one after another; return its outline."""
    if not may_learn(by, enrolment):
        raise NotAllowedError
    Enrolment.objects.select_for_update().only("pk").get(pk=enrolment.pk)
    return catalogue.outline(enrolment.edition_id, enrolment.edition.uuid)


def _open_attempt(enrolment: Enrolment, exercise: Item, *, number: int, total: int) -> Attempt:
    latest = enrolment.attempts.filter(item_id=exercise.id).order_by("-number").first()
    if latest is None and number == 1:
        return Attempt.objects.create(enrolment=enrolment, item_id=exercise.id, number=1, total=total)
    if latest is None or latest.number != number or latest.handed_in_at is not None:
        raise AttemptOverError
    return latest


def _hand_in_when_complete(attempt: Attempt, *, by: User) -> None:
    checked = list(attempt.answers.exclude(checked_at=None).values_list("outcome", flat=True))
    attempt.right = checked.count("right")
    if len(checked) >= attempt.total:
        attempt.handed_in_at = timezone.now()
        result = {"right": attempt.right, "total": attempt.total}
        audit.record("learning.attempt_handed_in", by=by, obj=attempt, after=result)
        happenings.tell(attempt.enrolment_id)
    attempt.save(update_fields=["right", "handed_in_at", "updated_at"])


@transaction.atomic
def start_again(enrolment: Enrolment, exercise: Item, *, by: User) -> Attempt:
    """Begin another attempt at an exercise; an open one goes on, so that a double press makes one."""
    outline = _locked(enrolment, by=by)
    _require_open(enrolment, outline, outline.lesson_of(exercise))
    latest = enrolment.attempts.filter(item_id=exercise.id).order_by("-number").first()
    if latest is not None and latest.handed_in_at is None:
        return latest
    number = latest.number + 1 if latest else 1
    total = len(outline.questions_of(exercise))
    return Attempt.objects.create(enrolment=enrolment, item_id=exercise.id, number=number, total=total)


@transaction.atomic
def finish_lesson(enrolment: Enrolment, lesson: Item, *, by: User) -> int:
    """Go on from a lesson; it is done once every question in it was checked. Return how many are still open."""
    outline = _locked(enrolment, by=by)
    _require_open(enrolment, outline, lesson)
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
    _move(enrolment, (following or lesson).id, now=now)
    return still_open


def _unchecked(enrolment: Enrolment, outline: Outline, lesson: Item) -> int:
    wanted = {
        question.id
        for exercise in outline.exercises_of(lesson)
        for question in outline.questions_of(exercise)
    }
    if not wanted:
        return 0
    checked = Answer.objects.filter(attempt__enrolment=enrolment, item_id__in=wanted).exclude(checked_at=None)
    return len(wanted - set(checked.values_list("item_id", flat=True)))


def next_lesson(outline: Outline, lesson: Item) -> Item | None:
    """Return the lesson that follows, in the next module when this was the last of its own."""
    place = outline.lessons.index(lesson)
    return outline.lessons[place + 1] if place + 1 < len(outline.lessons) else None


@transaction.atomic
def save_reflection(
    enrolment: Enrolment, lesson: Item, block_id: str, *, text: str, confirmed: bool, by: User
) -> Reflection:
    """Store what somebody wrote for themselves; raises PatientDataFound when it may identify a patient."""
    if not may_learn(by, enrolment):
        raise NotAllowedError
    _require_open(enrolment, outline_of(enrolment), lesson)
    gate.require_clean("learning.Reflection.text", text, confirmed=confirmed)
    reflection, _made = Reflection.objects.update_or_create(
        enrolment=enrolment, item_id=lesson.id, block_id=block_id, defaults={"text": text}
    )
    _move(enrolment, lesson.id, now=timezone.now(), block_id=block_id)
    return reflection
