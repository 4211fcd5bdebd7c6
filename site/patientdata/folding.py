"""The same text in plain letters and digits, so that disguises do not help.

Fullwidth, circled and Arabic digits become ASCII digits, accents go, Cyrillic and Greek look-alikes become Latin, every
sort of dash and space becomes one, and invisible characters (zero-width, direction marks, NUL) disappear. Offsets in
the folded text lead back to the text as it was given.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

# Letters that no Unicode decomposition turns into the Latin letter they look like.
LOOK_ALIKES = {
    **dict(zip("ıłøđħŧðæœþßĸ", "ilodhtdaopsk", strict=True)),
    **dict(zip("ŁØĐĦŦÐÆŒÞẞ", "LODHTDAOPS", strict=True)),
    **dict(zip("авеёкмнорстухіјѕԁԛԝһ", "abeekmhopctyxijsdqwh", strict=True)),
    **dict(zip("АВЕЁКМНОРСТУХІЈЅԀԚԜҺ", "ABEEKMHOPCTYXIJSDQWH", strict=True)),
    **dict(zip("αβγεηικνορτυχω", "abyenikvoptuxw", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
    **dict(zip("‘’ʼ´`′“”„«»", "''''''\"\"\"\"\"", strict=True)),
    **dict(zip("•·∙⋅。", ".....", strict=True)),
    **dict(zip("−⁄∕٠۰", "-//00", strict=True)),
}
_KEPT_CONTROLS = "\n\r\t"


def is_invisible(character: str) -> bool:
    """Say whether a character takes no room of its own: marks, format and control characters."""
    return (
        unicodedata.category(character) in {"Cf", "Mn", "Me", "Cc", "Cs"} and character not in _KEPT_CONTROLS
    )


def plain(character: str) -> str:
    """Return the one plain character that stands for this visible one."""
    if character in LOOK_ALIKES:
        return LOOK_ALIKES[character]
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category == "Pd":
        return "-"
    first = unicodedata.normalize("NFKD", character)[0]
    return LOOK_ALIKES.get(first, first)


class _Table(dict[int, str | None]):
    """A translation table that fills itself with the characters it meets."""

    def __missing__(self, number: int) -> str | None:
        character = chr(number)
        self[number] = None if is_invisible(character) else plain(character)
        return self[number]


_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back to the offsets of the original."""

    text: str
    starts: tuple[int, ...] = (0,)
    shifts: tuple[int, ...] = (0,)

    def original(self, position: int) -> int:
        """Return the original offset of the folded character at `position`."""
        return position + self.shifts[bisect_right(self.starts, position) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original start and end of a folded, non-empty range."""
        return self.original(start), self.original(end - 1) + 1


def fold(text: str) -> Folded:
    """Fold a text; takes time in proportion to its length."""
    folded = text.translate(_TABLE)
    if len(folded) == len(text):
        return Folded(folded)
    starts, shifts, removed = [0], [0], 0
    for run in _invisible_runs(text):
        begin, end = run
        position = begin - removed
        removed += end - begin
        if position == starts[-1]:
            shifts[-1] = removed
        else:
            starts.append(position)
            shifts.append(removed)
    return Folded(folded, tuple(starts), tuple(shifts))


def _invisible_runs(text: str) -> list[tuple[int, int]]:
    invisible = "".join(re.escape(character) for character in set(text) if is_invisible(character))
    return [match.span() for match in re.finditer(f"[{invisible}]+", text)]
