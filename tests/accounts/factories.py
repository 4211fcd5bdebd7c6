"""Makes people for tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from factory.declarations import Sequence, Trait
from factory.django import DjangoModelFactory

from accounts.groups import sync_user
from accounts.models import Role, RoleAssignment, ScopeKind, User
from accounts.permissions import forget_grants

PASSWORD = "Zachtjes-naar-beneden-7"


class UserFactory(DjangoModelFactory[User]):
    """A person with a verified address, a known password and no role.

    Traits give a role for the whole site: `UserFactory(poh=True)`. For several, or a scope: `roles=[Role.POH]` and
    `scope=(ScopeKind.PRACTICE, practice.pk)`, which counts for all of them.
    """

    if TYPE_CHECKING:

        def __new__(cls, *args: Any, **kwargs: Any) -> User: ...  # type: ignore[misc] # calling makes a person

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        poh = Trait(given_role=Role.POH)
        gp = Trait(given_role=Role.GP)
        trainer = Trait(given_role=Role.TRAINER)
        facilitator = Trait(given_role=Role.FACILITATOR)
        editor = Trait(given_role=Role.EDITOR)
        medical_reviewer = Trait(given_role=Role.MEDICAL_REVIEWER)
        researcher = Trait(given_role=Role.RESEARCHER)
        project_leader = Trait(given_role=Role.PROJECT_LEADER)
        administrator = Trait(given_role=Role.ADMINISTRATOR)

    given_role: Role | None = None
    roles: Iterable[Role] = ()
    scope: tuple[ScopeKind, int] = (ScopeKind.SITE, 0)

    email = Sequence(lambda number: f"mens{number}@voorbeeld.test")
    display_name = Sequence(lambda number: f"Mens {number}")
    language = "nl"

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        given, roles, scope = kwargs.pop("given_role"), list(kwargs.pop("roles")), kwargs.pop("scope")
        user = User.objects.create_user(kwargs.pop("email"), kwargs.pop("password", PASSWORD), **kwargs)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        for role in [*([given] if given else []), *roles]:
            RoleAssignment.objects.create(user=user, role=role, scope_kind=scope[0], scope_id=scope[1])
        sync_user(user)
        forget_grants(user)
        return user
