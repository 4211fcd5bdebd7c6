"""Changing a post with its history, and taking one away so that the topic stays readable."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from intervision.forum.actions import close_topic, delete_post, edit_post, pin_topic
from intervision.forum.diffs import difference
from intervision.forum.errors import EditConflict, TopicIsClosed
from intervision.forum.models import PostRevision
from tests.accounts.factories import UserFactory
from tests.forum.factories import make_group, make_post, make_topic, poh

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    found = {"author": poh(), "member": poh(), "stranger": poh(), "facilitator": UserFactory.create()}
    group = make_group(members=[found["author"], found["member"]], facilitator=found["facilitator"])
    found["topic"] = make_topic(group, found["author"], text="De eerste tekst")
    found["post"] = found["topic"].posts.get()
    return found


EDITS = [("author", True), ("member", False), ("facilitator", False), ("stranger", False)]
DELETES = [("author", True), ("member", False), ("facilitator", True), ("stranger", False)]
STEERS = [("author", False), ("member", False), ("facilitator", True), ("stranger", False)]


@pytest.mark.parametrize(("who", "allowed"), EDITS)
def test_who_changes_a_post(people, who, allowed):
    if allowed:
        assert edit_post(people["post"], text="Anders", seen_revision=1, by=people[who]).revision == 2
    else:
        with pytest.raises(PermissionDenied):
            edit_post(people["post"], text="Anders", seen_revision=1, by=people[who])


@pytest.mark.parametrize(("who", "allowed"), DELETES)
def test_who_takes_a_post_away(people, who, allowed):
    if allowed:
        assert delete_post(people["post"], by=people[who]).deletion == who
    else:
        with pytest.raises(PermissionDenied):
            delete_post(people["post"], by=people[who])


@pytest.mark.parametrize("act", [close_topic, pin_topic])
@pytest.mark.parametrize(("who", "allowed"), STEERS)
def test_who_closes_and_pins(people, act, who, allowed):
    if allowed:
        act(people["topic"], by=people[who])
        people["topic"].refresh_from_db()
        assert people["topic"].is_closed or people["topic"].is_pinned
    else:
        with pytest.raises(PermissionDenied):
            act(people["topic"], by=people[who])


@pytest.mark.parametrize("who", ["author", "member", "facilitator"])
def test_buttons_ask_the_same_question_as_actions(people, client_for, who):
    page = client_for(people[who]).get(people["topic"].get_absolute_url()).content.decode()
    assert (reverse("forum:edit", args=[people["post"].pk]) in page) is dict(EDITS)[who]
    assert (reverse("forum:delete", args=[people["post"].pk]) in page) is dict(DELETES)[who]
    assert (reverse("forum:topic_state", args=[people["topic"].pk]) in page) is dict(STEERS)[who]


def test_changing_keeps_the_former_text_and_shows_the_difference(people, client_for):
    edit_post(people["post"], text="De tweede tekst", seen_revision=1, by=people["author"])
    assert PostRevision.objects.get().source == "De eerste tekst"
    page = (
        client_for(people["member"]).get(reverse("forum:history", args=[people["post"].pk])).content.decode()
    )
    assert "<del>eerste</del>" in page
    assert "<ins>tweede</ins>" in page


def test_saving_the_same_text_is_no_change(people):
    assert (
        edit_post(people["post"], text="De eerste tekst", seen_revision=1, by=people["author"]).edited_at
        is None
    )


def test_a_difference_escapes_what_was_typed():
    assert "<b>" not in difference("<b>een</b>", "<b>twee</b>")


def test_a_change_that_missed_another_is_held_and_shown(people, client_for):
    edit_post(people["post"], text="Van mijn telefoon", seen_revision=1, by=people["author"])
    with pytest.raises(EditConflict):
        edit_post(people["post"], text="Van de praktijk", seen_revision=1, by=people["author"])
    where = reverse("forum:edit", args=[people["post"].pk])
    answer = client_for(people["author"]).post(where, {"body": "Van de praktijk", "seen_revision": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Van de praktijk" in page
    assert "Van mijn telefoon" in page


def test_a_closed_topic_takes_no_changes(people):
    close_topic(people["topic"], by=people["facilitator"])
    with pytest.raises(TopicIsClosed):
        edit_post(people["post"], text="Anders", seen_revision=1, by=people["author"])


def test_what_is_taken_away_is_gone_from_the_database_and_its_place_stays(people, client_for):
    make_post(people["topic"], people["member"], "Een antwoord dat blijft")
    edit_post(people["post"], text="Nog een tekst", seen_revision=1, by=people["author"])
    where = reverse("forum:delete", args=[people["post"].pk])
    client = client_for(people["author"])
    assert client.get(where).status_code == 200
    client.post(where)
    people["post"].refresh_from_db()
    assert not people["post"].source + people["post"].html + people["post"].plain_text
    assert not PostRevision.objects.exists()
    page = client.get(people["topic"].get_absolute_url()).content.decode()
    assert "Een antwoord dat blijft" in page
    assert f'id="bericht-{people["post"].pk}"' in page
    assert client.get(reverse("forum:history", args=[people["post"].pk])).status_code == 404
