"""What follows when somebody accepts an invitation; each room fills in what it offers.

`accounts` stands below the rooms in which people begin something, so in its `AppConfig.ready` a room says:

    afterwards.register("cohort", Afterwards(choices_for=…, label=…, act=…, landing=…))

An invitation then carries `cohort:7`. Acting happens in the transaction in which the invitation is accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from accounts.models import User
from accounts.permissions import Permission, can


@dataclass(frozen=True)
class Afterwards:
    """One kind of thing that an invitation may lead to.

    `choices_for(inviter)` gives id and name of what this person may choose; `label(id)` its name, empty when it is
    gone; `act(member, id, inviter)` lets the new member begin; `landing(member, id)` is the address to arrive at, empty
    for the usual one. `act` raises nothing: an invitation is accepted even when there is nothing to begin any more.
    """

    choices_for: Callable[[User], Iterable[tuple[int, str]]]
    label: Callable[[int], str]
    act: Callable[[User, int, User | None], None]
    landing: Callable[[User, int], str]


_kinds: dict[str, Afterwards] = {}


def register(kind: str, what: Afterwards) -> None:
    """Add a kind; the same name again replaces the earlier one."""
    _kinds[kind] = what


def value(kind: str, number: int) -> str:
    """Return what an invitation carries."""
    return f"{kind}:{number}"


def choices(user: User) -> list[tuple[str, str]]:
    """Return everything that this person may let an invitation lead to, as form values with names."""
    return [
        (value(kind, number), name)
        for kind, what in sorted(_kinds.items())
        for number, name in what.choices_for(user)
    ]


def may_choose(user: User, carried: str) -> bool:
    """Say whether this person may let an invitation lead to this; anybody may leave it empty."""
    if not carried or can(user, Permission.MANAGE_USERS):
        return True
    what, number = _find(carried)
    return what is not None and any(number == found for found, _name in what.choices_for(user))


def label(carried: str) -> str:
    """Return the name of what an invitation leads to, empty for nothing."""
    what, number = _find(carried)
    return what.label(number) if what else ""


def act(carried: str, *, member: User, inviter: User | None) -> None:
    """Let somebody who accepted an invitation begin what it leads to."""
    what, number = _find(carried)
    if what:
        what.act(member, number, inviter)


def landing(carried: str, member: User) -> str:
    """Return the address at which somebody arrives after accepting, empty for the usual one."""
    what, number = _find(carried)
    return what.landing(member, number) if what else ""


def _find(carried: str) -> tuple[Afterwards | None, int]:
    kind, _colon, number = carried.partition(":")
    return (_kinds.get(kind), int(number)) if number.isdecimal() else (None, 0)
