"""What people type in training."""

from courses.learning.forms.reflection import (
    ReflectionForm,
)

__all__ = [
    "ReflectionForm",
]
