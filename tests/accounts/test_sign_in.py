"""Signing in by password and by mailed code, where people arrive, and that nobody gets past it."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from config.settings import base
from core.models import OutboxMail
from tests.accounts.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


def signed_in_as(client: Client) -> User | None:
    return User.objects.filter(pk=client.session.get("_auth_user_id", 0)).first()


def with_app(user: User) -> str:
    """Give the person an authenticator app; return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def code_in(text: str) -> str:
    """Return the code that stands on a line of its own in a mail."""
    return next(line for line in text.splitlines() if re.fullmatch(r"[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}", line))


def test_the_form_has_the_fields_that_others_count_on(client: Client) -> None:
    page = client.get(LOGIN).content.decode()
    assert 'name="login"' in page
    assert 'name="password"' in page


def test_the_right_password_signs_in_whatever_the_case_of_the_address(client: Client) -> None:
    user = UserFactory(email="noor@voorbeeld.test")
    client.post(LOGIN, {"login": "Noor@Voorbeeld.test", "password": PASSWORD})
    assert signed_in_as(client) == user


def test_a_wrong_password_is_refused_in_words_and_keeps_the_address(client: Client) -> None:
    UserFactory(email="noor@voorbeeld.test")
    answer = client.post(LOGIN, {"login": "noor@voorbeeld.test", "password": "verkeerd"})
    assert answer.status_code == 422
    assert 'value="noor@voorbeeld.test"' in answer.content.decode()
    assert signed_in_as(client) is None


def test_nothing_tells_whether_an_address_has_an_account() -> None:
    UserFactory(email="noor@voorbeeld.test")

    def answers(address: str) -> list[str]:
        client = Client()
        pages = [
            client.post(LOGIN, {"login": address, "password": "verkeerd"}),
            client.post("/account/password/reset/", {"email": address}, follow=True),
            client.post("/account/login/code/", {"email": address}, follow=True),
            client.post("/account/herstel/", {"email": address}),
        ]
        without = [
            re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", page.content.decode()) for page in pages
        ]
        return [text.replace(address, "") for text in without]

    assert answers("noor@voorbeeld.test") == answers("niemand@voorbeeld.test")


@pytest.mark.parametrize("page", ["/account/password/reset/", "/account/login/code/"])
def test_an_unknown_address_costs_the_same_work_and_is_sent_nothing(page: str, settings) -> None:
    settings.MAILERS = {**base.MAILERS}
    UserFactory(email="noor@voorbeeld.test")
    written = []
    for address in ("noor@voorbeeld.test", "niemand@voorbeeld.test"):
        with CaptureQueriesContext(connection) as seen:
            Client().post(page, {"email": address})
        written.append(
            [one for one in seen if one["sql"].startswith("INSERT") and "outboxmail" in one["sql"]]
        )
    assert [len(rows) for rows in written] == [1, 1]
    assert list(OutboxMail.objects.values_list("recipient", flat=True)) == ["noor@voorbeeld.test"]


def test_a_mailed_code_signs_in(client: Client, mailoutbox) -> None:
    user = UserFactory()
    client.post("/account/login/code/", {"email": user.email})
    assert mailoutbox[0].to == [user.email]
    client.post("/account/login/code/confirm/", {"code": code_in(mailoutbox[0].body)})
    assert signed_in_as(client) == user


def test_a_wrong_code_does_not(client: Client) -> None:
    user = UserFactory()
    client.post("/account/login/code/", {"email": user.email})
    answer = client.post("/account/login/code/confirm/", {"code": "AAAA-BBBB"})
    assert answer.status_code == 422
    assert signed_in_as(client) is None


def test_an_unknown_address_gets_no_mail(client: Client, mailoutbox) -> None:
    client.post("/account/login/code/", {"email": "niemand@voorbeeld.test"})
    assert not mailoutbox


@pytest.mark.parametrize("ways", [["password"], ["code"]])
def test_who_has_a_second_factor_is_asked_for_it(client: Client, ways: list[str], mailoutbox) -> None:
    user = UserFactory(editor=True)
    secret = with_app(user)
    if "password" in ways:
        answer = client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    else:
        client.post("/account/login/code/", {"email": user.email})
        answer = client.post("/account/login/code/confirm/", {"code": code_in(mailoutbox[0].body)})
    assert answer["Location"].startswith("/account/2fa/authenticate/")
    assert signed_in_as(client) is None
    client.post("/account/2fa/authenticate/", {"code": code_now(secret)})
    assert signed_in_as(client) == user


@pytest.mark.parametrize("prefix", ["", "/fr"])
@pytest.mark.parametrize("fields", [("username", "password"), ("login", "password")])
def test_the_admins_own_sign_in_signs_nobody_in(client: Client, prefix: str, fields: tuple[str, str]) -> None:
    user = UserFactory(administrator=True)
    with_app(user)
    answer = client.post(f"{prefix}/beheer/login/", dict(zip(fields, (user.email, PASSWORD), strict=True)))
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{prefix}/account/login/")
    assert signed_in_as(client) is None


@pytest.mark.parametrize("prefix", ["", "/fr"])
@pytest.mark.parametrize(
    "path", ["password_reset/", "password_reset/confirm/MQ/abc-def/", "password_reset/done/"]
)
def test_the_admins_own_password_reset_leads_to_ours(client: Client, prefix: str, path: str) -> None:
    answer = client.get(f"{prefix}/beheer/{path}")
    assert answer["Location"] == f"{prefix}/account/password/reset/"


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_signing_out_from_the_admin_signs_out(client_for, prefix: str) -> None:
    client = client_for(UserFactory(editor=True))
    client.post(f"{prefix}/beheer/logout/")
    assert signed_in_as(client) is None


@pytest.mark.parametrize("path", ["users/", "users/new/", "groups/", "groups/new/"])
def test_the_admins_own_users_and_groups_are_closed_even_to_a_superuser(client_for, path: str) -> None:
    boss = UserFactory(administrator=True, is_superuser=True)
    assert client_for(boss).get(f"/beheer/{path}").status_code == 403


@pytest.mark.parametrize(
    "address", ["/beheer/", "/fr/beheer/", "/fr/beheer/pages/", "/fr/beheer/api/main/pages/"]
)
def test_a_poh_at_the_editors_desk_is_refused_in_words(client_for, address: str) -> None:
    answer = client_for(UserFactory(poh=True)).get(address)
    assert answer.status_code == 403
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize(
    ("roles", "language", "target"),
    [
        ([Role.POH], "nl", "/mijn/"),
        ([Role.POH], "fr", "/fr/mijn/"),
        ([Role.EDITOR], "nl", "/beheer/"),
        ([Role.MEDICAL_REVIEWER, Role.EDITOR], "nl", "/beheer/"),
        ([Role.EDITOR, Role.POH], "nl", "/mijn/"),
        ([], "nl", "/mijn/"),
    ],
)
def test_people_arrive_where_they_work(client: Client, roles: list[Role], language: str, target: str) -> None:
    user = UserFactory(roles=roles, language=language)
    answer = client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    assert answer["Location"] == target


@pytest.mark.parametrize(
    ("method", "came_from", "back"),
    [
        ("get", "http://testserver/mijn/", "/account/gegevens/"),
        ("post", "http://testserver/intervisie/?p=2", "/intervisie/?p=2"),
        ("post", "https://elders.test/mijn/", "/mijn/"),
        ("post", "", "/mijn/"),
    ],
)
def test_after_an_expired_session_people_come_back_to_the_page_they_were_on(
    client: Client, method: str, came_from: str, back: str
) -> None:
    answer = getattr(client, method)("/account/gegevens/", headers={"referer": came_from})
    assert answer.status_code == 302
    path, _mark, query = answer["Location"].partition("?")
    assert (path, parse_qs(query)) == (LOGIN, {"next": [back]})


def test_a_script_that_asks_for_a_part_has_the_whole_page_sign_in(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/mijn/?blad=2"}
    answer = client.post("/account/gegevens/", headers=headers)
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == f"{LOGIN}?next=/mijn/%3Fblad%3D2"


@pytest.mark.parametrize("next_page", ["https://elders.test/", "//elders.test/", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(client: Client, next_page: str) -> None:
    user = UserFactory(poh=True)
    answer = client.post(LOGIN, {"login": user.email, "password": PASSWORD, "next": next_page})
    assert answer["Location"] == "/mijn/"


def test_a_closed_account_does_not_get_in(client: Client) -> None:
    user = UserFactory(is_active=False)
    answer = client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    assert answer["Location"] == "/account/inactive/"
    assert signed_in_as(client) is None


@pytest.mark.parametrize(
    "typed",
    [
        {"login": "noor\x00@voorbeeld.test", "password": "x"},
        {"login": "noor@voorbeeld.test", "password": "x\x00y"},
        {"login": "n" * 5000 + "@voorbeeld.test", "password": "x"},
        {"login": "noor@voorbeeld.test", "password": "x" * 100_000},
        {"login": "", "password": ""},
        {"login": "\u202enoor@voorbeeld.test", "password": "x"},
    ],
)
def test_odd_input_is_refused_in_words(client: Client, typed: dict[str, str]) -> None:
    answer = client.post(LOGIN, typed)
    assert answer.status_code == 422
    assert "data-error-summary" in answer.content.decode()


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    client.post(
        "/account/signup/", {"email": "x@voorbeeld.test", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert not User.objects.filter(email="x@voorbeeld.test").exists()
    assert not Authenticator.objects.exists()


def test_a_refused_sign_in_speaks_of_signing_in_and_not_of_saving(client):
    answer = client.post("/account/login/", {"login": "noor@voorbeeld.test", "password": "x"})
    assert "Dat lukte nog niet." in answer.text
    assert "Nog niet opgeslagen" not in answer.text
