"""What people type in training."""

from courses.learning.forms.journal import EntryForm
from courses.learning.forms.reflection import (
    ReflectionForm,
)
from courses.learning.forms.samples import (
    FeedbackForm,
    ReplyForm,
    SampleForm,
)

__all__ = [
    "EntryForm",
    "FeedbackForm",
    "ReflectionForm",
    "ReplyForm",
    "SampleForm",
]
