"""Where somebody arrives after signing in: the member's home, or the one desk that is all they come for."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse
from django.utils import translation

from accounts.models import Role, User
from accounts.permissions import held_roles

HOME = "portal:home"
_desks: dict[Role, str] = {}


def register(role: Role, view_name: str) -> None:
    """Have people who hold this role, and no other, arrive at this view."""
    _desks[role] = view_name


def address_for(user: User) -> str:
    """Return the address at which this person arrives, in their own language."""
    desks = {_desks.get(role, HOME) for role, _scope in held_roles(user)}
    wanted = desks.pop() if len(desks) == 1 else HOME
    with translation.override(user.language):
        return _address(wanted) or _address(HOME) or _address("accounts:home")


def _address(view_name: str) -> str:
    try:
        return reverse(view_name)
    except NoReverseMatch:
        return ""
