"""What checking a question anew would change, what it changed, and which key holds since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.urls import reverse

from accounts.permissions import Somebody
from courses.catalogue import queries as catalogue
from courses.catalogue.models import ItemKind
from courses.exercises.models import Question
from courses.exercises.scoring import Outcome, is_whole, score
from courses.learning.models import Answer, AnswerOutcome, Attempt, Regrade, RegradedAnswer
from courses.learning.permissions import may_follow
from courses.learning.queries.following import lesson_url, outline_with


@dataclass(frozen=True)
class RegradeRow:
    """An answer whose outcome would change."""

    answer: Answer
    who: str
    course: str
    edition: int
    lesson: str
    before: str
    after: str

    @property
    def before_words(self) -> str:
        """Return what the answer counted as."""
        return str(AnswerOutcome(self.before).label)

    @property
    def after_words(self) -> str:
        """Return what the answer would count as."""
        return str(AnswerOutcome(self.after).label)


@dataclass(frozen=True)
class AttemptChange:
    """An attempt whose result would change to this; what was passed stays passed."""

    attempt: Attempt
    right: int
    passed: bool | None


@dataclass(frozen=True)
class RegradePlan:
    """Everything that checking a question anew would do: a dry run.

    `same` counts answers whose outcome stays, `unknown` those that do not exist in the new version and keep theirs.
    """

    question: Question
    key: str
    revision_id: int
    rows: tuple[RegradeRow, ...] = ()
    attempts: tuple[AttemptChange, ...] = ()
    same: int = 0
    unknown: int = 0
    people: frozenset[int] = field(default=frozenset())

    @property
    def digest(self) -> str:
        """Return what tells one dry run from another, so that only what somebody has seen is done."""
        found = hashlib.sha256(f"{self.revision_id}".encode())
        for row in self.rows:
            found.update(f"|{row.answer.pk}:{row.before}:{row.after}".encode())
        return found.hexdigest()


def answers_to(question: Question) -> QuerySet[Answer]:
    """Return every checked answer to any version of a question, in every edition."""
    held = Answer.objects.filter(
        item__revision__base_content_type=question.get_base_content_type(),
        item__revision__object_id=str(question.pk),
    )
    related = ("attempt__enrolment__user", "attempt__enrolment__edition", "item")
    return held.exclude(checked_at=None).select_related(*related).order_by("attempt__enrolment__user", "pk")


def plan_regrade(question: Question) -> RegradePlan:
    """Say what would change if all answers to this question were judged by its published version."""
    key = f"{question._meta.label_lower}:{question.translation_key}"
    if question.live_revision_id is None:
        return RegradePlan(question, key, 0)
    spec = catalogue.question_spec_at(question.live_revision_id, key)
    rows, same, unknown = [], 0, 0
    for answer in answers_to(question):
        if answer.given.empty or not is_whole(spec, answer.given):
            unknown += 1
        elif (after := score(spec, answer.given)) == answer.outcome:
            same += 1
        else:
            rows.append(_row(answer, after))
    return RegradePlan(
        question=question,
        key=key,
        revision_id=question.live_revision_id,
        rows=tuple(rows),
        attempts=tuple(_attempts(rows)),
        same=same,
        unknown=unknown,
        people=frozenset(row.answer.attempt.enrolment.user_id for row in rows),
    )


def _row(answer: Answer, after: Outcome) -> RegradeRow:
    enrolment = answer.attempt.enrolment
    outline = outline_with(enrolment, answer.item_id)
    return RegradeRow(
        answer=answer,
        who=str(enrolment.user),
        course=outline.title,
        edition=outline.number,
        lesson=outline.lesson_of(outline.by_id[answer.item_id]).title,
        before=answer.outcome,
        after=after,
    )


def _attempts(rows: Iterable[RegradeRow]) -> Iterator[AttemptChange]:
    more: dict[int, int] = {}
    found: dict[int, Attempt] = {}
    for row in rows:
        attempt = row.answer.attempt
        found[attempt.pk] = attempt
        gained = (row.after == Outcome.RIGHT) - (row.before == Outcome.RIGHT)
        more[attempt.pk] = more.get(attempt.pk, 0) + gained
    for pk, attempt in found.items():
        right = attempt.right + more[pk]
        yield AttemptChange(attempt, right=right, passed=_passed(attempt, right))


def _passed(attempt: Attempt, right: int) -> bool | None:
    """Return whether an attempt passes with so many right; what was passed stays passed."""
    if attempt.handed_in_at is None or attempt.passed:
        return attempt.passed
    item = outline_with(attempt.enrolment, attempt.item_id).by_id[attempt.item_id]
    if item.kind != ItemKind.QUIZ:
        return None
    return catalogue.quiz_rules(item).passed(right=right, scored=attempt.scored)


def regrades_visible_to(user: Somebody) -> QuerySet[Regrade]:
    """Return the times that an own answer of this person was checked anew with another outcome."""
    if not may_follow(user):
        return Regrade.objects.none()
    own = RegradedAnswer.objects.filter(answer__attempt__enrolment__user__pk=user.pk or 0)
    return Regrade.objects.filter(pk__in=own.values("regrade"))


@dataclass(frozen=True)
class RegradedPlace:
    """An own answer that was checked anew: where it is, what it was and what it became."""

    course: str
    lesson: str
    url: str
    prompt: str
    before: str
    after: str


def regraded_places(regrade: Regrade, user: Somebody) -> list[RegradedPlace]:
    """Return this person's own answers that a checking anew changed."""
    own = regrade.answers.filter(answer__attempt__enrolment__user__pk=user.pk or 0)
    rows = own.select_related("answer__attempt__enrolment__edition").order_by("pk")
    return [_place(row) for row in rows]


def _place(row: RegradedAnswer) -> RegradedPlace:
    enrolment = row.answer.attempt.enrolment
    outline = outline_with(enrolment, row.answer.item_id)
    item = outline.by_id[row.answer.item_id]
    lesson = outline.lesson_of(item)
    address = lesson_url(outline, lesson)
    if outline.edition_id != enrolment.edition_id:
        address = reverse("learning:earlier_lesson", args=[enrolment.pk, lesson.id])
    return RegradedPlace(
        course=outline.title,
        lesson=lesson.title,
        url=f"{address}#vraag-{item.id}" if enrolment.closed_at is None else "",
        prompt=catalogue.question_spec(item).prompt,
        before=row.get_before_display(),
        after=row.get_after_display(),
    )
