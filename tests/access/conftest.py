"""People, their browsers and the things in the world, shared by the walks over all addresses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from accounts.models import User
from tests.access.table import WHO
from tests.access.worlds import World, one_person_per_role


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, User]]:
    """The people, made once for the whole table and gone at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield one_person_per_role()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(people: dict[str, User]) -> dict[str, Client]:
    """A signed-in browser per person, a signed-out one for the visitor."""
    found = {who: Client(raise_request_exception=False) for who in WHO}
    for who, person in people.items():
        found[who].force_login(person)
    return found


@pytest.fixture
def world(people: dict[str, User], clients: dict[str, Client], db: None) -> World:
    """The people, and things that are made when a row asks for them."""
    return World(people)
