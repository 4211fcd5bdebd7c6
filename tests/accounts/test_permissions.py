"""The one question: may this person do this, here and now?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Role, RoleAssignment, ScopeKind, User
from accounts.permissions import (
    ROLES,
    SITE,
    Permission,
    Scope,
    can,
    forget_grants,
    has_role,
    needs_second_factor,
    scope_ids,
)
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = (ScopeKind.PRACTICE, 7), (ScopeKind.PRACTICE, 8)
SAME_NUMBER_OTHER_KIND = (ScopeKind.GROUP, 7)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Thing:
    """Something that lies in scopes."""

    scopes: frozenset[Scope]

    def role_scopes(self) -> set[Scope]:
        return set(self.scopes)


THING = Thing(frozenset({HERE, (ScopeKind.ROUND, 1)}))


@pytest.mark.parametrize(
    ("scope", "anywhere", "here"),
    [
        (SITE, True, True),
        (HERE, True, True),
        ((ScopeKind.ROUND, 1), True, True),
        (ELSEWHERE, True, False),
        (SAME_NUMBER_OTHER_KIND, True, False),
    ],
)
def test_a_role_counts_within_its_scope(scope: Scope, anywhere: bool, here: bool) -> None:
    user = UserFactory(roles=[Role.POH], scope=scope)
    assert can(user, Permission.VIEW_PRACTICE) is anywhere
    assert can(user, Permission.VIEW_PRACTICE, THING) is here


@pytest.mark.parametrize(
    ("begins", "ends", "counts"),
    [
        (-DAY, None, True),
        (-DAY, DAY, True),
        (DAY, None, False),
        (-2 * DAY, -DAY, False),
        (DAY, 2 * DAY, False),
    ],
)
def test_a_role_counts_within_its_term(begins: timedelta, ends: timedelta | None, counts: bool) -> None:
    user, now = UserFactory(), timezone.now()
    RoleAssignment.objects.create(
        user=user, role=Role.POH, starts_at=now + begins, ends_at=now + ends if ends else None
    )
    assert can(user, Permission.VIEW_PRACTICE) is counts
    assert has_role(user, Role.POH) is counts


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_exactly_its_set_of_permissions(role: Role) -> None:
    user = UserFactory(roles=[role])
    assert {permission for permission in Permission if can(user, permission)} == ROLES[role]


def test_several_roles_add_up_each_within_its_own_scope() -> None:
    user = UserFactory(roles=[Role.POH], scope=HERE)
    RoleAssignment.objects.create(user=user, role=Role.GP, scope_kind=ELSEWHERE[0], scope_id=ELSEWHERE[1])
    assert scope_ids(user, Permission.VIEW_PRACTICE, ScopeKind.PRACTICE) == {7, 8}
    assert scope_ids(user, Permission.COUNT_LETTERS, ScopeKind.PRACTICE) == {7}
    assert scope_ids(user, Permission.VIEW_PRACTICE, ScopeKind.GROUP) == set()


def test_a_role_for_the_whole_site_has_no_list_of_ids() -> None:
    assert (
        scope_ids(UserFactory(project_leader=True), Permission.SEE_ALL_PRACTICES, ScopeKind.PRACTICE) is None
    )


def test_visitors_and_closed_accounts_may_do_nothing() -> None:
    closed = UserFactory(administrator=True, is_active=False)
    assert not any(can(AnonymousUser(), permission) or can(closed, permission) for permission in Permission)


def test_roles_are_read_once_per_person_and_anew_when_told(django_assert_num_queries) -> None:
    user = UserFactory(poh=True)
    with django_assert_num_queries(1):
        assert can(user, Permission.VIEW_PRACTICE)
        assert not can(user, Permission.MANAGE_USERS)
        assert has_role(user, Role.POH)
    RoleAssignment.objects.create(user=user, role=Role.ADMINISTRATOR)
    forget_grants(user)
    assert can(user, Permission.MANAGE_USERS)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_beyond_the_practice_needs_a_second_factor(role: Role) -> None:
    assert needs_second_factor(UserFactory(roles=[role])) is (role not in {Role.POH, Role.GP})


def test_who_is_several_things_needs_a_second_factor_for_the_widest() -> None:
    assert needs_second_factor(UserFactory(roles=[Role.POH, Role.FACILITATOR]))
    assert not needs_second_factor(UserFactory(roles=[Role.POH, Role.GP]))
    assert needs_second_factor(User(is_superuser=True, pk=0))
