"""What changes training; one file per subject."""

from courses.learning.actions.following import (
    AttemptOverError,
    LockedError,
    NotAllowedError,
    NothingToFollowError,
    enrol,
    finish_lesson,
    next_lesson,
    open_lesson,
    save_answer,
    save_reflection,
    start_again,
    was_away,
)
from courses.learning.actions.plan import (
    NotAtTrainingDayError,
    make_missing_plans,
    make_plan,
    remind_of_recall,
)
from courses.learning.actions.recall import (
    EnoughForNowError,
    NotDueError,
    fill_cards,
    repeat_question,
)

__all__ = [
    "AttemptOverError",
    "EnoughForNowError",
    "LockedError",
    "NotAllowedError",
    "NotAtTrainingDayError",
    "NotDueError",
    "NothingToFollowError",
    "enrol",
    "fill_cards",
    "finish_lesson",
    "make_missing_plans",
    "make_plan",
    "next_lesson",
    "open_lesson",
    "remind_of_recall",
    "repeat_question",
    "save_answer",
    "save_reflection",
    "start_again",
    "was_away",
]
