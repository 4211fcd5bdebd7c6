"""Moments in a sound or film, in milliseconds, as people write them: 4:16 or 1:02:03."""

from __future__ import annotations

import re

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
