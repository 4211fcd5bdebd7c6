"""Administrators look after accounts and roles."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts import queries
from accounts.models import Role, User
from core.models import AuditEntry
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> User:
    return UserFactory(administrator=True, display_name="Aaltje Beheer")


@pytest.fixture
def desk(client_for, boss: User) -> Client:
    return client_for(boss)


def test_the_list_is_by_name_a_page_at_a_time(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    people = [UserFactory(display_name=name) for name in ("Bea", "Carla", "Carla", "Dirk")]
    seen, address = [], "/account/leden/"
    for _page in range(4):
        page = desk.get(address)
        seen += [row["member"].pk for row in page.context["listed"]]
        if page.context["page"].older is None:
            break
        address = f"/account/leden/?na={page.context['page'].older}"
    assert seen[1:] == [person.pk for person in people]


@pytest.mark.parametrize("odd", ["?na=abc", "?na=999999999", "?na=-1", "?rol=koning", "?na=\u0663"])
def test_odd_questions_get_the_first_page(desk: Client, odd: str) -> None:
    assert desk.get(f"/account/leden/{odd}").status_code == 200


def test_the_list_shows_one_role_only(desk: Client) -> None:
    poh, trainer = UserFactory(poh=True), UserFactory(trainer=True)
    shown = [row["member"] for row in desk.get("/account/leden/?rol=poh").context["listed"]]
    assert poh in shown
    assert trainer not in shown


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(desk: Client, rows: int, django_assert_max_num_queries) -> None:
    for _row in range(rows):
        UserFactory(roles=[Role.POH, Role.TRAINER])
    with django_assert_max_num_queries(10):
        desk.get("/account/leden/")


def test_a_role_is_given_until_a_day_and_ended(desk: Client, boss: User) -> None:
    person = UserFactory()
    day = timezone.localdate() + timedelta(days=30)
    desk.post(f"/account/leden/{person.pk}/", {"role": "editor", "scope": "", "until": day.isoformat()})
    held = person.assignments.get()
    assert held.ends_at is not None
    assert timezone.localtime(held.ends_at).date() == day
    assert person.groups.exists()
    desk.post(f"/account/leden/{person.pk}/rol/{held.pk}/einde/")
    assert not person.groups.exists()
    assert AuditEntry.objects.filter(actor=boss.audit_id).count() == 2


@pytest.mark.parametrize(
    "typed",
    [
        {"role": "koning"},
        {"role": ""},
        {"role": "editor", "scope": "practice:x"},
        {"role": "editor", "until": "2001-01-01"},
        {"role": "editor", "until": "morgen"},
    ],
)
def test_a_wrong_role_is_refused_in_words(desk: Client, typed: dict[str, str]) -> None:
    person = UserFactory()
    answer = desk.post(f"/account/leden/{person.pk}/", typed)
    assert answer.status_code == 422
    assert not person.assignments.exists()


def test_the_last_administrator_keeps_role_and_account(desk: Client, boss: User) -> None:
    desk.post(f"/account/leden/{boss.pk}/rol/{boss.assignments.get().pk}/einde/")
    desk.post(f"/account/leden/{boss.pk}/sluiten/")
    boss.refresh_from_db()
    assert boss.is_active
    assert boss.assignments.get().ends_at is None


def test_an_account_is_closed_and_opened_again(desk: Client, client_for) -> None:
    person = UserFactory(poh=True)
    theirs = client_for(person)
    desk.post(f"/account/leden/{person.pk}/sluiten/")
    assert theirs.get("/account/")["Location"].startswith("/account/login/")
    desk.post(f"/account/leden/{person.pk}/openen/")
    person.refresh_from_db()
    assert person.is_active


def test_a_role_is_ended_only_for_the_person_it_belongs_to(desk: Client) -> None:
    person, other = UserFactory(), UserFactory(poh=True)
    held = other.assignments.get()
    assert desk.post(f"/account/leden/{person.pk}/rol/{held.pk}/einde/").status_code == 404
