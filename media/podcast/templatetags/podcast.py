"""Moments and lengths in templates."""

from __future__ import annotations

import math

from django import template
from django.utils.translation import ngettext

from media.library.timecode import clock

register = template.Library()


@register.filter
def ms_clock(ms: int) -> str:
    """Return a moment in milliseconds as 4:16."""
    return clock(int(ms))


@register.filter
def seconds_clock(seconds: float) -> str:
    """Return a length in seconds as 14:05."""
    return clock(round(float(seconds)) * 1000)


@register.filter
def in_seconds(ms: int) -> str:
    """Return milliseconds as seconds, for addresses and scripts."""
    return f"{int(ms) / 1000:g}"


@register.filter
def unlocalized(number: float) -> str:
    """Return a number as scripts read it, whatever the language."""
    return f"{float(number):.3f}"


@register.filter
def minutes(seconds: float) -> str:
    """Return a length in words: 2 minutes."""
    count = max(1, math.ceil(float(seconds) / 60))
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}
