"""Wagtail's groups and `has_perm` follow from roles."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from accounts import groups
from accounts.actions import LastAdministratorError, assign_role, end_role, move_role
from accounts.models import Role, RoleAssignment, ScopeKind, User
from accounts.permissions import Permission, can
from core.models import AuditEntry
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
DESK = {Role.EDITOR, Role.MEDICAL_REVIEWER, Role.ADMINISTRATOR}


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("role", list(Role))
def test_the_desk_opens_for_a_role_exactly_when_wagtail_says_so(role: Role) -> None:
    user = UserFactory(roles=[role])
    assert can(user, Permission.ENTER_EDITORS_DESK) is (role in DESK)
    assert user.has_perm("wagtailadmin.access_admin") is (role in DESK)


@pytest.mark.parametrize(
    ("role", "verb", "allowed"),
    [
        (Role.EDITOR, "add", True),
        (Role.EDITOR, "change", True),
        (Role.EDITOR, "publish", False),
        (Role.MEDICAL_REVIEWER, "publish", True),
        (Role.ADMINISTRATOR, "publish", False),
        (Role.POH, "add", False),
    ],
)
def test_editors_write_and_medical_reviewers_publish(role: Role, verb: str, allowed: bool) -> None:
    user = UserFactory()
    assign_role(user, role, by=None)
    page = Page.objects.filter(depth=2).first()
    assert page_permission_policy.user_has_permission_for_instance(fresh(user), verb, page) is allowed


def test_giving_and_ending_a_role_changes_groups_and_is_written_down() -> None:
    boss, user = UserFactory(administrator=True), UserFactory()
    assignment = assign_role(user, Role.EDITOR, by=boss)
    assert [group.name for group in user.groups.all()] == [groups.GROUPS[Role.EDITOR]]
    end_role(assignment, by=boss)
    assert not user.groups.exists()
    assert not fresh(user).has_perm("wagtailadmin.access_admin")
    actions = AuditEntry.objects.filter(actor=boss.audit_id).values_list("action", flat=True)
    assert list(actions.order_by("pk")) == ["accounts.role_assigned", "accounts.role_ended"]


def test_giving_the_same_role_twice_is_giving_it_once() -> None:
    user = UserFactory()
    assert assign_role(user, Role.EDITOR, by=None) == assign_role(user, Role.EDITOR, by=None)
    assert AuditEntry.objects.filter(action="accounts.role_assigned").count() == 1


def test_a_role_moves_from_the_whole_site_to_a_practice() -> None:
    user = UserFactory(poh=True)
    move_role(user, Role.POH, to=(ScopeKind.PRACTICE, 3), by=None)
    current = user.assignments.get(ends_at=None)
    assert (current.scope_kind, current.scope_id) == (ScopeKind.PRACTICE, 3)


def test_a_role_whose_term_ran_out_opens_nothing_and_leaves_its_group_at_the_next_tick() -> None:
    user = UserFactory()
    assign_role(user, Role.EDITOR, by=None, until=timezone.now() + timedelta(hours=1))
    past = timezone.now() - timedelta(minutes=1)
    RoleAssignment.objects.filter(user=user).update(starts_at=past - timedelta(days=1), ends_at=past)
    assert user.groups.exists()
    assert not fresh(user).has_perm("wagtailadmin.access_admin")
    assert groups.sync_all() == 1
    assert not user.groups.exists()


def test_a_role_that_has_yet_to_begin_can_be_taken_back() -> None:
    user = UserFactory()
    later = RoleAssignment.objects.create(
        user=user, role=Role.EDITOR, starts_at=timezone.now() + timedelta(days=1)
    )
    end_role(later, by=None)
    assert not user.assignments.exists()


def test_the_last_administrator_stays() -> None:
    boss = UserFactory(administrator=True)
    with pytest.raises(LastAdministratorError):
        end_role(boss.assignments.get(), by=boss)
    second = UserFactory(administrator=True)
    end_role(boss.assignments.get(), by=second)
    assert not can(fresh(boss), Permission.MANAGE_USERS)


def test_the_command_puts_groups_right_again(capsys) -> None:
    user = UserFactory(editor=True)
    Group.objects.all().delete()
    call_command("sync_groups")
    assert user.groups.get().name == groups.GROUPS[Role.EDITOR]
    assert "1 people" in capsys.readouterr().out
