"""Which questions come back to somebody now, and what they are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, DateTimeField, ExpressionWrapper, Q, QuerySet
from django.utils import timezone

from accounts.permissions import Somebody
from core.once import once
from core.prepared import Slots, prepared
from courses.catalogue import queries as catalogue
from courses.catalogue.models import ItemKind
from courses.catalogue.queries import Item, Outline
from courses.exercises.scoring import Given, Kind
from courses.exercises.showing import Asked, ask
from courses.learning.models import Enrolment, RecallCard, RecallReview
from courses.learning.permissions import may_follow
from courses.learning.progress import done_lessons
from courses.learning.queries.following import enrolments_of
from courses.learning.queries.keys import judge, keys_in_force
from courses.learning.recall import allowance, next_chance
from media.library.models import Picture

NOTHING = Given()
REPEATABLE = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.ORDER, Kind.MATCH, Kind.HOTSPOT})
"""Kinds of questions that are answered without typing and whose outcome follows from the answer alone."""


def cards_of(user: Somebody) -> QuerySet[RecallCard]:
    """Return the questions that come back to this person: their own, in courses that they follow now."""
    return RecallCard.objects.filter(enrolment__in=enrolments_of(user).values("pk"))


def reviews_of(user: Somebody) -> QuerySet[RecallReview]:
    """Return the person's own repeated answers."""
    return RecallReview.objects.filter(card__enrolment__in=enrolments_of(user).values("pk"))


def end_of(day: dt.date) -> dt.datetime:
    """Return the moment at which a day ends here."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))


def due_cards(user: Somebody, *, today: dt.date | None = None) -> QuerySet[RecallCard]:
    """Return what is due by the end of today: what was answered before goes first, then new questions in their order."""
    until = end_of(today or timezone.localdate())
    fresh = ExpressionWrapper(Q(reviewed_at=None), output_field=BooleanField())
    due = cards_of(user).filter(due_at__lt=until).alias(fresh=fresh)
    return due.order_by("fresh", "due_at", "pk")


def answered_by_day(user: Somebody, *, today: dt.date | None = None) -> dict[dt.date, int]:
    """Return how many questions the person repeated on each day of this week; one query."""
    day = today or timezone.localdate()
    monday = end_of(day - dt.timedelta(days=day.weekday() + 1))
    moments = _answered.rows(None, user=user.pk, since=monday) if may_follow(user) else []
    return dict(Counter(timezone.localdate(at) for at in moments))


@prepared
def _answered(slot: Slots, _variant: None) -> QuerySet[RecallReview, dt.datetime]:
    own = RecallReview.objects.filter(card__enrolment__user=slot("user"), card__enrolment__closed_at=None)
    return own.filter(at__gte=slot("since", DateTimeField())).values_list("at", flat=True)


def room_for(user: Somebody, *, today: dt.date | None = None) -> int:
    """Return how many questions the person may still repeat today; one query."""
    day = today or timezone.localdate()
    return allowance(answered_by_day(user, today=day), day)


@dataclass(frozen=True)
class RecallStand:
    """How repeating stands today: `now` questions may be answered, `done` were; `again_on` when there is no room left."""

    now: int
    done: int
    due: int
    again_on: dt.date | None

    @property
    def total(self) -> int:
        """Return how many questions this sitting has."""
        return self.now + self.done


def recall_stand(user: Somebody, *, today: dt.date | None = None) -> RecallStand:
    """Return how repeating stands for this person; two queries, once per page."""
    return once(user, "learning.recall_stand", lambda: _recall_stand(user, today or timezone.localdate()))


def _recall_stand(user: Somebody, today: dt.date) -> RecallStand:
    due = due_cards(user, today=today).count()
    answered = answered_by_day(user, today=today) if due else {}
    room = allowance(answered, today)
    blocked = due and not room
    return RecallStand(
        now=min(due, room),
        done=answered.get(today, 0),
        due=due,
        again_on=next_chance(answered, today) if blocked else None,
    )


@dataclass(frozen=True)
class RecallQuestion:
    """A question that came back, as its screen shows it; `review` is the answer when one was just given."""

    card: RecallCard
    item: Item
    asked: Asked
    course: str
    outcome: str = ""

    @property
    def checked(self) -> bool:
        """Say whether the answer and what to think of it are shown."""
        return bool(self.outcome)


def recall_question(
    card: RecallCard, review: RecallReview | None = None, *, instead: Given = NOTHING
) -> RecallQuestion:
    """Return one question with what was answered, if anything; an answer is shown with the version it was given to.

    `instead` is what somebody sent and what was refused.
    """
    edition = (review or card).item.edition
    outline = catalogue.outline(edition.pk, edition.uuid)
    item = outline.by_id[(review or card).item_id]
    spec = catalogue.question_spec(item)
    given = Given(tuple(review.chosen)) if review else instead
    if review is not None:
        spec = judge(spec, keys_in_force(outline, [item]).get(item.id), given)
    asked = ask(
        spec,
        given,
        name=str(item.id),
        seed=f"{card.pk}|{card.reviewed_at}",
        checked=review is not None,
        outcome=review.outcome if review else "",
        picture=Picture.objects.filter(pk=spec.picture_id).first() if spec.picture_id else None,
    )
    return RecallQuestion(
        card=card,
        item=item,
        asked=asked,
        course=outline.title,
        outcome=review.outcome if review else "",
    )


def worth_repeating(enrolment: Enrolment, outline: Outline) -> list[Item]:
    """Return the questions of finished lessons that come back: those that editors marked, and those of finished quizzes."""
    lessons = done_lessons(enrolment)
    asked = [
        (exercise, question)
        for lesson in outline.lessons
        if lesson.id in lessons
        for exercise in outline.exercises_of(lesson)
        for question in outline.questions_of(exercise)
    ]
    marked = catalogue.marked_for_repeating(question.key for _exercise, question in asked)
    finished = _finished_quizzes(enrolment, [exercise for exercise, _question in asked])
    wanted = [question for exercise, question in asked if question.key in marked or exercise.id in finished]
    return [item for item in _once_each(wanted) if catalogue.question_spec(item).kind in REPEATABLE]


def _finished_quizzes(enrolment: Enrolment, exercises: Sequence[Item]) -> set[int]:
    quizzes = {exercise.id for exercise in exercises if exercise.kind == ItemKind.QUIZ}
    if not quizzes:
        return set()
    attempts = enrolment.attempts.filter(item_id__in=quizzes, handed_in_at__isnull=False)
    return set(attempts.values_list("item_id", flat=True))


def _once_each(items: Iterable[Item]) -> list[Item]:
    return list({item.key: item for item in reversed(list(items))}.values())[::-1]
