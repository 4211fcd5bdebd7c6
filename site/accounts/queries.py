"""What people get to see of accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from accounts import scopes
from accounts.models import Invitation, RecoveryRequest, RoleAssignment, ScopeKind, User
from accounts.permissions import PRACTICE_ROLES, Permission, Scope, can, current_assignments

PAGE = 25


@dataclass(frozen=True)
class MemberPage:
    """One page of the list of members, with the ids to go on from in either direction."""

    members: Sequence[User]
    newer: int | None
    older: int | None


def members_visible_to(user: User) -> QuerySet[User]:
    """Return everybody with an account, for who looks after accounts; nobody for anyone else."""
    if not can(user, Permission.MANAGE_USERS):
        return User.objects.none()
    return User.objects.filter(erased_at=None)


def member_page(members: QuerySet[User], *, after: int | None = None, role: str = "") -> MemberPage:
    """Return a page of members by name, starting behind the member with id `after`."""
    if role:
        members = members.filter(pk__in=current_assignments().filter(role=role).values("user"))
    ordered = members.order_by("display_name", "pk").prefetch_related(
        Prefetch("assignments", queryset=current_assignments().order_by("role"), to_attr="current_roles")
    )
    start = members.filter(pk=after).values_list("display_name", "pk").first() if after else None
    if start:
        name, pk = start
        ordered = ordered.filter(Q(display_name__gt=name) | Q(display_name=name, pk__gt=pk))
    found = list(ordered[: PAGE + 1])
    shown = found[:PAGE]
    return MemberPage(shown, newer=0 if start else None, older=shown[-1].pk if len(found) > PAGE else None)


def assignments_of(member: User) -> list[RoleAssignment]:
    """Return the roles that a member holds, will hold or held, the present ones first."""
    now = timezone.now()
    rows = list(member.assignments.order_by("-starts_at"))
    return sorted(rows, key=lambda row: row.ends_at is not None and row.ends_at <= now)


def scope_names(rows: Sequence[RoleAssignment | Invitation]) -> dict[int, str]:
    """Return what each row is limited to, by the row's id; empty for the whole site."""
    found: dict[int, Scope] = {row.pk: (ScopeKind(row.scope_kind), row.scope_id) for row in rows}
    names = scopes.labels(found.values())
    return {pk: "" if scope[0] == ScopeKind.SITE else names[scope] for pk, scope in found.items()}


def invitations_visible_to(user: User) -> QuerySet[Invitation]:
    """Return the invitations that this person may look after: all, or a practice's or cohort's within their own scopes."""
    invitations = Invitation.objects.select_related("invited_by").order_by("-updated_at", "-pk")
    if can(user, Permission.MANAGE_USERS):
        return invitations
    theirs = Q(pk__in=[])
    for kind in (ScopeKind.PRACTICE, ScopeKind.COHORT):
        numbers = [number for found, number in scopes.handed_out_by(user) if found == kind]
        theirs |= Q(scope_kind=kind, scope_id__in=numbers)
    return invitations.filter(theirs, role__in=PRACTICE_ROLES)


def recoveries_visible_to(user: User) -> QuerySet[RecoveryRequest]:
    """Return the requests that wait for agreement, or whose link still works."""
    if not can(user, Permission.RECOVER_ACCOUNT):
        return RecoveryRequest.objects.none()
    people = ("user", "opened_by", "first_approver", "second_approver")
    return (
        RecoveryRequest.objects.select_related(*people).filter(used_at=None, refused_at=None).order_by("pk")
    )
