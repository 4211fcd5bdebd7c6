"""Which practices, groups and studies a role may be limited to; each room fills in its own kind.

`accounts` stands below the rooms that have them, so in its `AppConfig.ready` a room says:

    scopes.register(ScopeKind.PRACTICE, choices_for=practices_for_inviting, labels=practice_names)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from accounts.models import Role, RoleAssignment, ScopeKind, User
from accounts.permissions import PRACTICE_ROLES, SITE, Permission, Scope, can, invitable_roles

type Choices = Callable[[User], Iterable[tuple[int, str]]]
type Labels = Callable[[Collection[int]], dict[int, str]]


@dataclass(frozen=True)
class _Source:
    choices_for: Choices
    labels: Labels


_sources: dict[ScopeKind, _Source] = {}


def register(kind: ScopeKind, *, choices_for: Choices, labels: Labels) -> None:
    """Say which scopes of this kind a person may hand out (id and name), and what ids are called."""
    _sources[kind] = _Source(choices_for, labels)


def choices(user: User) -> list[tuple[str, str]]:
    """Return every scope that this person may hand out, as form values such as `practice:7` with their names."""
    return [
        (f"{kind}:{number}", f"{kind.label}: {name}")
        for kind, source in sorted(_sources.items())
        for number, name in source.choices_for(user)
    ]


def handed_out_by(user: User) -> set[Scope]:
    """Return every scope that this person may hand out."""
    return {(kind, number) for kind, source in _sources.items() for number, _name in source.choices_for(user)}


def may_hand_out(user: User, scope: Scope) -> bool:
    """Say whether this person may give somebody a role within this scope; the whole site is for who manages users."""
    if can(user, Permission.MANAGE_USERS):
        return True
    return scope in handed_out_by(user)


def may_offer(user: User, role: Role, scope: Scope) -> bool:
    """Say whether this person may invite somebody for this role within this scope.

    Who runs a cohort may invite practice people to it, even when inviting to a practice is not theirs.
    """
    if not may_hand_out(user, scope):
        return False
    to_cohort = scope[0] == ScopeKind.COHORT and role in PRACTICE_ROLES
    return to_cohort or role in invitable_roles(user)


def parse(value: str) -> Scope:
    """Return the scope of a form value; an empty value is the whole site."""
    if not value:
        return SITE
    kind, _colon, number = value.partition(":")
    return (ScopeKind(kind), int(number))


def labels(scopes: Iterable[Scope]) -> dict[Scope, str]:
    """Return what each scope is called on screen; one read per kind."""
    wanted: dict[ScopeKind, set[int]] = {}
    for kind, number in scopes:
        wanted.setdefault(ScopeKind(kind), set()).add(number)
    found: dict[Scope, str] = {}
    for kind, numbers in wanted.items():
        source = _sources.get(kind)
        names = source.labels(numbers) if source else {}
        found |= {(kind, number): names.get(number, _bare(kind, number)) for number in numbers}
    return found


def _bare(kind: ScopeKind, number: int) -> str:
    return str(kind.label) if kind == ScopeKind.SITE else f"{kind.label} {number}"


def scope_of(assignment: RoleAssignment) -> Scope:
    """Return the scope of an assignment."""
    return (ScopeKind(assignment.scope_kind), assignment.scope_id)
