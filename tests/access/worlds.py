"""The world in which the access table is tried: one person per role, and whatever the rooms' addresses are about.

A room adds its objects in its own `tests/access/<room>.py`:

    @thing
    def topic(world: World) -> Topic:
        return TopicFactory(group__members=[world.people["poh"]])

and its rows then use `world.topic`. A thing is made once, when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts.models import Role, User
from tests.access.table import WHO
from tests.accounts.factories import UserFactory

type Maker = Callable[[World], Any]
_things: dict[str, Maker] = {}


def thing(maker: Maker) -> Maker:
    """Add something to the world, under the function's own name."""
    name = maker.__name__
    if name in _things and _things[name].__module__ != maker.__module__:
        message = f"Two rooms both add '{name}' to the world; give one of them another name."
        raise ValueError(message)
    _things[name] = maker
    return maker


class World:
    """Holds the people by role and makes each thing once, for one row."""

    def __init__(self, people: dict[str, User]) -> None:
        self.people = people
        self._made: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in _things:
            message = f"The world has no '{name}'; add it with @thing in tests/access/<room>.py."
            raise AttributeError(message)
        if name not in self._made:
            self._made[name] = _things[name](self)
        return self._made[name]


def one_person_per_role() -> dict[str, User]:
    """Return a person per name in `WHO`, visitors left out; each holds that one role for the whole site."""
    return {who: _person(who) for who in WHO if who != "visitor"}


def _person(who: str) -> User:
    roles = [] if who == "member" else [Role(who)]
    return UserFactory.create(display_name=who, email=f"{who}@access.test", roles=roles)
