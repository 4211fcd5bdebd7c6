"""Asking the same thing once per page: what several parts of one page need about a person is fetched a single time.

Off unless a view switches it on for its request (`remember(user)`), so that actions and tests always see the database.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_KEY = "_asked_once"


def remember(user: Any) -> None:
    """Keep answers about this user for as long as this object lives: one request."""
    user.__dict__[_KEY] = {}


def once[T](user: Any, question: str, ask: Callable[[], T]) -> T:
    """Return the answer to a question about this user, asked once where the view said so."""
    kept: dict[str, T] | None = getattr(user, "__dict__", {}).get(_KEY)
    if kept is None:
        return ask()
    if question not in kept:
        kept[question] = ask()
    return kept[question]


def forget(user: Any, question: str) -> None:
    """Ask this question anew: an action changed the answer."""
    kept: dict[str, Any] | None = getattr(user, "__dict__", {}).get(_KEY)
    if kept is not None:
        kept.pop(question, None)
