"""Where somebody is signed in: the kind of device, and a way to sign out elsewhere."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.models import User
from accounts.sessions import NO_ADDRESS, kind_of_device
from tests.accounts.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME_PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
IPAD = "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1"


def from_device(user: User, description: str) -> Client:
    client = Client(headers={"user-agent": description}, REMOTE_ADDR="203.0.113.9")
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    return client


@pytest.mark.parametrize(
    ("description", "kept"),
    [
        (FIREFOX, "Firefox/computer"),
        (CHROME_PHONE, "Chrome/phone"),
        (IPAD, "Safari/tablet"),
        ("curl/8.1", "/computer"),
        ("", "/computer"),
    ],
)
def test_a_description_becomes_a_kind(description: str, kept: str) -> None:
    assert kind_of_device(description) == kept


def test_no_address_and_no_description_are_kept() -> None:
    user = UserFactory()
    from_device(user, FIREFOX)
    session = UserSession.objects.get(user=user)
    assert (session.ip, session.user_agent) == (NO_ADDRESS, "Firefox/computer")
    session.save()
    assert session.user_agent == "Firefox/computer"


def test_the_owner_sees_the_devices_in_words_and_signs_out_elsewhere() -> None:
    user = UserFactory()
    here, elsewhere = from_device(user, FIREFOX), from_device(user, CHROME_PHONE)
    page = here.get("/account/sessions/").content.decode()
    assert "Firefox" in page
    assert "Chrome" in page
    assert "203.0.113.9" not in page
    here.post("/account/sessions/")
    assert UserSession.objects.filter(user=user).count() == 1
    assert elsewhere.get("/account/")["Location"].startswith("/account/login/")
    assert here.get("/account/").status_code == 200


def test_one_sees_only_ones_own_sessions() -> None:
    stranger = UserFactory()
    from_device(stranger, CHROME_PHONE)
    mine = from_device(UserFactory(), FIREFOX)
    assert "Chrome" not in mine.get("/account/sessions/").content.decode()
    mine.post("/account/sessions/")
    assert UserSession.objects.filter(user=stranger).exists()
