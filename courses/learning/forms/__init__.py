"""What people type in training."""

from courses.learning.forms.answer import (
    AnswerForm,
)
from courses.learning.forms.coaching import (
    HeldForm,
    WishForm,
)
from courses.learning.forms.journal import (
    EntryForm,
)
from courses.learning.forms.reflection import (
    ReflectionForm,
)
from courses.learning.forms.samples import (
    FeedbackForm,
    ReplyForm,
    SampleForm,
)

__all__ = [
    "AnswerForm",
    "EntryForm",
    "FeedbackForm",
    "HeldForm",
    "ReflectionForm",
    "ReplyForm",
    "SampleForm",
    "WishForm",
]
