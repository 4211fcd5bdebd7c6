"""Where settings demand it, roles beyond the practice get nowhere without a second factor."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Role, User
from tests.accounts.factories import PASSWORD, UserFactory
from tests.accounts.test_sign_in import code_now, with_app

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demanded(settings) -> None:
    settings.REQUIRE_MFA = True


def by_password(user: User) -> Client:
    client = Client()
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    return client


@pytest.mark.parametrize("role", list(Role))
def test_only_poh_and_gp_go_on_by_password_alone(role: Role) -> None:
    answer = by_password(UserFactory(roles=[role])).get("/account/privacy/")
    if role in {Role.POH, Role.GP}:
        assert answer.status_code == 200
    else:
        assert answer["Location"] == "/account/tweede-stap/"


@pytest.mark.parametrize(
    "path", ["", "pages/", "images/", "api/main/pages/", "sprite/", "jsi18n/", "reports/site-history/"]
)
@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_no_page_of_the_editors_desk_opens_without_it(prefix: str, path: str) -> None:
    answer = by_password(UserFactory(editor=True)).get(f"{prefix}/beheer/{path}")
    assert answer.status_code == 302
    assert answer["Location"] == f"{prefix}/account/tweede-stap/"


@pytest.mark.parametrize(
    "page",
    ["/account/tweede-stap/", "/account/2fa/", "/account/2fa/totp/activate/", "/account/2fa/webauthn/add/"],
)
def test_the_pages_to_get_one_do_open(page: str) -> None:
    assert by_password(UserFactory(editor=True)).get(page).status_code == 200


def test_public_pages_stay_open() -> None:
    assert by_password(UserFactory(editor=True)).get("/account/herstel/").status_code == 200


def test_with_it_everything_opens() -> None:
    user = UserFactory(editor=True)
    secret = with_app(user)
    client = by_password(user)
    client.post("/account/2fa/authenticate/", {"code": code_now(secret)})
    assert client.get("/beheer/").status_code == 200
    assert client.get("/account/privacy/").status_code == 200


def test_a_session_from_before_must_show_it_first() -> None:
    user = UserFactory(editor=True)
    client = by_password(user)
    with_app(user)
    answer = client.get("/beheer/")
    assert answer["Location"].startswith("/account/2fa/reauthenticate/")
    assert "next=%2Fbeheer%2F" in answer["Location"]


@pytest.mark.django_db(transaction=True)
def test_adding_one_counts_at_once_and_ends_the_other_sessions() -> None:
    user = UserFactory(editor=True)
    here, elsewhere = by_password(user), by_password(user)
    here.get("/account/2fa/totp/activate/")
    secret = here.session["mfa.totp.secret"]
    here.post("/account/2fa/totp/activate/", {"code": code_now(secret)})
    assert here.get("/beheer/").status_code == 200
    assert elsewhere.get("/account/")["Location"].startswith("/account/login/")


def test_a_superuser_is_not_exempt() -> None:
    boss = UserFactory(is_superuser=True)
    assert by_password(boss).get("/account/privacy/")["Location"] == "/account/tweede-stap/"
