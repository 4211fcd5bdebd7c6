"""Exercises as one learner sees them: what is asked, what they gave, what it turned out to be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.permissions import Somebody
from core.prepared import Slots, among, prepared
from courses.catalogue import queries as catalogue
from courses.catalogue.queries import Item, Outline
from courses.exercises.scoring import Given, Kind, QuestionSpec, QuizRules, Tally, percent
from courses.exercises.showing import Asked, ask
from courses.learning.models import Answer, Attempt, Enrolment
from courses.learning.permissions import may_follow
from courses.learning.queries.keys import RegradeNote, judge, keys_in_force, regrade_notes
from media.library.models import Picture

type Instead = dict[int, Given]  # by the id of the question's item


@dataclass(frozen=True)
class QuestionView:
    """A question with what somebody did with it in one attempt."""

    item: Item
    exercise: Item
    asked: Asked
    enrolment_id: int
    number: int
    saved: bool
    alone: bool
    place: int
    total: int
    version: int = 0
    regraded: RegradeNote | None = None

    @property
    def checked(self) -> bool:
        """Say whether the answer is fixed."""
        return self.asked.checked


@dataclass(frozen=True)
class ExerciseView:
    """A quiz, or a question on its own, with how the latest attempt stands.

    `waiting` says that somebody must begin on purpose; `attempts_left` is None without a limit; `seconds_left` is what
    the server's clock leaves until the deadline.
    """

    item: Item
    enrolment_id: int
    number: int
    tally: Tally
    questions: tuple[QuestionView, ...]
    rules: QuizRules
    over: bool = False
    timed_out: bool = False
    passed: bool | None = None
    waiting: bool = False
    overdue: bool = False
    attempts_left: int | None = None
    deadline: dt.datetime | None = None
    seconds_left: int | None = None
    drawn: int = 0

    @property
    def alone(self) -> bool:
        """Say whether this is one question outside a quiz."""
        return self.item.kind == "question"

    @property
    def percent(self) -> int:
        """Return how much is right, in whole per cent."""
        return percent(self.tally.right, self.tally.scored)

    @property
    def may_begin(self) -> bool:
        """Say whether another attempt is allowed."""
        return self.attempts_left is None or self.attempts_left > 0


def exercise_views(
    enrolment: Enrolment, outline: Outline, exercises: Sequence[Item], *, instead: Instead | None = None
) -> dict[str, ExerciseView]:
    """Return the exercises of a lesson by the block that chose them, in a fixed number of queries.

    Two for attempts and answers, one or two more once something was checked, two when a picture is pointed in. `instead` holds what somebody sent and what was
    refused, so that it stands on the screen again.
    """
    if not exercises:
        return {}
    ids = [exercise.id for exercise in exercises]
    latest: dict[int, Attempt] = {}
    for attempt in _attempts.rows(len(ids), enrolment=enrolment.pk, items=ids):
        latest[attempt.item_id] = attempt
    answers: dict[int, list[Answer]] = {attempt.pk: [] for attempt in latest.values()}
    for answer in _answers.rows(len(answers), attempts=list(answers)):
        answers[answer.attempt_id].append(answer)
    found = _Found(
        answers=answers,
        pictures=_pictures(outline, exercises),
        instead=instead or {},
        **_checked_anew(outline, answers),
    )
    return {
        exercise.block_id: _Exercise(enrolment, outline, exercise, latest.get(exercise.id), found).view()
        for exercise in exercises
    }


@prepared
def _attempts(slot: Slots, items: int) -> QuerySet[Attempt]:
    own = Attempt.objects.filter(among("item", "items", items), enrolment=slot("enrolment"))
    return own.order_by("number")


@prepared
def _answers(slot: Slots, attempts: int) -> QuerySet[Answer]:
    return Answer.objects.filter(among("attempt", "attempts", attempts)).order_by("place", "pk")


def _pictures(outline: Outline, exercises: Iterable[Item]) -> dict[int, Picture]:
    specs = (catalogue.question_spec(item) for task in exercises for item in outline.questions_of(task))
    wanted = {spec.picture_id for spec in specs if spec.kind is Kind.HOTSPOT and spec.picture_id}
    return Picture.objects.prefetch_renditions("width-960").in_bulk(wanted) if wanted else {}


@dataclass(frozen=True)
class _Found:
    """What was fetched for all exercises of a lesson at once."""

    answers: dict[int, list[Answer]]
    pictures: dict[int, Picture]
    instead: Instead
    mended: dict[int, QuestionSpec]
    notes: dict[int, RegradeNote]


def _checked_anew(outline: Outline, answers: dict[int, list[Answer]]) -> dict[str, Any]:
    """Return the mended versions of checked questions, and what is said of answers that were checked anew."""
    checked = [answer for rows in answers.values() for answer in rows if answer.checked_at is not None]
    mended = keys_in_force(outline, [outline.by_id[answer.item_id] for answer in checked])
    return {"mended": mended, "notes": regrade_notes(checked) if mended else {}}


class _Exercise:
    """Puts together the view of one exercise."""

    def __init__(
        self,
        enrolment: Enrolment,
        outline: Outline,
        exercise: Item,
        attempt: Attempt | None,
        found: _Found,
    ) -> None:
        self.enrolment, self.outline, self.exercise, self.attempt = enrolment, outline, exercise, attempt
        self.answers = found.answers[attempt.pk] if attempt else []
        self.found = found
        self.rules = catalogue.quiz_rules(exercise)
        self.number = attempt.number if attempt else 1

    def view(self) -> ExerciseView:
        waiting = self.attempt is None and self.rules.announced
        questions = () if waiting else tuple(self._questions())
        now, attempt = timezone.now(), self.attempt
        is_open = attempt is not None and attempt.handed_in_at is None
        deadline = attempt.deadline if attempt and is_open else None
        return ExerciseView(
            item=self.exercise,
            enrolment_id=self.enrolment.pk,
            number=self.number,
            tally=self._tally(questions),
            questions=questions,
            rules=self.rules,
            over=attempt is not None and attempt.handed_in_at is not None,
            timed_out=bool(attempt and attempt.timed_out),
            passed=attempt.passed if attempt else None,
            waiting=waiting,
            overdue=bool(attempt and is_open and attempt.overdue(now)),
            attempts_left=self._attempts_left(),
            deadline=deadline,
            seconds_left=max(int((deadline - now).total_seconds()), 0) if deadline else None,
            drawn=self.rules.draw or len(self.outline.questions_of(self.exercise)),
        )

    def _tally(self, questions: Sequence[QuestionView]) -> Tally:
        return Tally(
            right=sum(view.asked.outcome == "right" for view in questions),
            answered=sum(view.asked.checked for view in questions),
            total=len(questions),
            scored=sum(view.asked.spec.scored for view in questions),
        )

    def _attempts_left(self) -> int | None:
        if self.rules.attempts is None:
            return None
        return max(self.rules.attempts - (self.attempt.number if self.attempt else 0), 0)

    def _questions(self) -> Iterable[QuestionView]:
        """Yield what the attempt drew; before the first attempt, everything."""
        if self.attempt is None:
            items: list[tuple[Item, Answer | None]] = [
                (item, None) for item in self.outline.questions_of(self.exercise)
            ]
        else:
            items = [(self.outline.by_id[answer.item_id], answer) for answer in self.answers]
        for place, (item, answer) in enumerate(items, start=1):
            yield self._question(item, answer, place=place, total=len(items))

    def _question(self, item: Item, answer: Answer | None, *, place: int, total: int) -> QuestionView:
        checked = answer is not None and answer.checked_at is not None
        stored = answer.given if answer else Given()
        spec = catalogue.question_spec(item)
        if checked:
            spec = judge(spec, self.found.mended.get(item.id), stored)
        asked = ask(
            spec,
            stored if checked else self.found.instead.get(item.id, stored),
            name=str(item.id),
            seed=f"{self.enrolment.pk}|{self.exercise.id}|{self.number}|{item.id}",
            checked=checked,
            outcome=answer.outcome if answer else "",
            picture=self.found.pictures.get(spec.picture_id or 0),
        )
        return QuestionView(
            item=item,
            exercise=self.exercise,
            asked=asked,
            enrolment_id=self.enrolment.pk,
            number=self.number,
            saved=answer is not None and not answer.given.empty,
            alone=self.exercise is item,
            place=place,
            total=total,
            version=answer.version if answer else 0,
            regraded=self.found.notes.get(answer.pk) if answer else None,
        )


def answer_at(user: Somebody, *, enrolment: int, exercise: int, question: int, number: int) -> Answer | None:
    """Return somebody's own answer with its attempt, enrolment and edition, in one query; None where there is none."""
    if not may_follow(user):
        return None
    found = Answer.objects.filter(
        item_id=question,
        attempt__item_id=exercise,
        attempt__number=number,
        attempt__enrolment_id=enrolment,
        attempt__enrolment__user_id=user.pk or 0,
        attempt__enrolment__closed_at=None,
    )
    return found.select_related("attempt__enrolment__edition").first()
