"""Totals that stay totals: small numbers are shown as a range, and nothing beside them gives them away (decision 26).

A number of people is told exactly only when it, and what is left of the group, is more than five. Everything else is a
range that leaves at least five between its ends, also for somebody who subtracts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SMALL = 5


@dataclass(frozen=True)
class Shown:
    """What is told of a count: it lies between `low` and `high`, both included."""

    low: int
    high: int

    @property
    def exact(self) -> bool:
        """Say whether the number itself is told."""
        return self.low == self.high

    def __str__(self) -> str:
        return str(self.low) if self.exact else f"{self.low}–{self.high}"


def shown(count: int, people: int) -> Shown:
    """Return what may be told of `count` out of `people`."""
    if count > SMALL and people - count > SMALL:
        return Shown(count, count)
    if people <= 2 * SMALL + 1:
        return Shown(0, max(people, SMALL))
    return Shown(0, SMALL) if count <= SMALL else Shown(people - SMALL, people)


def total(counts: Sequence[int], sizes: Sequence[int]) -> Shown | None:
    """Return what may be told of the sum over groups, None when telling it would narrow a range below five.

    `counts` and `sizes` are the count and the number of people of each group, told one by one by `shown`.
    """
    parts = [shown(count, people) for count, people in zip(counts, sizes, strict=True)]
    told = shown(sum(counts), sum(sizes))
    hidden = [part for part in parts if not part.exact]
    left = Shown(told.low - _exact(parts), told.high - _exact(parts))
    return told if all(_wide_enough(part, hidden, left) for part in hidden) else None


def _exact(parts: Sequence[Shown]) -> int:
    return sum(part.low for part in parts if part.exact)


def _wide_enough(part: Shown, hidden: Sequence[Shown], left: Shown) -> bool:
    """Say whether a range stays wide when the sum of all hidden ones is known to lie within `left`."""
    lows = sum(one.low for one in hidden) - part.low
    highs = sum(one.high for one in hidden) - part.high
    low, high = max(part.low, left.low - highs), min(part.high, left.high - lows)
    return high - low >= SMALL
