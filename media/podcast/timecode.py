"""Fields for moments in a sound."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from media.library.timecode import exact_clock, read_clock


class TimecodeFormField(forms.CharField):
    """A moment typed as minutes and seconds."""

    default_help_text = gettext_lazy("Minutes and seconds, for example 4:16; with hours 1:02:03.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["help_text"] = kwargs.get("help_text") or self.default_help_text
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Return milliseconds; what is no moment is told in words."""
        written = super().to_python(value)
        if not written:
            return None
        try:
            return read_clock(written)
        except ValueError as error:
            raise ValidationError(
                _("“%(written)s” is no moment in the episode. Write minutes and seconds, for example 4:16.")
                % {"written": written},
                code="invalid",
            ) from error

    def prepare_value(self, value: Any) -> Any:
        """Show milliseconds as a moment."""
        return exact_clock(value) if isinstance(value, int) else value


class TimecodeField(models.PositiveIntegerField):  # type: ignore[type-arg] # generic for the checker only
    """A moment in milliseconds."""

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        """Edit it as minutes and seconds."""
        return models.Field.formfield(self, form_class=TimecodeFormField, **kwargs)
