"""What a detector yields: a passage in the folded text."""

from __future__ import annotations

from dataclasses import dataclass
from re import Pattern

from patientdata.kinds import Kind

CUE_REACH = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage of the folded text; `start`, `end`, `certain` and `clue` as in `Finding`."""

    kind: Kind
    start: int
    end: int
    certain: bool
    clue: str = ""


def cued(text: str, position: int, cue: Pattern[str]) -> bool:
    """Say whether one of the cue's words stands just before `position`; the pattern ends in `$`."""
    return cue.search(text[max(0, position - CUE_REACH) : position]) is not None
