"""The one question of the house: `can(user, permission, object)`.

A role is a described set of permissions (`ROLES`). A person holds roles with a scope and a term
(`accounts.models.RoleAssignment`). An object says which scopes it lies in by `role_scopes()`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol, runtime_checkable

from django.contrib.auth.models import AnonymousUser
from django.db.models import DateTimeField, Q, QuerySet
from django.utils import timezone

from accounts.models import Role, RoleAssignment, ScopeKind, User
from core.prepared import Slot, Slots, prepared

type Scope = tuple[ScopeKind, int]
SITE: Scope = (ScopeKind.SITE, 0)


class Permission(StrEnum):
    """Everything that somebody may be allowed to do, by room."""

    # accounts
    INVITE_MEMBER = "invite_member"
    MANAGE_USERS = "manage_users"
    RECOVER_ACCOUNT = "recover_account"
    VIEW_AUDIT = "view_audit"
    # editing
    ENTER_EDITORS_DESK = "enter_editors_desk"
    EDIT_CONTENT = "edit_content"
    REVIEW_MEDICAL = "review_medical"
    PUBLISH_CONTENT = "publish_content"
    VIEW_PROFESSIONAL_LAYER = "view_professional_layer"
    # training
    FOLLOW_TRAINING = "follow_training"
    SEE_LEARNERS = "see_learners"
    RUN_COHORTS = "run_cohorts"
    COACH_LEARNERS = "coach_learners"
    SEE_COLLEAGUES_PROGRESS = "see_colleagues_progress"
    MANAGE_CERTIFICATES = "manage_certificates"
    SEE_TRAINING_TOTALS = "see_training_totals"
    EXPORT_LEARNING = "export_learning"
    MOVE_LEARNERS = "move_learners"
    # practice
    VIEW_PRACTICE = "view_practice"
    COUNT_LETTERS = "count_letters"
    MANAGE_ROUNDS = "manage_rounds"
    SEE_ALL_PRACTICES = "see_all_practices"
    # intervision
    TAKE_PART_IN_INTERVISION = "take_part_in_intervision"
    MODERATE_GROUP = "moderate_group"
    MANAGE_GROUPS = "manage_groups"
    # research
    READ_CONSENTED = "read_consented"
    MANAGE_STUDIES = "manage_studies"
    # the workshop
    VIEW_GALLERY = "view_gallery"


P = Permission
_MEMBER = {P.FOLLOW_TRAINING, P.TAKE_PART_IN_INTERVISION, P.VIEW_PROFESSIONAL_LAYER}

ROLES: dict[Role, frozenset[Permission]] = {
    Role.POH: frozenset(_MEMBER | {P.VIEW_PRACTICE, P.COUNT_LETTERS}),
    Role.GP: frozenset(
        {P.FOLLOW_TRAINING, P.VIEW_PROFESSIONAL_LAYER, P.VIEW_PRACTICE, P.SEE_COLLEAGUES_PROGRESS}
    ),
    Role.TRAINER: frozenset(
        {P.FOLLOW_TRAINING, P.VIEW_PROFESSIONAL_LAYER, P.SEE_LEARNERS, P.RUN_COHORTS, P.COACH_LEARNERS}
    ),
    Role.FACILITATOR: frozenset(
        {P.TAKE_PART_IN_INTERVISION, P.VIEW_PROFESSIONAL_LAYER, P.MODERATE_GROUP, P.MANAGE_GROUPS}
    ),
    Role.EDITOR: frozenset(
        {P.ENTER_EDITORS_DESK, P.EDIT_CONTENT, P.VIEW_PROFESSIONAL_LAYER, P.VIEW_GALLERY, P.MOVE_LEARNERS}
    ),
    Role.MEDICAL_REVIEWER: frozenset(
        {
            P.ENTER_EDITORS_DESK,
            P.REVIEW_MEDICAL,
            P.PUBLISH_CONTENT,
            P.VIEW_PROFESSIONAL_LAYER,
            P.VIEW_GALLERY,
            P.MOVE_LEARNERS,
        }
    ),
    Role.RESEARCHER: frozenset({P.READ_CONSENTED, P.VIEW_PROFESSIONAL_LAYER}),
    Role.PROJECT_LEADER: frozenset(
        {
            P.INVITE_MEMBER,
            P.MANAGE_ROUNDS,
            P.MANAGE_GROUPS,
            P.MANAGE_STUDIES,
            P.SEE_ALL_PRACTICES,
            P.RUN_COHORTS,
            P.VIEW_PROFESSIONAL_LAYER,
            P.VIEW_GALLERY,
            P.MANAGE_CERTIFICATES,
            P.SEE_TRAINING_TOTALS,
            P.EXPORT_LEARNING,
            P.MOVE_LEARNERS,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            P.INVITE_MEMBER,
            P.MANAGE_USERS,
            P.RECOVER_ACCOUNT,
            P.VIEW_AUDIT,
            P.ENTER_EDITORS_DESK,
            P.VIEW_GALLERY,
            P.MANAGE_CERTIFICATES,
            P.EXPORT_LEARNING,
        }
    ),
}


@runtime_checkable
class Scoped(Protocol):
    """An object that lies in scopes of its own."""

    def role_scopes(self) -> set[Scope]:
        """Return the scopes in which a role counts for this object, the whole site left out."""
        ...


type Somebody = User | AnonymousUser

PRACTICE_ROLES = frozenset({Role.POH, Role.GP})


def grants(user: Somebody) -> dict[Permission, set[Scope]]:
    """Return what this person may do and within which scopes, read once per user object."""
    found: dict[Permission, set[Scope]] = {}
    for role, scope in held_roles(user):
        for permission in ROLES[role]:
            found.setdefault(permission, set()).add(scope)
    return found


def held_roles(user: Somebody) -> frozenset[tuple[Role, Scope]]:
    """Return the roles that this person holds now and within which scopes, read once per user object."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    if user._held_roles is None:
        user._held_roles = roles_in(_assigned.rows(None, user=user.pk, now=timezone.now()))
    return user._held_roles


def roles_in(rows: Iterable[tuple[str, str, int]]) -> frozenset[tuple[Role, Scope]]:
    """Return the roles and their scopes that these stored values mean."""
    return frozenset((Role(role), (ScopeKind(kind), number)) for role, kind, number in rows)


def forget_grants(user: User) -> None:
    """Let the next question read the person's roles anew, after they changed."""
    user._held_roles = None
    for name in ("_perm_cache", "_user_perm_cache", "_group_perm_cache"):
        if hasattr(user, name):
            delattr(user, name)


def current_assignments(now: dt.datetime | Slot | None = None) -> QuerySet[RoleAssignment]:
    """Return the assignments whose term holds now, or at the moment given."""
    return RoleAssignment.objects.filter(holds_at(now or timezone.now()))


def holds_at(now: dt.datetime | Slot, path: str = "") -> Q:
    """Return the condition that the assignment at this path (`""`, `"assignments__"`) holds at a moment."""
    not_over = Q((f"{path}ends_at", None)) | Q((f"{path}ends_at__gt", now))
    return Q(not_over, (f"{path}starts_at__lte", now))


@prepared
def _assigned(slot: Slots, _variant: None) -> QuerySet[RoleAssignment, tuple[str, str, int]]:
    held = current_assignments(slot("now", DateTimeField())).filter(user=slot("user"))
    return held.values_list("role", "scope_kind", "scope_id")


def can(user: Somebody, permission: Permission, obj: Scoped | None = None) -> bool:
    """Say whether this person may do this, to this object when one is given.

    Without an object: whether the person may do it anywhere. With one: site-wide, or within one of its scopes.
    """
    scopes = grants(user).get(permission, set())
    if obj is None:
        return bool(scopes)
    return SITE in scopes or bool(scopes & obj.role_scopes())


def scope_ids(user: Somebody, permission: Permission, kind: ScopeKind) -> set[int] | None:
    """Return the ids of this kind within which the person may do this; None means all of them."""
    scopes = grants(user).get(permission, set())
    if SITE in scopes:
        return None
    return {number for found, number in scopes if found == kind}


def has_role(user: Somebody, role: Role) -> bool:
    """Say whether the person holds this role now, in any scope (for words on screen, never for access)."""
    return any(held == role for held, _scope in held_roles(user))


def needs_second_factor(user: Somebody) -> bool:
    """Say whether this person can reach further than their own practice, so that a password alone is too little."""
    beyond = any(role not in PRACTICE_ROLES for role, _scope in held_roles(user))
    return beyond or (isinstance(user, User) and user.is_superuser)


def invitable_roles(user: Somebody) -> list[Role]:
    """Return the roles that this person may offer: all for who manages users, a practice's for the project leader."""
    if can(user, Permission.MANAGE_USERS):
        return list(Role)
    return [Role.POH, Role.GP] if can(user, Permission.INVITE_MEMBER) else []
