"""Drafts: kept on the server, shown on every device, never overwritten unseen."""

import uuid

import pytest
from django.urls import reverse

from intervision.forum.actions import close_topic
from intervision.forum.models import Draft
from tests.accounts.factories import UserFactory
from tests.forum.factories import make_group, make_topic, poh

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return poh("Tess van Dam")


@pytest.fixture
def guide():
    return UserFactory.create(display_name="Milan Oudshoorn")


@pytest.fixture
def topic(member, guide):
    return make_topic(make_group(members=[member], facilitator=guide), member)


@pytest.fixture
def save(client_for, member, topic):
    def save(body, version=0, kind="reply", target=None, **more):
        where = reverse("forum:save_draft", args=[kind, target or topic.pk])
        return client_for(member).post(where, {"body": body, "version": version, **more})

    return save


def test_a_draft_is_there_on_the_next_visit(client_for, member, topic, save):
    assert save("Half geschreven").json()["version"] == 1
    page = client_for(member).get(topic.get_absolute_url())
    assert page.context["form"]["body"].value() == "Half geschreven"
    assert page.context["form"]["version"].value() == 1


def test_a_draft_is_its_writers_alone(client_for, guide, topic, save):
    save("Half geschreven")
    assert "Half geschreven" not in client_for(guide).get(topic.get_absolute_url()).content.decode()


def test_saving_again_goes_on(save):
    save("Een")
    assert save("Een twee", 1).json()["version"] == 2
    assert Draft.objects.get().body == "Een twee"


@pytest.mark.parametrize("seen", [0, 1, 7])
def test_a_save_that_missed_another_is_refused_with_the_other_text(save, seen):
    save("Een")
    save("Van de telefoon", 1)
    answer = save("Van de praktijk", seen)
    assert answer.status_code == 409
    assert answer.json()["body"] == "Van de telefoon"
    assert Draft.objects.get().body == "Van de telefoon"


def test_names_are_ids_in_a_draft_and_names_on_screen(client_for, member, guide, topic, save):
    save("Dank @Milan Oudshoorn")
    assert Draft.objects.get().body == f"Dank [[@{guide.pk}]]"
    page = client_for(member).get(topic.get_absolute_url())
    assert page.context["form"]["body"].value() == "Dank @Milan Oudshoorn"


def test_a_draft_is_posted_once_from_two_devices(client_for, member, topic, save):
    save("Klaar", client_token=str(uuid.uuid4()))
    client = client_for(member)
    tokens = {
        str(client.get(topic.get_absolute_url()).context["form"]["client_token"].value()) for _ in range(2)
    }
    assert len(tokens) == 1
    for _ in range(2):
        client.post(topic.get_absolute_url(), {"body": "Klaar", "client_token": tokens.copy().pop()})
    assert topic.posts.count() == 2


def test_a_new_topic_and_a_change_have_drafts_too(client_for, member, topic, save):
    save("Inleiding", kind="topic", target=topic.group_id, title="Nieuw idee")
    page = client_for(member).get(reverse("forum:new_topic", args=[topic.group_id]))
    assert page.context["form"]["title"].value() == "Nieuw idee"
    post = topic.posts.get()
    save("Beter gezegd", kind="edit", target=post.pk)
    page = client_for(member).get(reverse("forum:edit", args=[post.pk]))
    assert page.context["form"]["body"].value() == "Beter gezegd"


REFUSED = [("x" * 20_001, 413), ("x" * 1_000_000, 413), ("een\x00twee", 413)]


@pytest.mark.parametrize(("body", "status"), REFUSED)
def test_what_cannot_be_kept_is_said(save, body, status):
    answer = save(body)
    assert answer.status_code == status
    assert answer.json()["message"]
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("kind", "target"), [("reply", 999_999), ("topic", 999_999), ("edit", 999_999), ("else", 1)]
)
def test_a_draft_for_nothing_is_not_found(save, kind, target):
    assert save("Hoi", kind=kind, target=target).status_code == 404


def test_a_stranger_keeps_no_draft_for_a_private_topic(client_for, topic):
    where = reverse("forum:save_draft", args=["reply", topic.pk])
    assert client_for(poh()).post(where, {"body": "Hoi"}).status_code == 404


def test_a_closed_topic_takes_no_draft(topic, guide, save):
    close_topic(topic, by=guide)
    assert save("Hoi").status_code == 404


def test_drafts_are_listed_and_thrown_away(client_for, member, topic, save):
    save("Half geschreven")
    client = client_for(member)
    listed = client.get(reverse("forum:drafts")).content.decode()
    assert "Half geschreven" in listed
    assert topic.get_absolute_url() in listed
    client.post(reverse("forum:discard_draft", args=[Draft.objects.get().pk]))
    assert not Draft.objects.exists()
