"""Making groups and saying who belongs to them."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Role, ScopeKind
from intervision.forum.actions import add_member, create_group, end_membership, rename_group
from intervision.forum.errors import GroupFullError
from intervision.forum.models import Group, GroupKind, Membership
from intervision.forum.queries import groups_managed_by, groups_visible_to
from tests.accounts.factories import UserFactory
from tests.forum.factories import make_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(db):
    return UserFactory.create(roles=[Role.PROJECT_LEADER])


@pytest.fixture
def desk(client, leader):
    client.force_login(leader)
    return client


def test_a_project_leader_makes_a_group_and_lets_a_colleague_in(desk):
    poh = UserFactory.create(roles=[Role.POH])
    made = desk.post(
        "/intervisie/groepen/nieuw/", {"name": "Groep Waal", "purpose": "Oefenen", "kind": "intervision"}
    )
    group = Group.objects.get(name="Groep Waal")
    assert made.url == f"/intervisie/groepen/{group.pk}/"
    desk.post(f"/intervisie/groepen/{group.pk}/erbij/", {"email": f" {poh.email.upper()} "})
    assert list(groups_visible_to(poh)) == [group]
    group.refresh_from_db()
    assert group.member_count == 1


def test_looking_after_a_group_does_not_let_a_project_leader_read_it(desk, leader):
    group = make_group()
    assert group in groups_managed_by(leader)
    assert not groups_visible_to(leader).exists()
    assert desk.get(group.get_absolute_url()).status_code in {403, 404}


def test_an_address_of_nobody_who_takes_part_is_refused_in_words_and_kept(desk):
    group = make_group()
    gp = UserFactory.create(roles=[Role.GP])
    for address in ("niemand@voorbeeld.test", gp.email):
        answer = desk.post(f"/intervisie/groepen/{group.pk}/erbij/", {"email": address})
        assert answer.status_code == 422
        assert "doet mee aan intervisie" in answer.content.decode()
        assert address in answer.content.decode()
    assert not group.memberships.exists()


def test_an_intervision_group_takes_twelve_people_and_no_more(leader):
    group = make_group(members=UserFactory.create_batch(12, roles=[Role.POH]))
    with pytest.raises(GroupFullError):
        add_member(group, user=UserFactory.create(roles=[Role.POH]), by=leader)
    assert group.memberships.count() == 12


def test_a_thirteenth_is_told_so_beside_the_field(desk):
    group = make_group(members=UserFactory.create_batch(12, roles=[Role.POH]))
    late = UserFactory.create(roles=[Role.POH])
    answer = desk.post(f"/intervisie/groepen/{group.pk}/erbij/", {"email": late.email})
    assert answer.status_code == 422
    assert "tweede groep" in answer.content.decode()


def test_a_small_intervision_group_is_told_what_works(desk):
    group = make_group(members=UserFactory.create_batch(2, roles=[Role.POH]))
    assert "vier tot twaalf" in desk.get(f"/intervisie/groepen/{group.pk}/").content.decode()


def test_ending_a_membership_twice_counts_once(leader):
    group = make_group(members=UserFactory.create_batch(2, roles=[Role.POH]))
    membership = group.memberships.first()
    stale = Membership.objects.get(pk=membership.pk)
    end_membership(membership, by=leader)
    end_membership(stale, by=leader)
    group.refresh_from_db()
    assert group.member_count == 1


def test_a_name_that_holds_patient_data_is_refused_and_kept(desk):
    answer = desk.post(
        "/intervisie/groepen/nieuw/",
        {"name": "Groep van mevrouw Jansen", "purpose": "", "kind": "closed"},
    )
    assert answer.status_code == 422
    assert "mevrouw Jansen" in answer.content.decode()
    assert not Group.objects.exists()


@pytest.mark.parametrize(
    ("role", "scoped", "makes", "manages"),
    [
        (Role.PROJECT_LEADER, False, True, True),
        (Role.FACILITATOR, False, True, True),
        (Role.FACILITATOR, True, False, True),
        (Role.POH, False, False, False),
        (Role.ADMINISTRATOR, False, False, False),
    ],
)
def test_who_makes_groups_and_who_looks_after_one(role, scoped, makes, manages):
    group = make_group()
    scope = (ScopeKind.GROUP, group.pk) if scoped else (ScopeKind.SITE, 0)
    person = UserFactory.create(roles=[role], scope=scope)
    assert allowed(lambda: rename_group(group, name="Anders", purpose="", by=person)) is manages
    assert allowed(lambda: create_group(kind=GroupKind.CLOSED, name="Nieuw", by=person)) is makes


def allowed(act) -> bool:
    try:
        act()
    except PermissionDenied:
        return False
    return True


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_ask_the_same_number_of_queries(rows, desk, django_assert_num_queries):
    group = make_group(members=UserFactory.create_batch(rows, roles=[Role.POH]))
    for number in range(rows - 1):
        create_group(kind=GroupKind.CLOSED, name=f"Groep {number}", by=None)
    desk.get("/intervisie/groepen/")
    with django_assert_num_queries(5):
        desk.get("/intervisie/groepen/")
    with django_assert_num_queries(6):
        desk.get(f"/intervisie/groepen/{group.pk}/")
