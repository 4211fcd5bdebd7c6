"""What somebody's quizzes came to, for whoever decides on a certificate."""

from __future__ import annotations

from dataclasses import dataclass

from courses.catalogue import queries as catalogue
from courses.catalogue.models import ItemKind
from courses.exercises.scoring import percent
from courses.learning.models import Attempt, Enrolment


@dataclass(frozen=True)
class QuizResult:
    """The best of one quiz in one enrolment.

    `key` names the quiz across editions and languages. `percent` is 0 before the first attempt is handed in. `required`
    says that the quiz has a pass mark or must be all right; one that has neither is passed once it is handed in.
    """

    key: str
    title: str
    percent: int
    passed: bool
    required: bool
    attempts: int


def quiz_results(enrolment: Enrolment) -> list[QuizResult]:
    """Return the best result of every quiz of the edition, in its order, in one query.

    An attempt that is still open counts for nothing. A quiz that stands in several lessons is listed once.
    """
    outline = catalogue.outline(enrolment.edition_id, enrolment.edition.uuid)
    quizzes = [item for item in outline.items if item.kind == ItemKind.QUIZ]
    found: dict[str, list[Attempt]] = {quiz.key: [] for quiz in quizzes}
    keys = {quiz.id: quiz.key for quiz in quizzes}
    for attempt in enrolment.attempts.filter(item_id__in=keys).exclude(handed_in_at=None):
        found[keys[attempt.item_id]].append(attempt)
    first = {quiz.key: quiz for quiz in reversed(quizzes)}
    return [
        QuizResult(
            key=key,
            title=first[key].title,
            percent=max((percent(attempt.right, attempt.scored) for attempt in attempts), default=0),
            passed=any(attempt.passed is not False for attempt in attempts),
            required=catalogue.quiz_rules(first[key]).demanding,
            attempts=len(attempts),
        )
        for key, attempts in found.items()
    ]
