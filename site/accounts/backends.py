"""How `user.has_perm` follows from roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission as ModelPermission
from django.db.models import DateTimeField, F, FilteredRelation, QuerySet
from django.utils import timezone

from accounts.groups import group_names
from accounts.models import User
from accounts.permissions import holds_at, roles_in
from core.prepared import Slots, prepared

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class _Held(TypedDict):
    """A role of a person, None all through when they hold none."""

    held_role: str | None
    held_kind: str
    held_scope: int


type PersonWithRole = "WithAnnotations[User, _Held]"


@prepared
def _person(slot: Slots, _variant: None) -> QuerySet[PersonWithRole]:
    """Ask for a person once for each role that they hold, and once when they hold none."""
    now = slot("now", DateTimeField())
    return User.objects.filter(pk=slot("pk")).annotate(
        held=FilteredRelation("assignments", condition=holds_at(now, "assignments__")),
        held_role=F("held__role"),
        held_kind=F("held__scope_kind"),
        held_scope=F("held__scope_id"),
    )


class RoleBackend(AuthenticationBackend):
    """Sign-in as allauth does it; permissions from the roles that a person holds at this moment.

    Group membership is brought up to date when roles change and each minute; this backend does not wait for that, so a
    role whose term has run out opens nothing any more.
    """

    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session with the roles that they hold now, if the account is open; one query."""
        rows = _person.rows(None, pk=user_id, now=timezone.now())
        if not rows or not self.user_can_authenticate(rows[0]):
            return None
        held = [(row.held_role, row.held_kind, row.held_scope) for row in rows if row.held_role]
        user: User = rows[0]
        user._held_roles = roles_in(held)
        return user

    def _get_user_permissions(self, user_obj: User) -> QuerySet[ModelPermission]:
        """Return none: nobody is given a permission by hand."""
        return ModelPermission.objects.none()

    def _get_group_permissions(self, user_obj: User) -> QuerySet[ModelPermission]:
        """Return what the groups of the person's present roles may do."""
        return ModelPermission.objects.filter(group__name__in=group_names(user_obj)).distinct()
