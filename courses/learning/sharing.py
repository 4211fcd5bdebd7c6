"""Registry of who may receive a copy of a journal entry.

Trainers are this room's own. What other wings offer, the intervision group and the researchers, a room above both
registers in its `AppConfig.ready`, since training knows neither::

    register(Receiver(ShareAudience.GROUP, destinations=groups_of, shown=as_topic, deliver=post, withdraw=take_back))
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.models import Purpose, User
from courses.learning.models import JournalShare, ShareAudience

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Destination:
    """Somebody who can receive a copy: `readers` says in a sentence who will read it.

    Where `purpose` names one, the writer must agree to its newest text, for `study`, before anything is handed over.
    """

    audience: ShareAudience
    id: int
    name: str
    readers: str
    purpose: Purpose | None = None
    study: str = ""

    @property
    def value(self) -> str:
        """Return the destination as a form sends it."""
        return f"{self.audience.value}-{self.id}"


@dataclass(frozen=True)
class Shown:
    """Exactly what the readers will see: under which name, when it was written in words, a title if there is one, the text."""

    name: str
    when: str
    text: str
    title: str = ""


def _nothing(_share: JournalShare) -> None:
    """Leave it at that: the copy is read where it stands."""


def _no_receipt(_share: JournalShare) -> str:
    return ""


@dataclass(frozen=True)
class Receiver:
    """How one audience receives copies.

    `destinations(writer)` are those open to this person now. `shown(writer, day, text)` is what readers will see.
    `deliver(share)` hands the copy over within the sharing transaction and returns a receipt; `withdraw(share)` takes it
    back. Both may raise `SharingRefusedError`.
    """

    audience: ShareAudience
    label: str | _StrPromise
    destinations: Callable[[User], Iterable[Destination]]
    shown: Callable[[User, dt.date, str], Shown]
    deliver: Callable[[JournalShare], str] = _no_receipt
    withdraw: Callable[[JournalShare], None] = _nothing


class SharingRefusedError(Exception):
    """The receiving room cannot take the copy as it is; the message is a sentence for the writer."""


_receivers: dict[ShareAudience, Receiver] = {}


def register(receiver: Receiver) -> None:
    """Let an audience receive copies; registering it again replaces the earlier way."""
    _receivers[receiver.audience] = receiver


def receiver_for(audience: str) -> Receiver:
    """Return how this audience receives copies; raises LookupError when no room registered it."""
    return _receivers[ShareAudience(audience)]


def destinations_for(writer: User) -> list[Destination]:
    """Return everybody to whom this person can hand a copy now, trainers first."""
    return [
        found
        for audience in ShareAudience
        if audience in _receivers
        for found in _receivers[audience].destinations(writer)
    ]
