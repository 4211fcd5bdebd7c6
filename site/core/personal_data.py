"""Registry of personal data: every room says what it holds about a person (decision 9).

A room registers in `AppConfig.ready`; the privacy centre exports and erases by it; a test fails for a relation to the
user without an entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    type StrOrPromise = str | _StrPromise


@dataclass(frozen=True)
class PersonalData:
    """How one model's rows about a person are exported, erased and kept.

    `model` and `field` name the relation to the user (`"forum.Post"`, `"author"`). `export(user)` yields plain dicts
    for the person's own download. `erase(user)` removes or detaches the rows. `retention` says in words how long rows
    are kept and why.
    """

    model: str
    field: str
    export: Callable[[Any], Iterable[dict[str, Any]]]
    erase: Callable[[Any], None]
    retention: StrOrPromise


_registry: dict[tuple[str, str], PersonalData] = {}


def register(*entries: PersonalData) -> None:
    """Add entries; the same model and field twice is an error."""
    for entry in entries:
        key = (entry.model.lower(), entry.field)
        if key in _registry and _registry[key] != entry:
            message = f"{entry.model}.{entry.field} is registered twice as personal data"
            raise ValueError(message)
        _registry[key] = entry


def entries() -> list[PersonalData]:
    """Return all entries, by model and field."""
    return [_registry[key] for key in sorted(_registry)]


def covers(model: type[models.Model], field: str) -> bool:
    """Say whether the relation `field` of `model` has an entry."""
    return (model._meta.label_lower, field) in _registry
