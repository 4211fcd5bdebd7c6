"""Scoring of answers: pure, from a question's facts and the chosen options to an outcome."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"


class Outcome(StrEnum):
    """What an answer turned out to be."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"


@dataclass(frozen=True)
class OptionSpec:
    """One option: its uuid, its words, whether it is right, and what a person who weighs it may learn."""

    key: str
    text: str
    right: bool
    feedback: str


@dataclass(frozen=True)
class QuestionSpec:
    """The facts of one version of a question; `explanation` is HTML that the editors' field made."""

    title: str
    kind: Kind
    prompt: str
    options: tuple[OptionSpec, ...]
    explanation: str = ""
    source: str = ""
    source_checked: bool = True

    @property
    def keys(self) -> frozenset[str]:
        """Return the uuids of all options."""
        return frozenset(option.key for option in self.options)

    @property
    def right_keys(self) -> frozenset[str]:
        """Return the uuids of the right options."""
        return frozenset(option.key for option in self.options if option.right)


@dataclass(frozen=True)
class Tally:
    """How an attempt stands: `answered` of `total` questions checked, `right` of them right."""

    right: int
    answered: int
    total: int

    @property
    def complete(self) -> bool:
        """Say whether every question was answered."""
        return self.answered >= self.total > 0


class AnswerRefusedError(ValueError):
    """The choice does not fit the question: an unknown option, none at all, or two where one is asked."""


def accept(question: QuestionSpec, chosen: Iterable[str]) -> tuple[str, ...]:
    """Return the chosen options in the question's own order.

    Raises AnswerRefusedError when nothing is chosen, an option is not the question's own, or a single choice holds several.
    """
    picked = frozenset(chosen)
    if not picked or not picked <= question.keys:
        raise AnswerRefusedError
    if question.kind is Kind.SINGLE and len(picked) > 1:
        raise AnswerRefusedError
    return tuple(option.key for option in question.options if option.key in picked)


def score(question: QuestionSpec, chosen: Iterable[str]) -> Outcome:
    """Say how good a choice is: right when it equals the key, partly when it shares something with it."""
    picked = frozenset(chosen)
    if picked == question.right_keys:
        return Outcome.RIGHT
    if question.kind is Kind.MULTIPLE and picked & question.right_keys:
        return Outcome.PARTLY
    return Outcome.WRONG


def tally(outcomes: Iterable[str], *, total: int) -> Tally:
    """Count the outcomes of one attempt at `total` questions; only a fully right answer counts."""
    found = list(outcomes)
    return Tally(right=found.count(Outcome.RIGHT), answered=len(found), total=total)
