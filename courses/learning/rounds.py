"""Who takes part in a round of practices: asked here, answered from above.

Training and practices stand side by side and know nothing of each other (docs/structure.md). The portal, which stands
above both, fills this in when the house starts:

    rounds.register(rounds.Rounds(choices_for=…, names=…, people=…))
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from accounts.models import User
from accounts.permissions import Somebody


@dataclass(frozen=True)
class Rounds:
    """What training may ask about rounds.

    `choices_for(user)` gives id and name of the rounds that this person leads, the newest first; `names(ids)` what
    rounds are called; `people(round_id)` the members who work in a practice of that round now.
    """

    choices_for: Callable[[Somebody], Iterable[tuple[int, str]]]
    names: Callable[[Collection[int]], dict[int, str]]
    people: Callable[[int], Iterable[User]]


_answers: list[Rounds] = []


def register(answers: Rounds) -> None:
    """Fill in who answers; the last one counts."""
    _answers[:] = [answers]


def choices_for(user: Somebody) -> list[tuple[int, str]]:
    """Return the rounds that this person leads; none while nobody answers."""
    return [choice for answers in _answers for choice in answers.choices_for(user)]


def name_of(round_id: int | None) -> str:
    """Return what a round is called, empty when it is none or gone."""
    found = [answers.names([round_id]) for answers in _answers if round_id]
    return found[0].get(round_id, "") if found and round_id else ""


def people(round_id: int) -> list[User]:
    """Return the members who take part in a round now."""
    return [user for answers in _answers for user in answers.people(round_id)]
