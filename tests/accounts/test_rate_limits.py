"""Trying too often is stopped, whichever worker answers."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client

from tests.accounts.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
TRIES = 5


@pytest.fixture
def _shared_cache(settings) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "rate_limit_cache"}
    }
    call_command("createcachetable")


@pytest.mark.usefixtures("_shared_cache")
def test_a_second_worker_sees_the_same_count() -> None:
    user = UserFactory()
    for _attempt in range(TRIES):
        Client().post("/account/login/", {"login": user.email, "password": "verkeerd"})
    caches.close_all()
    del caches["default"]  # another worker has a cache object of its own
    answer = Client().post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 422
    assert "_auth_user_id" not in answer.client.session


@pytest.mark.usefixtures("_shared_cache")
def test_too_many_attempts_from_one_place_get_the_page_for_it() -> None:
    statuses = [
        Client().post("/account/herstel/", {"email": f"a{number}@voorbeeld.test"}).status_code
        for number in range(11)
    ]
    assert statuses[0] == 200
    assert statuses[-1] == 429
    page = Client().post("/account/herstel/", {"email": "a@voorbeeld.test"}).content.decode()
    assert 'lang="nl"' in page
