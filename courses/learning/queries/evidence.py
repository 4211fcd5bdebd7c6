"""What is known of learners when it is asked whether they earned their certificate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from courses.catalogue import queries as catalogue
from courses.catalogue.models import ItemKind
from courses.exercises.scoring import percent
from courses.learning.eligibility import Facts, QuizFact
from courses.learning.models import Attempt, CoachingMoment, Enrolment, MeetingKind, SampleMessage, Seat
from courses.learning.queries.following import outline_of


def facts_of(enrolment: Enrolment) -> Facts:
    """Return the facts of one enrolment, in four queries."""
    return facts_for([enrolment])[enrolment.pk]


def facts_for(enrolments: Sequence[Enrolment]) -> dict[int, Facts]:
    """Return the facts of these enrolments by primary key, in four queries however many there are."""
    there, held, best = _there(enrolments), _held(enrolments), _best(enrolments)
    looked_at = _looked_at(enrolments)
    return {
        enrolment.pk: Facts(
            lessons_done=enrolment.lessons_done,
            lessons_total=enrolment.lessons_total,
            training_day=enrolment.pk in there,
            coachings=held[enrolment.pk],
            samples=looked_at[enrolment.pk],
            quizzes=_quizzes(enrolment, best),
            open=enrolment.closed_at is None,
        )
        for enrolment in enrolments
    }


def _there(enrolments: Sequence[Enrolment]) -> set[int]:
    """Return the enrolments that were at a training day; a cancelled one counts for nothing."""
    seats = Seat.objects.filter(
        enrolment__in=enrolments,
        attended_at__isnull=False,
        meeting__kind=MeetingKind.TRAINING_DAY,
        meeting__cancelled_at=None,
    )
    return set(seats.values_list("enrolment_id", flat=True))


def _held(enrolments: Sequence[Enrolment]) -> Counter[int]:
    moments = CoachingMoment.objects.filter(enrolment__in=enrolments, held_at__isnull=False)
    return Counter(moments.values_list("enrolment_id", flat=True))


def _looked_at(enrolments: Sequence[Enrolment]) -> Counter[int]:
    """Return how many practice samples a trainer said something about, by enrolment."""
    answered = SampleMessage.objects.filter(sample__enrolment__in=enrolments, by_trainer=True).order_by()
    return Counter(row[0] for row in answered.values_list("sample__enrolment_id", "sample_id").distinct())


def _best(enrolments: Sequence[Enrolment]) -> dict[tuple[int, int], int]:
    """Return the best attempt handed in, in whole per cents rounded down, by enrolment and item."""
    attempts = Attempt.objects.filter(enrolment__in=enrolments, handed_in_at__isnull=False)
    found: dict[tuple[int, int], int] = {}
    rows = attempts.values_list("enrolment_id", "item_id", "right", "scored")
    for enrolment, item, right, scored in rows:
        found[enrolment, item] = max(found.get((enrolment, item), 0), percent(right, scored))
    return found


def _quizzes(enrolment: Enrolment, best: dict[tuple[int, int], int]) -> tuple[QuizFact, ...]:
    """Return the quizzes of the edition, each once wherever it stands, with the best of all its places."""
    found: dict[str, QuizFact] = {}
    for item in (item for item in outline_of(enrolment).items if item.kind == ItemKind.QUIZ):
        rules, here = catalogue.quiz_rules(item), best.get((enrolment.pk, item.id))
        there = found[item.key].best if item.key in found else None
        found[item.key] = QuizFact(
            title=item.title,
            best=max((one for one in (here, there) if one is not None), default=None),
            pass_mark=rules.pass_percent,
            required=rules.required_all,
        )
    return tuple(found.values())
