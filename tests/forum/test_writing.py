"""Posting, and what is refused: in words, with what was typed kept and nothing stored."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.models import AuditEntry
from intervision.forum.actions import add_post, close_topic, start_topic
from intervision.forum.errors import TopicIsClosed
from intervision.forum.models import Draft, Post, Topic, TopicKind
from tests.accounts.factories import UserFactory
from tests.forum.factories import make_group, make_post, make_topic, poh

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return poh("Tess van Dam")


@pytest.fixture
def topic(member):
    return make_topic(make_group(members=[member]), member)


def address(topic):
    return reverse("forum:topic", args=[topic.pk])


def test_a_post_without_javascript(client_for, member, topic):
    answer = client_for(member).post(address(topic), {"body": "Ik **vraag** door.\r\nMeer niet."})
    post = topic.posts.get(number=2)
    assert answer["Location"] == post.get_absolute_url()
    assert post.source == "Ik **vraag** door.\nMeer niet."
    assert "<strong>vraag</strong>" in post.html
    topic.refresh_from_db()
    assert (topic.post_count, topic.last_post) == (2, post)
    assert AuditEntry.objects.filter(
        action="forum.post_added", object_id=str(post.pk), actor=member.audit_id
    ).exists()


def test_the_audit_trail_holds_no_text(member, topic):
    make_post(topic, member, "Een heel eigen zin")
    rows = AuditEntry.objects.filter(action__startswith="forum.")
    assert not any("eigen zin" in str(row.after) + str(row.before) for row in rows)


def test_a_new_topic(client_for, member, topic):
    where = reverse("forum:new_topic", args=[topic.group_id])
    answer = client_for(member).post(
        where, {"kind": "case", "title": "  Twee\nregels ", "body": "Hoe nu verder?"}
    )
    started = Topic.objects.get(title="Twee regels")
    assert answer["Location"] == started.get_absolute_url()
    assert started.posts.get().source == "Hoe nu verder?"
    started.group.refresh_from_db()
    assert started.group.topic_count == 2


REFUSED = [
    ("", 400, "leeg|empty"),
    ("   \n ", 400, "leeg|empty"),
    ("x" * 20_001, 413, "lang|long"),
    ("x" * 1_000_000, 413, "lang|long"),
    ("een\x00twee", 400, "NUL"),
    ("[[@999999]] kijk", 400, "noemt|name"),
    ("[[citaat 999999]] zo", 400, "citaat|quote"),
    (" ".join(f"[[@{n}]]" for n in range(1, 501)), 400, "twintig|twenty"),
    ("[[citaat 1]]\n" * 30, 400, "twintig|twenty"),
]


@pytest.mark.parametrize(("body", "status", "words"), REFUSED)
def test_bad_input_is_refused_in_words_with_the_text_kept(client_for, member, topic, body, status, words):
    answer = client_for(member).post(address(topic), {"body": body})
    assert answer.status_code == status
    assert topic.posts.count() == 1
    error = str(answer.context["form"].errors["body"])
    assert any(word in error for word in words.split("|"))
    kept = answer.context["form"]["body"].value()
    assert kept == body


@pytest.mark.parametrize(
    ("title", "status"), [("", 400), ("y" * 151, 400), ("a\x00b", 400), ("y" * 150, 302)]
)
def test_titles(client_for, member, topic, title, status):
    where = reverse("forum:new_topic", args=[topic.group_id])
    answer = client_for(member).post(where, {"kind": "question", "title": title, "body": "Tekst"})
    assert answer.status_code == status
    assert Topic.objects.count() == (2 if status == 302 else 1)


def test_ten_thousand_nested_quotes_are_shown_in_a_few(client_for, member, topic):
    assert client_for(member).post(address(topic), {"body": ">" * 10_000 + " diep"}).status_code == 302
    assert topic.posts.get(number=2).html.count("<blockquote>") == 4


def test_right_to_left_marks_stay_inside_their_block(client_for, member, topic):
    make_post(topic, member, "voor \u202etxet\u202c na")
    html = client_for(member).get(address(topic)).content.decode()
    assert "\u202etxet" in html
    assert f"<bdi>{topic.title}</bdi>" in html


def test_the_same_sheet_sent_twice_is_one_post(client_for, member, topic):
    sheet = {"body": "Eén keer.", "client_token": str(uuid.uuid4())}
    client = client_for(member)
    first, second = (client.post(address(topic), sheet) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert topic.posts.count() == 2


def test_the_same_new_topic_sent_twice_is_one_topic(member, topic):
    token = uuid.uuid4()
    made = {
        start_topic(
            topic.group, kind=TopicKind.CASE, title="Eén", text="keer", by=member, client_token=token
        ).pk
        for _ in range(2)
    }
    assert len(made) == 1
    topic.group.refresh_from_db()
    assert topic.group.topic_count == 2


def test_two_writers_may_have_the_same_token(member, topic):
    other, token = poh(), uuid.uuid4()
    shared = make_topic(make_group(members=[member, other]), member)
    posts = {add_post(shared, text="Hoi", by=who, client_token=token).pk for who in (member, other)}
    assert len(posts) == 2


def test_numbers_have_no_gaps_and_counters_fit(member, topic):
    for _ in range(3):
        make_post(topic, member)
    topic.refresh_from_db()
    assert list(topic.posts.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    assert topic.post_count == 4


@pytest.mark.parametrize("who", ["stranger", "researcher"])
def test_an_action_asks_who_writes(who, topic):
    user = poh() if who == "stranger" else UserFactory.create(researcher=True)
    with pytest.raises(PermissionDenied):
        add_post(topic, text="Hoi", by=user)
    with pytest.raises(PermissionDenied):
        start_topic(topic.group, kind=TopicKind.CASE, title="Hoi", text="Hoi", by=user)


def test_a_closed_topic_takes_nothing_and_gives_the_text_back(client_for, member):
    guide = UserFactory.create()
    topic = make_topic(make_group(members=[member], facilitator=guide), member)
    close_topic(topic, by=guide)
    with pytest.raises(TopicIsClosed):
        add_post(topic, text="Nog iets", by=member)
    answer = client_for(member).post(address(topic), {"body": "Nog iets dat ik kwijt wil"})
    assert answer.status_code == 400
    assert "Nog iets dat ik kwijt wil" in answer.content.decode()


def test_posting_throws_the_draft_away(client_for, member, topic):
    Draft.objects.create(user=member, target_kind="reply", target_id=topic.pk, body="Half")
    client_for(member).post(address(topic), {"body": "Heel"})
    assert not Draft.objects.exists()


def test_a_preview_stores_nothing(client_for, member, topic):
    for where in (address(topic), reverse("forum:preview", args=[topic.group_id])):
        answer = client_for(member).post(where, {"body": "**Zo** dus", "preview": "1"})
        assert "<strong>Zo</strong> dus" in answer.content.decode()
    assert Post.objects.count() == 1
