"""A list costs as many queries with three rows as with one; lists tested beside their room are not repeated here.

The list of sessions is left out: allauth asks of each session whether it still lives, and a person has a few.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import recovery
from accounts.actions.invitations import invite
from accounts.models import Role, RoleAssignment, ScopeKind, User
from intervision.forum.actions import edit_post, save_draft
from intervision.forum.models import DraftTarget, GroupKind
from intervision.research.actions import create_study
from tests.accounts.factories import UserFactory
from tests.accounts.test_sign_in import with_app
from tests.forum.factories import make_group, make_post, make_topic
from tests.notifications.factories import NoticeFactory, example_kind
from tests.practices.factories import ParticipationFactory, PracticeFactory

pytestmark = pytest.mark.django_db


def _notices(reader: User) -> tuple[str, Callable[[int], object]]:
    return "/mijn/meldingen/", lambda _number: NoticeFactory.create(recipient=reader)


def _drafts(reader: User) -> tuple[str, Callable[[int], object]]:
    group = make_group(members=[reader], kind=GroupKind.CLOSED)
    topics = [make_topic(group, reader, title=f"Onderwerp {number}") for number in range(3)]

    def write(number: int) -> object:
        return save_draft(
            kind=DraftTarget.REPLY,
            target_id=topics[number].pk,
            title="",
            body="Begin",
            seen_version=0,
            client_token=uuid.uuid4(),
            by=reader,
        )

    return reverse("forum:drafts"), write


def _groups(reader: User) -> tuple[str, Callable[[int], object]]:
    def join(_number: int) -> object:
        group = make_group(members=[reader])
        return make_post(make_topic(group, reader), reader, "Dank.")

    return reverse("forum:index"), join


def _history(reader: User) -> tuple[str, Callable[[int], object]]:
    post = make_topic(make_group(members=[reader]), reader).posts.get()

    def change(number: int) -> object:
        post.refresh_from_db()
        return edit_post(post, text=f"Versie {number}", seen_revision=post.revision, by=reader)

    return reverse("forum:history", args=[post.pk]), change


def _studies(_reader: User) -> tuple[str, Callable[[int], object]]:
    return "/onderzoek/", lambda number: create_study(
        name=f"Studie {number}", consent_key=f"s{number}", by=None
    )


def _recoveries(_reader: User) -> tuple[str, Callable[[int], object]]:
    def lose(number: int) -> object:
        person = UserFactory.create(editor=True, email=f"kwijt{number}@voorbeeld.test")
        with_app(person)
        return recovery.open_recovery(person, by=None)

    return "/account/herstelverzoeken/", lose


def _members(_reader: User) -> tuple[str, Callable[[int], object]]:
    return "/account/leden/", lambda _number: UserFactory.create(roles=[Role.POH, Role.TRAINER])


def _invitations(reader: User) -> tuple[str, Callable[[int], object]]:
    def ask(number: int) -> object:
        scope = (ScopeKind.PRACTICE, PracticeFactory.create().pk)
        address = f"mens{number}@uitgenodigd.test"
        return invite(address, Role.POH, scope=scope, language="nl", by=reader)

    return reverse("accounts:invite"), ask


def _practices(reader: User) -> tuple[str, Callable[[int], object]]:
    def work(_number: int) -> object:
        taking_part = ParticipationFactory.create()
        scope = {"scope_kind": ScopeKind.PRACTICE, "scope_id": taking_part.practice_id}
        return RoleAssignment.objects.create(user=reader, role=Role.POH, **scope)

    for number in range(2):  # one practice leads to its own page
        work(number)
    return reverse("practices:practices"), work


def _researchers(_reader: User) -> tuple[str, Callable[[int], object]]:
    study = create_study(name="Studie", by=None)
    scope = (ScopeKind.STUDY, study.pk)
    return reverse("research:project"), lambda _number: UserFactory.create(
        roles=[Role.RESEARCHER], scope=scope
    )


@pytest.mark.parametrize(
    ("role", "make"),
    [
        ("poh", _notices),
        ("poh", _drafts),
        ("poh", _groups),
        ("poh", _history),
        ("researcher", _studies),
        ("administrator", _recoveries),
        ("administrator", _members),
        ("project_leader", _invitations),
        ("gp", _practices),
        ("project_leader", _researchers),
    ],
    ids=lambda value: getattr(value, "__name__", value).strip("_"),
)
def test_three_rows_cost_what_one_row_costs(role: str, make: Any) -> None:
    reader = UserFactory.create(**{role: True})
    client = Client()
    client.force_login(reader)
    with example_kind():
        address, add = make(reader)
        add(0)
        one = _cost(client, address)
        add(1)
        add(2)
        assert _cost(client, address) == one


def _cost(client: Client, address: str) -> int:
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return len(seen)
