"""What people type in training."""

from courses.learning.forms.answer import (
    AnswerForm,
)
from courses.learning.forms.coaching import (
    CoachingMeetingForm,
    HeldForm,
    OfferForm,
    WishForm,
)
from courses.learning.forms.cohorts import (
    CohortForm,
    InviteLearnerForm,
    MeetingForm,
    RoomCodeForm,
)
from courses.learning.forms.journal import (
    EntryForm,
)
from courses.learning.forms.people_list import (
    PeopleListForm,
)
from courses.learning.forms.reflection import (
    ReflectionForm,
)
from courses.learning.forms.regrade import RegradeForm
from courses.learning.forms.samples import (
    FeedbackForm,
    ReplyForm,
    SampleForm,
)
from courses.learning.forms.stamp import SeenForm, StampForm

__all__ = [
    "AnswerForm",
    "CoachingMeetingForm",
    "CohortForm",
    "EntryForm",
    "FeedbackForm",
    "HeldForm",
    "InviteLearnerForm",
    "MeetingForm",
    "OfferForm",
    "PeopleListForm",
    "ReflectionForm",
    "RegradeForm",
    "ReplyForm",
    "RoomCodeForm",
    "SampleForm",
    "SeenForm",
    "StampForm",
    "WishForm",
]
