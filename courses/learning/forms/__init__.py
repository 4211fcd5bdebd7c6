"""What people type in training."""

from courses.learning.forms.journal import EntryForm
from courses.learning.forms.reflection import (
    ReflectionForm,
)

__all__ = [
    "EntryForm",
    "ReflectionForm",
]
