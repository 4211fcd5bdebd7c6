"""Registry of what people outside intervision handed to researchers, such as copies from a journal.

Training and intervision do not know each other, so a room above both fills this in its `AppConfig.ready`::

    register("journal", lambda study: [HandedOver(subject_id=…, day=…, text=…), …])

Whoever registers answers only with what people agree to at that very moment; the names that researchers see are given here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from intervision.research.models import Study


@dataclass(frozen=True)
class HandedOver:
    """One text that somebody handed to a study on purpose: whose, of which day, since when it lies there."""

    subject_id: int
    day: dt.date
    handed_at: dt.datetime
    text: str


Provider = Callable[[Study], Iterable[HandedOver]]
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Add a way by which texts reach researchers; the same name again replaces it."""
    _providers[name] = provider


def handed_over(study: Study) -> list[HandedOver]:
    """Return everything handed to this study and not taken back, the newest first."""
    found = [text for name in sorted(_providers) for text in _providers[name](study)]
    return sorted(found, key=lambda text: text.handed_at, reverse=True)
