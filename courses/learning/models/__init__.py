"""Who follows which edition of a course, what they did in it, when they meet."""

from courses.learning.models.accreditation import (
    Accreditation,
    CountsFor,
    PasteForm,
    PresenceBatch,
    PresenceChange,
    PresenceRow,
    Register,
    RegistrationNumber,
)
from courses.learning.models.answers import Answer, AnswerOutcome, Attempt
from courses.learning.models.certificates import BadgeKey, Certificate, RevocationReason
from courses.learning.models.coaching import CoachingMoment
from courses.learning.models.cohorts import Cohort
from courses.learning.models.following import Enrolment, LessonProgress, Reflection
from courses.learning.models.imports import (
    ImportRow,
    ImportState,
    PeopleImport,
    Verdict,
)
from courses.learning.models.journal import (
    LONGEST_ENTRY,
    JournalEntry,
    JournalShare,
    ShareAudience,
)
from courses.learning.models.meetings import AttendanceWay, Meeting, MeetingKind, Seat, SeatState
from courses.learning.models.moves import EditionMove
from courses.learning.models.plan import FollowUpPlan, RecallCard, RecallReview
from courses.learning.models.regrades import Regrade, RegradedAnswer
from courses.learning.models.samples import (
    LONGEST_FEEDBACK,
    LONGEST_SAMPLE,
    PracticeSample,
    SampleKind,
    SampleMark,
    SampleMessage,
)
from courses.learning.models.xapi import (
    ExportPurpose,
    Pseudonym,
    RecordMark,
    StatementTurn,
    StatementVoid,
    ToldFact,
)

__all__ = [
    "LONGEST_ENTRY",
    "LONGEST_FEEDBACK",
    "LONGEST_SAMPLE",
    "Accreditation",
    "Answer",
    "AnswerOutcome",
    "Attempt",
    "AttendanceWay",
    "BadgeKey",
    "Certificate",
    "CoachingMoment",
    "Cohort",
    "CountsFor",
    "EditionMove",
    "Enrolment",
    "ExportPurpose",
    "FollowUpPlan",
    "ImportRow",
    "ImportState",
    "JournalEntry",
    "JournalShare",
    "LessonProgress",
    "Meeting",
    "MeetingKind",
    "PasteForm",
    "PeopleImport",
    "PracticeSample",
    "PresenceBatch",
    "PresenceChange",
    "PresenceRow",
    "Pseudonym",
    "RecallCard",
    "RecallReview",
    "RecordMark",
    "Reflection",
    "Register",
    "RegistrationNumber",
    "Regrade",
    "RegradedAnswer",
    "RevocationReason",
    "SampleKind",
    "SampleMark",
    "SampleMessage",
    "Seat",
    "SeatState",
    "ShareAudience",
    "StatementTurn",
    "StatementVoid",
    "ToldFact",
    "Verdict",
]
