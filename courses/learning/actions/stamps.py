"""Changes that come from several places: which are new, which are in already, which rest on something older."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from courses.learning.models.stamps import Stamped


class OvertakenError(Exception):
    """A change from elsewhere was stored meanwhile; the one that was sent rests on something older."""


class BusyError(Exception):
    """Other tabs kept writing at the same place; nothing was stored."""


PATIENCE = 5  # how often a write that another tab crossed is tried again


@dataclass(frozen=True)
class Stamp:
    """What a browser says of one change: its own id, the page's, its count there, and the version it rests on.

    Nothing of it is a time: a clock that is set back changes nothing.
    """

    change: UUID
    writer: UUID
    sequence: int
    base: int


@dataclass(frozen=True)
class Seen:
    """What somebody had before them when they pressed a button: the version shown, and the page if it stored more since."""

    base: int
    writer: UUID | None = None


def is_in(row: Stamped, stamp: Stamp | None) -> bool:
    """Say whether there is nothing to write: stored already, or older than what the same page stored.

    Raises OvertakenError for a change that rests on an older version.
    """
    if stamp is None:
        return False
    if stamp.change == row.change:
        return True
    if stamp.writer == row.writer:
        return stamp.sequence <= row.sequence
    if stamp.base != row.version:
        raise OvertakenError
    return False


def overtaken(row: Stamped, seen: Seen | None) -> bool:
    """Say whether another place stored something after what somebody saw."""
    if seen is None or row.version == seen.base:
        return False
    return row.writer is None or row.writer != seen.writer


def mark(row: Stamped, stamp: Stamp | None) -> list[str]:
    """Count a change on the row and name its writer; return the fields to store."""
    row.version += 1
    row.writer = stamp.writer if stamp else None
    row.change = stamp.change if stamp else None
    row.sequence = stamp.sequence if stamp else 0
    return ["version", "writer", "change", "sequence"]
