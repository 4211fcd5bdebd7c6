"""At which intervision somebody was, and which comes next: asked here, answered from above.

Training and intervision stand side by side and know nothing of each other (docs/structure.md). The portal, which stands
above both, fills this in when the house starts:

    intervision.register(intervision.Intervision(sittings=…))

While nobody answers, the plan says in which weeks intervision is meant to be and nothing more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Sitting:
    """One intervision to which somebody is invited and which was not cancelled.

    `url` leads to it within the site; `attended` says that it was noted that they were there.
    """

    starts_at: dt.datetime
    ends_at: dt.datetime
    url: str
    attended: bool


@dataclass(frozen=True)
class Intervision:
    """What training may ask about intervision.

    `sittings(users, since, until)` gives by user id what these people were invited to between the two moments, in any
    order, at one fixed number of queries however many people there are.
    """

    sittings: Callable[[Collection[int], dt.datetime, dt.datetime], Mapping[int, Iterable[Sitting]]]


_answers: list[Intervision] = []


def register(answers: Intervision) -> None:
    """Fill in who answers; the last one counts."""
    _answers[:] = [answers]


def forget() -> None:
    """Let nobody answer any more."""
    _answers.clear()


def sittings_of(users: Collection[int], since: dt.datetime, until: dt.datetime) -> dict[int, list[Sitting]]:
    """Return by user id to which intervisions these people were invited, the earliest first; empty while nobody answers."""
    if not users:
        return {}
    return {
        user: sorted(found, key=lambda one: one.starts_at)
        for answers in _answers
        for user, found in answers.sittings(users, since, until).items()
    }


def that_count(sittings: Iterable[Sitting], now: dt.datetime) -> list[Sitting]:
    """Return those that fill the steps of a plan, in order: where somebody was, then what is still to come."""
    found = sorted(sittings, key=lambda one: one.starts_at)
    return [
        *(one for one in found if one.attended),
        *(one for one in found if not one.attended and one.ends_at > now),
    ]
