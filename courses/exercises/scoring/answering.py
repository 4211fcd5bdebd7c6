"""The one entry to scoring: every kind of question, by its kind."""

from __future__ import annotations

from typing import Protocol

from courses.exercises.scoring import arranging, choosing, typed
from courses.exercises.scoring.spec import AnswerRefusedError, Given, Kind, Outcome, QuestionSpec


class Way(Protocol):
    """How one way of answering is taken and scored."""

    def accept(self, question: QuestionSpec, given: Given, *, final: bool) -> Given:
        """Return what was given as it will be kept; raises AnswerRefusedError."""

    def score(self, question: QuestionSpec, given: Given) -> Outcome:
        """Say how good an accepted answer is."""


_WAYS: dict[Kind, Way] = {
    Kind.SINGLE: choosing,
    Kind.MULTIPLE: choosing,
    Kind.HOTSPOT: choosing,
    Kind.ORDER: arranging,
    Kind.MATCH: arranging,
    Kind.TEXT: typed,
    Kind.NUMBER: typed,
    Kind.OPEN: typed,
}


def accept(question: QuestionSpec, given: Given, *, final: bool = True) -> Given:
    """Return what was given as it will be kept; with `final` it must be a whole answer.

    Raises AnswerRefusedError, which says why, when it does not fit the question.
    """
    return _WAYS[question.kind].accept(question, given, final=final)


def score(question: QuestionSpec, given: Given) -> Outcome:
    """Say how good an accepted answer is."""
    return _WAYS[question.kind].score(question, given)


def is_whole(question: QuestionSpec, given: Given) -> bool:
    """Say whether something that was kept while somebody was busy would do as an answer."""
    try:
        accept(question, given)
    except AnswerRefusedError:
        return False
    return True


def comment(question: QuestionSpec, given: Given) -> str:
    """Return the feedback on a typed answer; empty for kinds whose options have their own."""
    return typed.comment(question, given) if _WAYS[question.kind] is typed else ""
