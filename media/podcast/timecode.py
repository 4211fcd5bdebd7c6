"""Moments in a sound, in milliseconds, as people write them: 4:16 or 1:02:03."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WRITTEN = re.compile(
    r"^(?:(?P<hours>\d{1,3}):)?(?P<minutes>\d{1,3}):(?P<seconds>\d{1,2})(?:[.,](?P<part>\d{1,3}))?$"
)


def clock(ms: int) -> str:
    """Return a moment for people: 4:16, or 1:02:03 past the hour."""
    seconds = ms // 1000
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def vtt_clock(ms: int) -> str:
    """Return a moment as WebVTT writes it: 00:04:16.000."""
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def srt_clock(ms: int) -> str:
    """Return a moment as SubRip writes it: 00:04:16,000."""
    return vtt_clock(ms).replace(".", ",")


def exact_clock(ms: int) -> str:
    """Return a moment for editing: 4:16, with thousandths where there are any."""
    return clock(ms) + (f".{ms % 1000:03}" if ms % 1000 else "")


def read_clock(written: str) -> int:
    """Return the milliseconds of what somebody wrote; raises `ValueError` when it is no moment."""
    found = WRITTEN.match(written.strip())
    if not found or int(found["seconds"]) > 59 or (found["hours"] and int(found["minutes"]) > 59):
        raise ValueError(written)
    seconds = int(found["hours"] or 0) * 3600 + int(found["minutes"]) * 60 + int(found["seconds"])
    return seconds * 1000 + int((found["part"] or "0").ljust(3, "0"))


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
