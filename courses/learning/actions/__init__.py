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

__all__ = [
    "AttemptOverError",
    "LockedError",
    "NotAllowedError",
    "NothingToFollowError",
    "enrol",
    "finish_lesson",
    "next_lesson",
    "open_lesson",
    "save_answer",
    "save_reflection",
    "start_again",
    "was_away",
]
