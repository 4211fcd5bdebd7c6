"""A lost second factor: two different administrators, then one link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import recovery as actions
from accounts.models import RecoveryRequest, User
from core.models import AuditEntry
from tests.accounts.factories import PASSWORD, UserFactory
from tests.accounts.test_sign_in import with_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def lost() -> User:
    user = UserFactory(editor=True, email="ilse@voorbeeld.test")
    with_app(user)
    return user


@pytest.fixture
def administrators() -> list[User]:
    return [UserFactory(administrator=True) for _ in range(2)]


def link_for(user: User, mailoutbox) -> str:
    text = next(mail.body for mail in reversed(mailoutbox) if mail.to == [user.email])
    found = re.search(r"https?://[^/]+(/\S+)", text)
    assert found
    return found.group(1)


def test_two_administrators_and_one_link(
    client: Client,
    client_for,
    lost: User,
    administrators: list[User],
    mailoutbox,
    django_capture_on_commit_callbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/herstel/", {"email": "Ilse@voorbeeld.test"})
    request = RecoveryRequest.objects.get(user=lost)
    assert {mail.to[0] for mail in mailoutbox} == {person.email for person in administrators}
    for person in administrators:
        client_for(person).post(f"/account/herstelverzoeken/{request.pk}/akkoord/")
    link = link_for(lost, mailoutbox)
    assert Authenticator.objects.filter(user=lost).exists()
    assert client.get(link).status_code == 200
    client.post(link)
    assert not Authenticator.objects.filter(user=lost).exists()
    assert client.get(link).status_code == 410
    assert client.post(link).status_code == 410
    kinds = AuditEntry.objects.filter(action__startswith="accounts.recovery").values_list("action", flat=True)
    assert [kind.removeprefix("accounts.recovery_") for kind in kinds.order_by("pk")] == [
        "opened",
        "approved_first",
        "approved_second",
        "used",
    ]


def test_the_link_itself_signs_nobody_in(client: Client, lost: User, administrators, mailoutbox) -> None:
    request = actions.open_recovery(lost, by=None)
    for person in administrators:
        actions.approve_recovery(request, by=person)
    client.post(link_for(lost, mailoutbox))
    assert "_auth_user_id" not in client.session
    client.post("/account/login/", {"login": lost.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(lost.pk)


def test_using_the_link_ends_every_session(client: Client, lost: User, administrators, mailoutbox) -> None:
    Authenticator.objects.filter(user=lost).delete()
    elsewhere = Client()
    elsewhere.post("/account/login/", {"login": lost.email, "password": PASSWORD})
    request = actions.open_recovery(lost, by=administrators[0])
    for person in administrators:
        actions.approve_recovery(request, by=person)
    client.post(link_for(lost, mailoutbox))
    assert elsewhere.get("/account/")["Location"].startswith("/account/login/")


def test_one_person_cannot_agree_twice(
    client_for, lost: User, administrators: list[User], mailoutbox
) -> None:
    request = actions.open_recovery(lost, by=administrators[0])
    actions.approve_recovery(request, by=administrators[0])
    with pytest.raises(actions.SecondPersonNeededError):
        actions.approve_recovery(request, by=administrators[0])
    client_for(administrators[0]).post(f"/account/herstelverzoeken/{request.pk}/akkoord/")
    request.refresh_from_db()
    assert request.second_approved_at is None
    assert not [mail for mail in mailoutbox if mail.to == [lost.email]]


def test_nobody_agrees_to_their_own_recovery(administrators: list[User]) -> None:
    request = actions.open_recovery(administrators[0], by=administrators[1])
    with pytest.raises(actions.SecondPersonNeededError):
        actions.approve_recovery(request, by=administrators[0])


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_approver": 0, "second_approver": 0},
        {"first_approver": "self"},
        {"second_approver": "self"},
    ],
)
def test_the_database_holds_the_rule_too(lost: User, administrators: list[User], wrong: dict) -> None:
    request = actions.open_recovery(lost, by=None)
    people = {name: lost if who == "self" else administrators[who] for name, who in wrong.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        RecoveryRequest.objects.filter(pk=request.pk).update(**people)


@pytest.mark.parametrize("trait", ["project_leader", "editor", "poh"])
def test_only_administrators_agree(lost: User, trait: str) -> None:
    request = actions.open_recovery(lost, by=None)
    with pytest.raises(PermissionDenied):
        actions.approve_recovery(request, by=UserFactory(**{trait: True}))


def test_one_open_request_per_person(lost: User, mailoutbox, administrators) -> None:
    assert actions.open_recovery(lost, by=None) == actions.open_recovery(lost, by=None)
    assert len(mailoutbox) == len(administrators)


def test_a_refused_request_is_over(client: Client, lost: User, administrators, mailoutbox) -> None:
    request = actions.open_recovery(lost, by=None)
    for person in administrators:
        actions.approve_recovery(request, by=person)
    actions.refuse_recovery(request, by=administrators[0])
    assert client.post(link_for(lost, mailoutbox)).status_code == 410
    assert Authenticator.objects.filter(user=lost).exists()
    with pytest.raises(actions.RecoveryClosedError):
        actions.approve_recovery(request, by=administrators[1])


def test_the_link_works_for_a_day(client: Client, lost: User, administrators, mailoutbox) -> None:
    request = actions.open_recovery(lost, by=None)
    for person in administrators:
        actions.approve_recovery(request, by=person)
    RecoveryRequest.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(link_for(lost, mailoutbox)).status_code == 410
    assert actions.open_recovery(lost, by=None) != request


def test_asking_for_an_unknown_address_opens_nothing_and_queues_the_same_work(
    client: Client, lost: User, django_capture_on_commit_callbacks
) -> None:
    client.post("/account/herstel/", {"email": "eerder@voorbeeld.test"})
    queued = []
    for address in (lost.email, "niemand@voorbeeld.test"):
        with django_capture_on_commit_callbacks() as work, CaptureQueriesContext(connection) as seen:
            assert client.post("/account/herstel/", {"email": address}).status_code == 200
        queued.append((len(work), len(seen)))
    assert queued[0] == queued[1]
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/herstel/", {"email": "niemand@voorbeeld.test"})
    assert not RecoveryRequest.objects.exists()
