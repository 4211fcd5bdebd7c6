"""The practice's own page, and who sees it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, ScopeKind
from practices.models import WeekCount, monday_of
from tests.accounts.factories import UserFactory
from tests.practices.factories import ParticipationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def participation():
    return ParticipationFactory.create()


def somebody(role, participation):
    return UserFactory.create(roles=[role], scope=(ScopeKind.PRACTICE, participation.practice_id))


def week_address(participation, weeks_ago=0):
    monday = monday_of(timezone.localdate()) - dt.timedelta(weeks=weeks_ago)
    return reverse("practices:week", args=[participation.pk, monday])


FORM = {"letters": "4", "calls": "1", "responses": "2", "conversations": "1", "version": "0"}


@pytest.mark.parametrize(
    ("role", "own", "status"),
    [
        (Role.POH, True, 200),
        (Role.GP, True, 200),
        (Role.POH, False, 404),
        (Role.PROJECT_LEADER, True, 404),
        (Role.RESEARCHER, True, 404),
    ],
)
def test_who_sees_a_practice(role, own, status, participation, client):
    client.force_login(somebody(role, participation if own else ParticipationFactory.create()))
    assert client.get(participation.get_absolute_url()).status_code == status


def test_one_practice_opens_at_once(participation, client):
    client.force_login(somebody(Role.POH, participation))
    assert client.get(reverse("practices:practices")).url == participation.get_absolute_url()


def test_counting_a_week_without_javascript(participation, client):
    client.force_login(somebody(Role.POH, participation))
    answer = client.post(week_address(participation), FORM, follow=True)
    assert answer.redirect_chain[-1][0] == participation.get_absolute_url()
    assert WeekCount.objects.get().counts == {"letters": 4, "calls": 1, "responses": 2, "conversations": 1}


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"letters": ""}, 422, "Dit is een verplicht veld"),
        ({"letters": "vier"}, 422, "geheel getal"),
        ({"letters": "1"}, 422, "2 op 1 brief"),
        ({"letters": "9999"}, 422, "500"),
        ({"letters": "\x00"}, 422, ""),
    ],
)
def test_bad_numbers_are_told_and_what_was_typed_stays(change, status, sentence, participation, client):
    client.force_login(somebody(Role.POH, participation))
    answer = client.post(week_address(participation), FORM | change)
    page = answer.content.decode()
    assert answer.status_code == status
    assert sentence in page
    assert 'name="responses" value="2"' in page
    assert not WeekCount.objects.exists()


def test_a_colleague_who_was_first_is_shown(participation, client):
    client.force_login(somebody(Role.POH, participation))
    client.post(week_address(participation), FORM)
    answer = client.post(week_address(participation), FORM | {"letters": "3"})
    assert answer.status_code == 409
    assert "Een collega telde deze week" in answer.content.decode()
    again = client.post(week_address(participation), FORM | {"letters": "3", "version": "1"})
    assert again.status_code == 302


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01"])
def test_an_impossible_day_is_no_address(day, participation, client):
    client.force_login(somebody(Role.POH, participation))
    assert client.get(f"/praktijk/{participation.pk}/week/{day}/").status_code == 404


@pytest.mark.parametrize("weeks", [1, 3])
def test_the_page_costs_the_same_queries_whatever_the_number_of_weeks(
    weeks, participation, client, django_assert_num_queries
):
    client.force_login(somebody(Role.POH, participation))
    for number in range(weeks):
        client.post(week_address(participation, number), FORM)
    client.get(participation.get_absolute_url())
    with django_assert_num_queries(PRACTICE_QUERIES):
        client.get(participation.get_absolute_url())


PRACTICE_QUERIES = 8


def test_a_project_leader_sees_letters_but_not_what_came_back(participation, client):
    client.force_login(somebody(Role.POH, participation))
    client.post(
        week_address(participation), {**FORM, "letters": "17", "responses": "13", "conversations": "11"}
    )
    client.force_login(UserFactory.create(roles=[Role.PROJECT_LEADER]))
    page = client.get(reverse("practices:desk")).content.decode()
    assert "17 van 20" in page
    assert ">13<" not in page
    assert ">11<" not in page


@pytest.mark.parametrize("practices", [1, 3])
def test_the_desk_costs_the_same_queries_whatever_the_number_of_practices(
    practices, participation, client, django_assert_num_queries
):
    for _ in range(practices - 1):
        ParticipationFactory.create(round=participation.round)
    client.force_login(UserFactory.create(roles=[Role.PROJECT_LEADER]))
    client.get(reverse("practices:desk"))
    with django_assert_num_queries(DESK_QUERIES):
        client.get(reverse("practices:desk"))


DESK_QUERIES = 6


def test_a_leader_of_one_round_sees_only_that_round(participation, client):
    other = ParticipationFactory.create()
    leader = UserFactory.create(roles=[Role.PROJECT_LEADER], scope=(ScopeKind.ROUND, participation.round_id))
    client.force_login(leader)
    assert client.get(reverse("practices:round", args=[participation.round_id])).status_code == 200
    assert client.get(reverse("practices:round", args=[other.round_id])).status_code == 404


def test_a_practice_joins_once_however_often_the_form_is_sent(participation, client):
    client.force_login(UserFactory.create(roles=[Role.PROJECT_LEADER]))
    address = reverse("practices:join", args=[participation.round_id])
    for _ in range(2):
        client.post(address, {"name": "Huisartsenpraktijk Nieuw", "place": "Oefendorp"})
    assert participation.round.participations.filter(practice__name="Huisartsenpraktijk Nieuw").count() == 1


def test_a_round_that_ends_before_it_starts_is_refused_in_words(client):
    client.force_login(UserFactory.create(roles=[Role.PROJECT_LEADER]))
    form = {"name": "Ronde", "starts_on": "2026-10-01", "ends_on": "2026-09-01", "letter_target": "20"}
    answer = client.post(reverse("practices:round_new"), form)
    assert answer.status_code == 422
    assert "De laatste dag ligt vóór de eerste" in answer.content.decode()
