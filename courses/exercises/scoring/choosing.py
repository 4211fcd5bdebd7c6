"""One choice, several choices, a spot on a picture."""

from __future__ import annotations

from courses.exercises.scoring.spec import AnswerRefusedError, Given, Kind, Outcome, QuestionSpec, Refusal


def accept(question: QuestionSpec, given: Given, *, final: bool) -> Given:
    """Return the chosen options in the question's own order, each once.

    Several choices may all be taken back again as long as the answer is not `final`.
    """
    picked = frozenset(given.chosen)
    if not picked and (final or question.kind is not Kind.MULTIPLE):
        raise AnswerRefusedError(Refusal.NOTHING)
    if not picked <= question.keys:
        raise AnswerRefusedError(Refusal.UNKNOWN)
    if question.kind is not Kind.MULTIPLE and len(picked) > 1:
        raise AnswerRefusedError(Refusal.TOO_MANY)
    return Given(chosen=tuple(option.key for option in question.options if option.key in picked))


def score(question: QuestionSpec, given: Given) -> Outcome:
    """Say how good a choice is: right when it equals the key, partly when it shares something with it."""
    picked = frozenset(given.chosen)
    if question.kind is Kind.HOTSPOT:
        return Outcome.RIGHT if picked and picked <= question.right_keys else Outcome.WRONG
    if picked == question.right_keys:
        return Outcome.RIGHT
    if question.kind is Kind.MULTIPLE and picked & question.right_keys:
        return Outcome.PARTLY
    return Outcome.WRONG
