"""Everything that changes who may do what; audited in the same transaction."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.groups import sync_user
from accounts.models import Role, RoleAssignment, User
from accounts.permissions import SITE, Scope, forget_grants
from core import audit


@transaction.atomic
def assign_role(user: User, role: Role, *, by: User | None, scope: Scope = SITE) -> RoleAssignment:
    """Give the person a role within a scope; a second time changes nothing. `by` is None for the demo and set-up."""
    kind, number = scope
    assignment, made = RoleAssignment.objects.get_or_create(
        user=user, role=role, scope_kind=kind, scope_id=number, ends_at=None
    )
    if made:
        audit.record("accounts.role_assigned", by=by, obj=assignment, after=_facts(assignment))
        _refresh(user)
    return assignment


@transaction.atomic
def end_role(assignment: RoleAssignment, *, by: User | None) -> None:
    """End a role now; a role that has ended already is left as it is."""
    now = timezone.now()
    open_ones = RoleAssignment.objects.filter(pk=assignment.pk, ends_at=None, starts_at__lt=now)
    if open_ones.update(ends_at=now, updated_at=now):
        audit.record("accounts.role_ended", by=by, obj=assignment, before=_facts(assignment))
        _refresh(assignment.user)


@transaction.atomic
def move_role(user: User, role: Role, *, to: Scope, by: User | None) -> RoleAssignment:
    """Let a role that a person holds for the whole site hold within one scope only, such as their practice."""
    for held in RoleAssignment.objects.filter(user=user, role=role, scope_kind=SITE[0], ends_at=None):
        end_role(held, by=by)
    return assign_role(user, role, scope=to, by=by)


def _refresh(user: User) -> None:
    forget_grants(user)
    sync_user(user)


def _facts(assignment: RoleAssignment) -> dict[str, str | int]:
    return {
        "user": str(assignment.user.audit_id),
        "role": assignment.role,
        "scope_kind": assignment.scope_kind,
        "scope_id": assignment.scope_id,
    }
