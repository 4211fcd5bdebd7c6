"""Files that something needs as they are: they are neither deleted nor given another content.

A room that pins files says so in `AppConfig.ready`; it names, in words, what holds a file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

type Holder = Callable[[Any], list[str]]
_holders: dict[str, Holder] = {}


def register_holder(name: str, holder: Holder) -> None:
    """Let a room hold files: `holder(file)` returns the names of what needs it, none when nothing does."""
    _holders[name] = holder


def held_by(item: Any) -> list[str]:
    """Return the names of everything that needs this file as it is; a file that is not stored yet is free."""
    return [name for holder in _holders.values() for name in holder(item)] if item.pk else []
