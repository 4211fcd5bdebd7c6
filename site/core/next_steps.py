"""Registry of next steps: every wing says what a person could do now, the member's home shows them in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Wing(StrEnum):
    """Which part of the house a step belongs to; the value names its colour too."""

    TRAINING = "training"
    PRACTICE = "practice"
    INTERVISION = "intervision"
    PODCAST = "podcast"
    RESEARCH = "research"
    EDITORIAL = "editorial"
    ACCOUNT = "account"


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """One thing that somebody could do now.

    `key` names the step for good (`"training.lesson.12"`), so that a person can put it off. `title` is what to do, in the
    imperative; `text` says why now, in a sentence. `minutes` is how long it takes, None when nobody can say. `due` is
    the day by which it should be done. `weight` orders the steps: 0 can wait, 50 is usual, 100 goes first.
    `action` is the word on the button. `icon` is a name in the icon sprite.
    """

    key: str
    wing: Wing
    icon: str
    title: str
    text: str
    url: str
    minutes: int | None = None
    due: dt.date | None = None
    weight: int = 50
    action: str = ""


Collector = Callable[[Any], Iterable[NextStep]]
_collectors: dict[str, Collector] = {}


def register(name: str, function: Collector) -> None:
    """Register a wing's function that returns the steps of a user; the same name again replaces it."""
    _collectors[name] = function


def collect(user: Any) -> list[NextStep]:
    """Return all steps of this user, the heaviest first; of equal weight the one that is due soonest."""
    steps = [step for name in sorted(_collectors) for step in _collectors[name](user)]
    return sorted(steps, key=_urgency)


def _urgency(step: NextStep) -> tuple[int, dt.date, str]:
    return (-step.weight, step.due or dt.date.max, step.key)
