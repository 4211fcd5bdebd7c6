"""What a whole attempt comes to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class QuizRules:
    """What holds for a quiz: how many questions are drawn, what passes, how often and how many minutes.

    None means: all questions, no pass mark, as often as somebody wants, no time limit.
    """

    draw: int | None = None
    pass_percent: int | None = None
    attempts: int | None = None
    minutes: int | None = None
    required_all: bool = False

    @property
    def demanding(self) -> bool:
        """Say whether somebody can pass or fail."""
        return self.required_all or self.pass_percent is not None

    @property
    def announced(self) -> bool:
        """Say whether somebody must know of the rules and begin on purpose."""
        return any(rule is not None for rule in (self.draw, self.attempts, self.minutes))

    def passed(self, *, right: int, scored: int) -> bool | None:
        """Say whether `right` of `scored` questions pass; None where nobody can pass or fail."""
        if not self.demanding:
            return None
        wanted = 100 if self.required_all else self.pass_percent or 0
        return right * 100 >= wanted * scored


@dataclass(frozen=True)
class Tally:
    """How an attempt stands: `answered` of `total` questions checked, `right` of `scored` right."""

    right: int
    answered: int
    total: int
    scored: int = 0

    @property
    def complete(self) -> bool:
        """Say whether every question was answered."""
        return self.answered >= self.total > 0


def percent(right: int, scored: int) -> int:
    """Return how much of the scored questions is right, in whole per cent rounded down; 100 when none is scored."""
    return right * 100 // scored if scored else 100
