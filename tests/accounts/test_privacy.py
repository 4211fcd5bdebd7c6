"""One's own data: all of it in a download, and gone after erasure."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts import consent
from accounts.actions.privacy import erase, export
from accounts.actions.roles import LastAdministratorError
from accounts.models import ConsentEntry, Purpose, RoleAssignment, User
from core import personal_data
from core.models import AuditEntry, OutboxMail
from tests.accounts.factories import PASSWORD, UserFactory
from tests.accounts.test_sign_in import with_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    made = UserFactory(poh=True, email="noor@voorbeeld.test", display_name="Noor Haverkamp")
    consent.give(made, consent.text(Purpose.READ_POSTS, "nl"))
    return made


def signed_in(user: User) -> Client:
    client = Client()
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    return client


def test_the_download_holds_every_part_that_is_registered(user: User) -> None:
    answer = signed_in(user).post("/account/privacy/download/")
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        found = json.loads(archive.read("trede.json"))
    assert len(found["parts"]) == len(personal_data.entries())
    rows = {part["what"]: part["rows"] for part in found["parts"]}
    assert rows["account.EmailAddress"][0]["email"] == "noor@voorbeeld.test"
    assert rows["accounts.RoleAssignment"][0]["role"] == "poh"
    assert rows["accounts.ConsentEntry"][0]["given"] is True


def test_the_download_holds_nothing_of_somebody_else(user: User) -> None:
    UserFactory(email="ander@voorbeeld.test")
    with zipfile.ZipFile(io.BytesIO(export(user))) as archive:
        assert b"ander@voorbeeld.test" not in archive.read("trede.json")


def test_after_a_while_the_download_asks_who_one_is(client_for, user: User) -> None:
    answer = client_for(user).post("/account/privacy/download/")
    assert answer["Location"].startswith("/account/reauthenticate/")


def test_erasing_takes_everything_that_says_who_it_was(user: User) -> None:
    with_app(user)
    audit_id = user.audit_id
    erase(user, by=user)
    gone = User.objects.get(pk=user.pk)
    assert "noor" not in f"{gone.email}{gone.display_name}{gone.work_title}".lower()
    assert not gone.is_active
    assert not gone.has_usable_password()
    assert gone.audit_id == audit_id
    for model in (EmailAddress, Authenticator, UserSession, RoleAssignment):
        assert not model.objects.filter(user=gone).exists()


def test_erasing_takes_mails_to_that_address_out_of_the_outbox_and_no_others(user: User) -> None:
    for address in (user.email.upper(), "iemand@voorbeeld.test"):
        OutboxMail.objects.create(
            key=address, recipient=address, sender="x@trede.test", subject="s", text="t"
        )
    erase(user, by=user)
    assert [mail.recipient for mail in OutboxMail.objects.all()] == ["iemand@voorbeeld.test"]


def test_erasing_withdraws_consent_and_keeps_the_ledger(user: User) -> None:
    erase(user, by=user)
    assert not consent.has_consent(user, Purpose.READ_POSTS)
    assert list(ConsentEntry.objects.filter(subject=user).values_list("given", flat=True)) == [True, False]


def test_the_trail_goes_on_under_the_opaque_id(user: User) -> None:
    erase(user, by=user)
    last = AuditEntry.objects.filter(action="accounts.erased").get()
    assert last.actor == user.audit_id
    assert "noor" not in json.dumps([last.before, last.after]).lower()


def test_erasing_asks_once_more_and_signs_out(user: User) -> None:
    client = signed_in(user)
    assert client.get("/account/privacy/wissen/").status_code == 200
    assert client.post("/account/privacy/wissen/").status_code == 422
    assert User.objects.get(pk=user.pk).is_active
    client.post("/account/privacy/wissen/", {"sure": "on"})
    assert not User.objects.get(pk=user.pk).is_active
    assert client.get("/account/")["Location"].startswith("/account/login/")


def test_an_erased_person_does_not_get_in_by_code_or_password(user: User, client: Client, mailoutbox) -> None:
    erase(user, by=user)
    client.post("/account/login/", {"login": "noor@voorbeeld.test", "password": PASSWORD})
    client.post("/account/login/code/", {"email": "noor@voorbeeld.test"})
    assert "_auth_user_id" not in client.session
    assert not mailoutbox


def test_the_last_administrator_cannot_erase_themselves() -> None:
    boss = UserFactory(administrator=True)
    with pytest.raises(LastAdministratorError):
        erase(boss, by=boss)
    answer = signed_in(boss).post("/account/privacy/wissen/", {"sure": "on"})
    assert answer.status_code == 422
    assert User.objects.get(pk=boss.pk).is_active


def test_the_address_may_be_used_again_after_erasure(user: User) -> None:
    erase(user, by=user)
    assert User.objects.create_user("noor@voorbeeld.test", PASSWORD, display_name="Noor").pk != user.pk


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"display_name": "Noor H.", "work_title": "poh", "language": "fr"}, 302),
        ({"display_name": "", "work_title": "poh", "language": "nl"}, 422),
        ({"display_name": "No\x00or", "work_title": "poh", "language": "nl"}, 422),
        ({"display_name": "N" * 101, "work_title": "poh", "language": "nl"}, 422),
        ({"display_name": "Noor", "work_title": "poh", "language": "xx"}, 422),
    ],
)
def test_name_and_language(client_for, user: User, typed: dict[str, str], status: int) -> None:
    answer = client_for(user).post("/account/gegevens/", typed)
    assert answer.status_code == status
    if status == 302:
        assert answer["Location"] == "/fr/account/gegevens/"
        user.refresh_from_db()
        assert user.display_name == "Noor H."
    else:
        assert 'value="poh"' in answer.content.decode()
