"""Five presses at the same moment, each in a thread and connection of its own, are stored once."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.actions.invitations import invite
from accounts.models import Invitation, Role, User
from accounts.permissions import SITE
from core.models import AuditEntry
from courses.catalogue.queries import question_spec
from courses.learning.models import Attempt, Enrolment
from courses.learning.queries import outline_of
from intervision.forum.models import Membership, Post, Topic
from notifications.models import Notice
from tests.accounts.factories import UserFactory
from tests.accounts.test_invitations import link_in
from tests.courses.factories import make_enrolment
from tests.forum.factories import make_group, make_topic, poh
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)

PRESSES = 5


def at_once(act: Callable[[], Any]) -> list[Any]:
    """Run an act in five threads that start together; return what each answered or raised."""
    return together([act] * PRESSES)


def pressed(user: Any, address: str, data: dict[str, Any]) -> list[int]:
    """Send the same form five times at once by the same person; return the status codes."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value

    def send() -> int:
        own = Client()
        own.cookies[settings.SESSION_COOKIE_NAME] = session
        return own.post(address, data).status_code

    answers = at_once(send)
    assert all(isinstance(answer, int) for answer in answers), answers
    return sorted(answers)


def test_a_reply_is_one_post_and_tells_each_reader_once() -> None:
    writer, mentioned = poh("Tess van Dam"), poh("Bo de Boer")
    topic = make_topic(make_group(members=[writer, mentioned]), writer)
    data = {"body": f"Dank @{mentioned.display_name}, goed idee.", "client_token": str(uuid.uuid4())}
    assert pressed(writer, reverse("forum:topic", args=[topic.pk]), data) == [302] * PRESSES
    assert Post.objects.filter(topic=topic).count() == 2
    topic.refresh_from_db()
    assert topic.post_count == 2
    assert Notice.objects.filter(recipient=mentioned).count() == 1
    assert AuditEntry.objects.filter(action="forum.post_added").count() == 1


def test_a_new_topic_is_one_topic() -> None:
    writer = poh("Tess van Dam")
    group = make_group(members=[writer])
    data = {
        "kind": "question",
        "title": "Hoe begin je?",
        "body": "Wat zeg je?",
        "client_token": str(uuid.uuid4()),
    }
    assert pressed(writer, reverse("forum:new_topic", args=[group.pk]), data) == [302] * PRESSES
    group.refresh_from_db()
    assert (Topic.objects.count(), group.topic_count) == (1, 1)


def test_starting_a_course_is_one_enrolment() -> None:
    course = make_enrolment(UserFactory.create(poh=True)).course
    starter = UserFactory.create(poh=True)
    assert pressed(starter, reverse("learning:enrol", args=[course.pk]), {}) == [302] * PRESSES
    assert Enrolment.objects.filter(user=starter).count() == 1
    assert AuditEntry.objects.filter(action="learning.enrolled", actor=starter.audit_id).count() == 1


def test_an_answer_is_one_attempt_with_one_answer() -> None:
    enrolment = make_enrolment(UserFactory.create(poh=True))
    outline = outline_of(enrolment)
    question = outline.exercises_of(outline.lessons[0])[0]
    address = reverse("learning:answer", args=[enrolment.pk, question.id, question.id])
    data = {"option": option_of(question), "number": "1", "check": "1"}
    assert pressed(enrolment.user, address, data) == [302] * PRESSES
    attempt = Attempt.objects.get()
    assert attempt.answers.count() == 1
    assert AuditEntry.objects.filter(action="learning.attempt_handed_in").count() == 1


def option_of(question: Any) -> str:
    return question_spec(question).options[0].key


def test_an_invitation_is_sent_once(mailoutbox) -> None:
    leader = UserFactory.create(administrator=True)
    data = {"email": "nieuw@voorbeeld.test", "role": "editor", "scope": "", "language": "nl"}
    statuses = pressed(leader, reverse("accounts:invite"), data)
    assert 500 not in statuses
    assert Invitation.objects.filter(email="nieuw@voorbeeld.test").count() == 1
    assert [mail.to for mail in mailoutbox] == [["nieuw@voorbeeld.test"]]


def test_an_invitation_is_accepted_once(mailoutbox) -> None:
    leader = UserFactory.create(administrator=True)
    invite("nieuw@voorbeeld.test", Role.EDITOR, scope=SITE, language="nl", by=leader)
    address = link_in(mailoutbox)
    typed = {
        "display_name": "Noor Nieuw",
        "work_title": "redacteur",
        "language": "nl",
        "sign_in_with": "password",
        "password": "Zachtjes-naar-boven-8",
        "agree": "on",
    }
    statuses = at_once(lambda: Client().post(address, typed).status_code)
    assert statuses.count(302) >= 1
    assert set(statuses) <= {302, 410}
    person = User.objects.get(email="nieuw@voorbeeld.test")
    assert person.assignments.count() == 1


def test_letting_somebody_into_a_group_is_one_membership() -> None:
    leader, newcomer = UserFactory.create(project_leader=True), poh("Bo de Boer")
    group = make_group()
    address = reverse("forum:let_in", args=[group.pk])
    assert pressed(leader, address, {"email": newcomer.email}) == [302] * PRESSES
    group.refresh_from_db()
    assert (Membership.objects.filter(group=group).count(), group.member_count) == (1, 1)


def test_the_thirteenth_person_never_slips_in_beside_another() -> None:
    leader = UserFactory.create(project_leader=True)
    group = make_group(members=UserFactory.create_batch(11, poh=True))
    waiting = iter(UserFactory.create_batch(PRESSES, poh=True))
    lock, address = threading.Lock(), reverse("forum:let_in", args=[group.pk])
    client = Client()
    client.force_login(leader)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value

    def let_in() -> int:
        with lock:
            person = next(waiting)
        own = Client()
        own.cookies[settings.SESSION_COOKIE_NAME] = session
        return own.post(address, {"email": person.email}).status_code

    assert sorted(at_once(let_in)) == [302, 422, 422, 422, 422]
    group.refresh_from_db()
    assert (Membership.objects.filter(group=group).count(), group.member_count) == (12, 12)
