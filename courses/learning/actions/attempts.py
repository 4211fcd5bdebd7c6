"""Attempts: begun by the server with their questions drawn, handed in when all is checked or the time is up."""

from __future__ import annotations

import datetime as dt
import random

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from courses.catalogue import queries as catalogue
from courses.catalogue.queries import Item, Outline
from courses.exercises.scoring import Outcome, QuestionSpec, draw, is_whole, score
from courses.learning import happenings
from courses.learning.actions.places import locked, move, require_open
from courses.learning.models import Answer, Attempt, Enrolment
from courses.learning.queries.keys import judge, keys_in_force

_chance = random.SystemRandom()


class AttemptOverError(Exception):
    """The answer belongs to an attempt that is handed in, or to one that was never begun."""


class TimeUpError(AttemptOverError):
    """The time of the attempt is up; what was saved in time is handed in."""


class NoAttemptsLeftError(Exception):
    """Somebody used every attempt that this quiz allows."""


def how_many(outline: Outline, exercise: Item) -> int:
    """Return how many questions an attempt at this exercise has."""
    pool = len(outline.questions_of(exercise))
    return min(pool, catalogue.quiz_rules(exercise).draw or pool)


@transaction.atomic
def begin(enrolment: Enrolment, exercise: Item, *, by: User, number: int | None = None) -> Attempt:
    """Begin an attempt at an exercise; an open one goes on, so that a double press makes one.

    With `number`, one that was begun already is returned even when it is handed in by now: two tabs make one attempt.
    Raises NoAttemptsLeftError, LockedError in a lesson that is not open yet, NotAllowedError for anybody else's enrolment.
    """
    outline = locked(enrolment, by=by)
    require_open(enrolment, outline, outline.lesson_of(exercise))
    latest = enrolment.attempts.filter(item_id=exercise.id).order_by("-number").first()
    if latest is not None and number is not None and latest.number >= number:
        return latest
    if latest is not None and latest.handed_in_at is None and not latest.overdue(timezone.now()):
        return latest
    if latest is not None and latest.handed_in_at is None:
        hand_in(latest, by=by, timed_out=True)
    following = latest.number + 1 if latest else 1
    allowed = catalogue.quiz_rules(exercise).attempts
    if allowed is not None and following > allowed:
        raise NoAttemptsLeftError
    attempt = _make(enrolment, outline, exercise, number=following)
    if catalogue.quiz_rules(exercise).announced:
        audit.record("learning.attempt_begun", by=by, obj=attempt, after={"number": following})
    return attempt


def _make(enrolment: Enrolment, outline: Outline, exercise: Item, *, number: int) -> Attempt:
    rules = catalogue.quiz_rules(exercise)
    questions = draw(outline.questions_of(exercise), rules.draw, chance=_chance)
    limit = dt.timedelta(minutes=rules.minutes) if rules.minutes else None
    attempt = Attempt.objects.create(
        enrolment=enrolment,
        item_id=exercise.id,
        number=number,
        deadline=timezone.now() + limit if limit else None,
        total=len(questions),
        scored=sum(catalogue.question_spec(question).scored for question in questions),
    )
    Answer.objects.bulk_create(
        Answer(attempt=attempt, item_id=question.id, place=place)
        for place, question in enumerate(questions, start=1)
    )
    return attempt


@transaction.atomic
def start_again(enrolment: Enrolment, exercise: Item, *, by: User) -> Attempt:
    """Begin another attempt and stand at its first question."""
    attempt = begin(enrolment, exercise, by=by)
    first = attempt.answers.order_by("place").values_list("item_id", flat=True).first()
    move(enrolment, first or exercise.id, now=timezone.now())
    return attempt


@transaction.atomic
def hand_in(attempt: Attempt, *, by: User | None, timed_out: bool = False) -> Attempt:
    """Close an attempt with what was saved: a whole answer counts, an open place counts as not right.

    Handing in twice does it once; the first time stands.
    """
    attempt = (
        Attempt.objects.select_for_update(of=("self",))
        .select_related("enrolment__edition")
        .get(pk=attempt.pk)
    )
    if attempt.handed_in_at is not None:
        return attempt
    edition = attempt.enrolment.edition
    outline, now = catalogue.outline(edition.pk, edition.uuid), timezone.now()
    open_ones = list(attempt.answers.filter(checked_at=None))
    mended = keys_in_force(outline, [outline.by_id[answer.item_id] for answer in open_ones])
    for answer in open_ones:
        item = outline.by_id[answer.item_id]
        answer.outcome, answer.checked_at = _outcome(item, answer, mended.get(item.id)), now
    Answer.objects.bulk_update(open_ones, ["outcome", "checked_at"])
    _close(attempt, outline, now=now, by=by, timed_out=timed_out)
    return attempt


def _outcome(item: Item, answer: Answer, mended: QuestionSpec | None) -> Outcome:
    spec = judge(catalogue.question_spec(item), mended, answer.given)
    if is_whole(spec, answer.given):
        return score(spec, answer.given)
    return Outcome.WRONG if spec.scored else Outcome.NOTED


def hand_in_when_complete(attempt: Attempt, outline: Outline, *, by: User) -> None:
    """Hand in an attempt (locked by the caller) of which every question is checked; else only count what is right."""
    checked = list(attempt.answers.exclude(checked_at=None).values_list("outcome", flat=True))
    if len(checked) >= attempt.total:
        _close(attempt, outline, now=timezone.now(), by=by)
        return
    attempt.right = checked.count(Outcome.RIGHT)
    attempt.save(update_fields=["right", "updated_at"])


def _close(
    attempt: Attempt, outline: Outline, *, now: dt.datetime, by: User | None, timed_out: bool = False
) -> None:
    attempt.handed_in_at, attempt.timed_out = now, timed_out
    attempt.right = attempt.answers.filter(outcome=Outcome.RIGHT).count()
    rules = catalogue.quiz_rules(outline.by_id[attempt.item_id])
    attempt.passed = rules.passed(right=attempt.right, scored=attempt.scored)
    attempt.save(update_fields=["right", "passed", "handed_in_at", "timed_out", "updated_at"])
    result = {
        "right": attempt.right,
        "scored": attempt.scored,
        "total": attempt.total,
        "passed": attempt.passed,
    }
    audit.record("learning.attempt_handed_in", by=by, obj=attempt, after={**result, "timed_out": timed_out})
    happenings.tell(attempt.enrolment_id)


def hand_in_overdue(now: dt.datetime | None = None) -> int:
    """Hand in every attempt whose time is up; return how many. Run by the clock, so that none stays open."""
    now = now or timezone.now()
    waiting = Attempt.objects.filter(handed_in_at=None, deadline__lt=now).order_by("pk")
    late = [attempt for attempt in waiting.iterator() if attempt.overdue(now)]
    for attempt in late:
        hand_in(attempt, by=None, timed_out=True)
    return len(late)
