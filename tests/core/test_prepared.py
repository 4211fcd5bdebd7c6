"""A prepared question gives what the same queryset gives, for whatever values it is asked with."""

import datetime as dt
import threading
import uuid

import pytest
from django.db import connection
from django.db.models import Count, DateTimeField, EmailField, F, Q, UUIDField

from accounts.models import Role, RoleAssignment, User
from core.prepared import among, prepared
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db

MOMENT = dt.datetime(2026, 11, 3, 9, 0, tzinfo=dt.UTC)


@prepared
def by_address(slot, _variant):
    return User.objects.filter(email=slot("address", EmailField()))


@prepared
def roles_at(slot, _variant):
    now = slot("now", DateTimeField())
    held = RoleAssignment.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now, user=slot("person")
    )
    return held.select_related("user").annotate(name=F("user__display_name")).order_by("pk")


def test_the_values_differ_and_the_rows_with_them():
    first, second = UserFactory.create(), UserFactory.create()
    assert by_address.rows(None, address=first.email) == [first]
    assert by_address.first(None, address=second.email) == second
    assert by_address.first(None, address="niemand@voorbeeld.test") is None


def test_rows_are_new_each_time():
    person = UserFactory.create()
    first, second = (by_address.first(None, address=person.email) for _ in range(2))
    assert first is not second
    first.display_name = "Anders"
    assert second.display_name == person.display_name


def test_related_rows_and_annotations_come_along(django_assert_num_queries):
    person = UserFactory.create(poh=True, display_name="Noor Haverkamp")
    with django_assert_num_queries(1):
        held = roles_at.rows(None, person=person.pk, now=dt.datetime.now(dt.UTC))
        assert [(row.role, row.user.display_name, row.name) for row in held] == [
            (Role.POH, "Noor Haverkamp", "Noor Haverkamp")
        ]


def test_moments_are_compared_as_the_database_keeps_them():
    person = UserFactory.create()
    row = RoleAssignment.objects.create(
        user=person, role=Role.GP, starts_at=MOMENT, ends_at=MOMENT + dt.timedelta(days=1)
    )
    seen = {
        hours: roles_at.rows(None, person=person.pk, now=MOMENT + dt.timedelta(hours=hours))
        for hours in (-1, 0, 23, 24)
    }
    assert seen == {-1: [], 0: [row], 23: [row], 24: []}


def test_ids_that_are_no_numbers_fit_their_field():
    @prepared
    def by_trail(slot, _variant):
        return User.objects.filter(audit_id=slot("trail", UUIDField())).values_list("pk", flat=True)

    person = UserFactory.create()
    assert by_trail.rows(None, trail=person.audit_id) == [person.pk]
    assert by_trail.rows(None, trail=uuid.uuid4()) == []


def test_each_variant_has_a_shape_of_its_own():
    @prepared
    def people(slot, named):
        found = User.objects.filter(pk__gte=slot("least")).order_by("pk")
        return found.values_list("pk", "display_name") if named else found.values_list("pk", flat=True)

    person = UserFactory.create(display_name="Rie")
    assert people.rows(True, least=person.pk) == [(person.pk, "Rie")]
    assert people.rows(False, least=person.pk) == [person.pk]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_one_of_several(count):
    @prepared
    def people(_slot, number):
        return User.objects.filter(among("pk", "people", number)).order_by("pk")

    wanted = UserFactory.create_batch(count)
    UserFactory.create()
    assert people.rows(count, people=[person.pk for person in wanted]) == wanted


def test_counting():
    @prepared
    def number(slot, _variant):
        held = RoleAssignment.objects.filter(role=slot("role", RoleAssignment._meta.get_field("role")))
        return held.values("role").annotate(number=Count("pk")).values_list("number", flat=True)

    UserFactory.create_batch(2, poh=True)
    assert number.first(None, role=Role.POH) == 2
    assert number.first(None, role=Role.RESEARCHER) is None


def test_a_question_that_can_have_no_answer_is_not_asked(django_assert_num_queries):
    @prepared
    def nobody(_slot, _variant):
        return User.objects.filter(pk__in=[])

    with django_assert_num_queries(0):
        assert nobody.rows(None) == []


def test_a_value_that_is_missing_is_an_error():
    with pytest.raises(KeyError, match="address"):
        by_address.rows(None)


def test_a_value_is_never_part_of_the_words_of_the_question():
    UserFactory.create()
    assert by_address.rows(None, address="' OR 1=1 --") == []


@pytest.mark.django_db(transaction=True)
def test_threads_do_not_mix_their_answers():
    people = UserFactory.create_batch(4)
    wrong = []

    def ask(person):
        for _ in range(50):
            if by_address.first(None, address=person.email) != person:
                wrong.append(person)
        connection.close()

    threads = [threading.Thread(target=ask, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
