"""What changes training; one file per subject."""

from courses.learning.actions.answering import (
    answer_in,
    check_answer,
    save_answer,
)
from courses.learning.actions.attempts import (
    AttemptOverError,
    NoAttemptsLeftError,
    TimeUpError,
    begin,
    hand_in,
    hand_in_overdue,
    start_again,
)
from courses.learning.actions.attendance import (
    note_by_code,
    note_by_list,
)
from courses.learning.actions.coaching import (
    NotYetError,
    hold_coaching,
    reopen_coaching,
    tell_of_late_coaching,
    wish_coaching,
)
from courses.learning.actions.coaching_meetings import (
    GROUP_MOST,
    GroupRefusedError,
    OfferFullError,
    choose_coaching,
    offer_coaching,
    plan_coaching,
)
from courses.learning.actions.cohorts import (
    CohortFacts,
    RoundPlaced,
    begin_in_cohort,
    change_cohort,
    enrol_round,
    invite_learner,
    make_cohort,
)
from courses.learning.actions.enrolling import (
    close_enrolment,
    enrol,
    leave,
    place,
)
from courses.learning.actions.following import (
    finish_lesson,
    next_lesson,
    open_lesson,
)
from courses.learning.actions.imports import (
    drop_list,
    forget_lists,
    read_list,
    use_list,
)
from courses.learning.actions.journal import (
    EntryChangedError,
    change_entry,
    delete_entry,
    draft_entry,
    write_entry,
)
from courses.learning.actions.meetings import (
    MeetingFacts,
    cancel_meeting,
    change_meeting,
    plan_meeting,
)
from courses.learning.actions.places import (
    LockedError,
    was_away,
)
from courses.learning.actions.plan import (
    NotAtTrainingDayError,
    after_attendance,
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
from courses.learning.actions.reflecting import (
    keep_reflection,
    reflection_at,
    save_reflection,
)
from courses.learning.actions.regrading import NothingPublishedError, PlanChangedError, regrade
from courses.learning.actions.samples import (
    NothingSaidError,
    NotMadeUpError,
    answer_sample,
    delete_file_later,
    forget_recording,
    forget_recordings,
    hand_in_sample,
    see_sample,
    withdraw_sample,
)
from courses.learning.actions.seats import answer
from courses.learning.actions.sharing import (
    ConsentMissingError,
    DraftsStayError,
    follow_consent,
    revoke_share,
    see_shared,
    share_entry,
    take_back,
)
from courses.learning.actions.stamps import BusyError, OvertakenError, Seen, Stamp
from courses.learning.errors import (
    NotAllowedError,
    NothingToFollowError,
)

__all__ = [
    "GROUP_MOST",
    "AttemptOverError",
    "BusyError",
    "CohortFacts",
    "ConsentMissingError",
    "DraftsStayError",
    "EnoughForNowError",
    "EntryChangedError",
    "GroupRefusedError",
    "LockedError",
    "MeetingFacts",
    "NoAttemptsLeftError",
    "NotAllowedError",
    "NotAtTrainingDayError",
    "NotDueError",
    "NotMadeUpError",
    "NotYetError",
    "NothingPublishedError",
    "NothingSaidError",
    "NothingToFollowError",
    "OfferFullError",
    "OvertakenError",
    "PlanChangedError",
    "RoundPlaced",
    "Seen",
    "Stamp",
    "TimeUpError",
    "after_attendance",
    "answer",
    "answer_in",
    "answer_sample",
    "begin",
    "begin_in_cohort",
    "cancel_meeting",
    "change_cohort",
    "change_entry",
    "change_meeting",
    "check_answer",
    "choose_coaching",
    "close_enrolment",
    "delete_entry",
    "delete_file_later",
    "draft_entry",
    "drop_list",
    "enrol",
    "enrol_round",
    "fill_cards",
    "finish_lesson",
    "follow_consent",
    "forget_lists",
    "forget_recording",
    "forget_recordings",
    "hand_in",
    "hand_in_overdue",
    "hand_in_sample",
    "hold_coaching",
    "invite_learner",
    "keep_reflection",
    "leave",
    "make_cohort",
    "make_missing_plans",
    "make_plan",
    "next_lesson",
    "note_by_code",
    "note_by_list",
    "offer_coaching",
    "open_lesson",
    "place",
    "plan_coaching",
    "plan_meeting",
    "read_list",
    "reflection_at",
    "regrade",
    "remind_of_recall",
    "reopen_coaching",
    "repeat_question",
    "revoke_share",
    "save_answer",
    "save_reflection",
    "see_sample",
    "see_shared",
    "share_entry",
    "start_again",
    "take_back",
    "tell_of_late_coaching",
    "use_list",
    "was_away",
    "wish_coaching",
    "withdraw_sample",
    "write_entry",
]
