"""Who may do what: giving, moving and ending roles, and closing an account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.groups import sync_user
from accounts.models import Role, RoleAssignment, User
from accounts.permissions import SITE, Scope, current_assignments, forget_grants
from core import audit


class LastAdministratorError(Exception):
    """The house would be left without an administrator who can sign in."""


@transaction.atomic
def assign_role(
    user: User, role: Role, *, by: User | None, scope: Scope = SITE, until: datetime | None = None
) -> RoleAssignment:
    """Give the person a role within a scope, until a moment or without end; a second time changes nothing.

    `by` is None for the demo and set-up.
    """
    key: dict[str, Any] = {"user": user, "role": role, "scope_kind": scope[0], "scope_id": scope[1]}
    if until is None:
        assignment, made = RoleAssignment.objects.get_or_create(**key, ends_at=None)
    else:
        assignment, made = RoleAssignment.objects.create(**key, ends_at=until), True
    if made:
        audit.record("accounts.role_assigned", by=by, obj=assignment, after=_facts(assignment))
        _refresh(user)
    return assignment


@transaction.atomic
def end_role(assignment: RoleAssignment, *, by: User | None) -> None:
    """End a role now; one that has ended already is left as it is. Raises `LastAdministratorError`."""
    now = timezone.now()
    held = current_assignments().select_for_update().filter(pk=assignment.pk).first()
    if held is None:
        RoleAssignment.objects.filter(pk=assignment.pk, starts_at__gt=now).delete()
        return
    if held.role == Role.ADMINISTRATOR:
        require_another_administrator(held.user)
    RoleAssignment.objects.filter(pk=held.pk).update(ends_at=now, updated_at=now)
    audit.record("accounts.role_ended", by=by, obj=held, before=_facts(held))
    _refresh(held.user)


@transaction.atomic
def move_role(user: User, role: Role, *, to: Scope, by: User | None) -> RoleAssignment:
    """Let a role that a person holds for the whole site hold within one scope only, such as their practice."""
    for held in RoleAssignment.objects.filter(user=user, role=role, scope_kind=SITE[0], ends_at=None):
        end_role(held, by=by)
    return assign_role(user, role, scope=to, by=by)


@transaction.atomic
def close_account(user: User, *, by: User) -> None:
    """Let the person no longer sign in, without touching what they made. Raises `LastAdministratorError`."""
    require_another_administrator(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    audit.record("accounts.account_closed", by=by, obj=user)


@transaction.atomic
def open_account(user: User, *, by: User) -> None:
    """Let the person sign in again; an erased account stays closed."""
    if User.objects.filter(pk=user.pk, erased_at=None).update(is_active=True):
        audit.record("accounts.account_opened", by=by, obj=user)


def require_another_administrator(user: User) -> None:
    """Raise `LastAdministratorError` when the person is the only administrator left."""
    administrators = current_assignments().filter(role=Role.ADMINISTRATOR, user__is_active=True)
    if administrators.filter(user=user).exists() and not administrators.exclude(user=user).exists():
        raise LastAdministratorError


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
