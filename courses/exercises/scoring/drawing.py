"""Shuffling and drawing. What is shuffled stays as it is for one attempt, on every device, without being stored."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence


def arranged(keys: Sequence[str], *, seed: str, never: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the keys in an order that follows from `seed` alone; `never` is an order that must not come out.

    For the steps of an order question `never` is the right order, so that nothing is answered by touching nothing.
    """
    found = sorted(keys, key=lambda key: hashlib.sha256(f"{seed}|{key}".encode()).digest())
    if len(found) > 1 and found == list(never):
        found = [*found[1:], found[0]]
    return tuple(found)


def draw[Thing](pool: Sequence[Thing], count: int | None, *, chance: random.Random) -> list[Thing]:
    """Return `count` things of the pool, each at most once and in the pool's order; all when None or too many."""
    if count is None or count >= len(pool):
        return list(pool)
    return [pool[place] for place in sorted(chance.sample(range(len(pool)), count))]
