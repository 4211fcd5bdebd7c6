"""Repeating key questions over time: pure, from an answer and a moment to the next moment.

The intervals are those of FSRS-6 (library `fsrs`); how well something is known follows from the answer, never from what
somebody says of themselves. The clock is always given. Nothing is repeated within the day, and no interval is longer
than 60 days, so that each question comes back at least twice in the half year of the plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from fsrs import Card, Rating, Scheduler, State

from courses.exercises.scoring import Outcome
from courses.learning.plan import RECALL_AT_ONCE, RECALL_DAYS_A_WEEK

LONGEST_DAYS = 60
RATINGS = {Outcome.RIGHT: Rating.Good, Outcome.PARTLY: Rating.Hard, Outcome.WRONG: Rating.Again}
_SCHEDULER = Scheduler(
    desired_retention=0.9,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST_DAYS,
    enable_fuzzing=False,
)


@dataclass(frozen=True)
class Memory:
    """How well one person knows one question: due when, last answered when, and FSRS' two numbers.

    `stability` is in days (recall falls to 90 % after so many), `difficulty` from 1 to 10; both are None before the
    first answer. Moments are aware.
    """

    due_at: dt.datetime
    reviewed_at: dt.datetime | None = None
    stability: float | None = None
    difficulty: float | None = None


def after_answer(memory: Memory, outcome: Outcome, *, at: dt.datetime) -> Memory:
    """Return what is known after an answer at this moment; the same input gives the same result."""
    moment = at.astimezone(dt.UTC)
    card, _log = _SCHEDULER.review_card(_card(memory), RATINGS[outcome], review_datetime=moment)
    return Memory(due_at=card.due, reviewed_at=moment, stability=card.stability, difficulty=card.difficulty)


def _card(memory: Memory) -> Card:
    known = memory.stability is not None
    return Card(
        card_id=0,  # cards are told apart by our own rows
        state=State.Review if known else State.Learning,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due_at.astimezone(dt.UTC),
        last_review=memory.reviewed_at.astimezone(dt.UTC) if memory.reviewed_at else None,
    )


def allowance(answered: Mapping[dt.date, int], today: dt.date) -> int:
    """Return how many questions may still be repeated today: five at a time, on two days of a week (Monday to Sunday).

    `answered` says how many were answered on which day; days of other weeks do not count.
    """
    monday = today - dt.timedelta(days=today.weekday())
    other_days = {
        day
        for day, count in answered.items()
        if count and day != today and monday <= day < monday + dt.timedelta(days=7)
    }
    if len(other_days) >= RECALL_DAYS_A_WEEK:
        return 0
    return max(0, RECALL_AT_ONCE - answered.get(today, 0))


def next_chance(answered: Mapping[dt.date, int], today: dt.date) -> dt.date:
    """Return the first day on which something may be repeated again; today when that is now."""
    day = today
    while allowance(answered, day) == 0:
        day += dt.timedelta(days=1)
    return day
