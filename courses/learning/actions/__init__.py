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
from courses.learning.actions.journal import (
    EntryChangedError,
    change_entry,
    delete_entry,
    draft_entry,
    write_entry,
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
from courses.learning.actions.sharing import (
    ConsentMissingError,
    DraftsStayError,
    follow_consent,
    revoke_share,
    see_shared,
    share_entry,
    take_back,
)

__all__ = [
    "AttemptOverError",
    "ConsentMissingError",
    "DraftsStayError",
    "EnoughForNowError",
    "EntryChangedError",
    "LockedError",
    "NotAllowedError",
    "NotAtTrainingDayError",
    "NotDueError",
    "NothingToFollowError",
    "change_entry",
    "delete_entry",
    "draft_entry",
    "enrol",
    "fill_cards",
    "finish_lesson",
    "follow_consent",
    "make_missing_plans",
    "make_plan",
    "next_lesson",
    "open_lesson",
    "remind_of_recall",
    "repeat_question",
    "revoke_share",
    "save_answer",
    "save_reflection",
    "see_shared",
    "share_entry",
    "start_again",
    "take_back",
    "was_away",
    "write_entry",
]
