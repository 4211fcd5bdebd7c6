"""How `user.has_perm` follows from roles."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission as ModelPermission
from django.db.models import QuerySet

from accounts.groups import group_names
from accounts.models import User
from core.prepared import Slots, prepared


@prepared
def _person(slot: Slots, _variant: None) -> QuerySet[User]:
    return User.objects.filter(pk=slot("pk"))


class RoleBackend(AuthenticationBackend):
    """Sign-in as allauth does it; permissions from the roles that a person holds at this moment.

    Group membership is brought up to date when roles change and each minute; this backend does not wait for that, so a
    role whose term has run out opens nothing any more.
    """

    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session, if the account is open."""
        user = _person.first(None, pk=user_id)
        return user if user is not None and self.user_can_authenticate(user) else None

    def _get_user_permissions(self, user_obj: User) -> QuerySet[ModelPermission]:
        """Return none: nobody is given a permission by hand."""
        return ModelPermission.objects.none()

    def _get_group_permissions(self, user_obj: User) -> QuerySet[ModelPermission]:
        """Return what the groups of the person's present roles may do."""
        return ModelPermission.objects.filter(group__name__in=group_names(user_obj)).distinct()
