"""The six months after the training day: pure, from the day's date to what happens when.

Why: after a day alone the skill fades within six months (d = -0.30), with three to four coaching moments it holds
(0.03); and what is repeated over time is kept better than what is learned in one go. Source: Schwalbe 2014, reported
second-hand, and JMIR 2024;e57760; see `courses.learning.evidence` for what a reader is told.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

COACHING_WEEKS = (3, 8, 14, 24)
INTERVISION_WEEKS = (6, 12, 20)
LAST_WEEK = 26
COACHING_MINUTES, INTERVISION_MINUTES = 45, 90
RECALL_AT_ONCE, RECALL_DAYS_A_WEEK = 5, 2


class StepKind(StrEnum):
    """What a step of the plan is."""

    RECALL = "recall"
    COACHING = "coaching"
    INTERVISION = "intervision"
    CLOSING = "closing"


@dataclass(frozen=True)
class PlanStep:
    """One thing of the plan: the `number`th of its kind, in this week after the training day, done by `due` at the latest.

    `minutes` is how long it takes, 0 where nobody can say.
    """

    kind: StepKind
    number: int
    week: int
    due: dt.date
    minutes: int


def end_of_week(day: dt.date, week: int) -> dt.date:
    """Return the last day of the `week`th week after this day; the first week begins the day after it."""
    return day + dt.timedelta(weeks=week)


def plan_from(day: dt.date) -> tuple[PlanStep, ...]:
    """Return the whole plan after a training day, in the order in which things are due."""
    steps = [
        *_series(StepKind.COACHING, day, COACHING_WEEKS, COACHING_MINUTES),
        *_series(StepKind.INTERVISION, day, INTERVISION_WEEKS, INTERVISION_MINUTES),
        PlanStep(StepKind.RECALL, 1, LAST_WEEK, end_of_week(day, LAST_WEEK), 3),
        PlanStep(StepKind.CLOSING, 1, LAST_WEEK, end_of_week(day, LAST_WEEK), 0),
    ]
    order = list(StepKind)
    return tuple(sorted(steps, key=lambda step: (step.due, order.index(step.kind))))


def _series(kind: StepKind, day: dt.date, weeks: tuple[int, ...], minutes: int) -> list[PlanStep]:
    return [
        PlanStep(kind, number, week, end_of_week(day, week), minutes)
        for number, week in enumerate(weeks, start=1)
    ]


def is_running(day: dt.date, today: dt.date) -> bool:
    """Say whether today lies in the weeks of the plan: from the day after the training day to the end of week 26."""
    return day < today <= end_of_week(day, LAST_WEEK)


def days_late(due: dt.date, today: dt.date) -> int:
    """Return by how many days something is late, 0 when it is not."""
    return max(0, (today - due).days)
