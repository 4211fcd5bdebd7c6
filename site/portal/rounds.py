"""Tells training who takes part in a round of practices: the two stand side by side and meet here, above both."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import Somebody
from courses.learning import rounds
from practices.queries import people_in_round, round_names, rounds_for


def register() -> None:
    """Answer what training asks about rounds."""
    rounds.register(rounds.Rounds(choices_for=_choices_for, names=round_names, people=_people))


def _choices_for(user: Somebody) -> list[tuple[int, str]]:
    return list(rounds_for(user).values_list("pk", "name"))


def _people(round_id: int) -> list[User]:
    return list(people_in_round(round_id))
