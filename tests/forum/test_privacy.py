"""A person's own copy of what the forum holds, and erasing it so that the others' conversation stays."""

import pytest
from django.db import connection

from core.personal_data import entries
from intervision.forum.actions import delete_post, edit_post, mark_read, save_draft
from intervision.forum.models import DraftTarget, Group, Post, Topic
from tests.forum.factories import make_group, make_post, make_topic, poh

pytestmark = pytest.mark.django_db
MARKER = "zeepaardje"


@pytest.fixture
def people():
    return poh("Tess van Dam"), poh("Milan Oudshoorn")


@pytest.fixture
def topic(people):
    leaver, stayer = people
    topic = make_topic(make_group(members=people), leaver, title=f"Over een {MARKER}", text=f"Eerst {MARKER}")
    edit_post(topic.posts.get(), text=f"Later {MARKER}", seen_revision=1, by=leaver)
    make_post(topic, stayer, f"[[citaat {topic.posts.get().pk}]]\n\nDank @Tess van Dam")
    delete_post(make_post(topic, leaver, "Weer weg"), by=leaver)
    save_draft(
        kind=DraftTarget.REPLY,
        target_id=topic.pk,
        title="",
        body=f"Half {MARKER}",
        seen_version=0,
        client_token="6f1c1f7c-1d0a-4a7e-9a7e-0d9b4a8d2f10",
        by=leaver,
    )
    mark_read(topic, upto=2, by=leaver)
    return topic


def ours():
    return [entry for entry in entries() if entry.model.startswith(("forum.", "research."))]


def test_the_copy_holds_all_that_was_written_and_kept(people, topic):
    copy = str([list(entry.export(people[0])) for entry in ours()])
    for words in (
        f"Eerst {MARKER}",
        f"Later {MARKER}",
        f"Half {MARKER}",
        f"Over een {MARKER}",
        "Groep Rijnoever",
    ):
        assert words in copy


def test_the_copy_holds_nothing_that_others_wrote(people, topic):
    make_post(topic, people[1], "Woorden van een ander")
    copy = str([list(entry.export(people[0])) for entry in ours()])
    assert "Woorden van een ander" not in copy


def test_erasing_leaves_no_word_and_no_link(people, topic):
    for entry in ours():
        entry.erase(people[0])
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name.startswith("forum_")]
        dump = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            dump += [str(row) for row in cursor.fetchall()]
    assert MARKER not in "\n".join(dump)
    assert not Post.objects.filter(author=people[0]).exists()
    assert not Topic.objects.filter(author=people[0]).exists()
    assert [list(entry.export(people[0])) for entry in ours()] == [[] for _ in ours()]
    assert Group.objects.get().member_count == 1


def test_the_others_read_on(people, topic, client_for):
    for entry in ours():
        entry.erase(people[0])
    page = client_for(people[1]).get(topic.get_absolute_url()).content.decode()
    assert people[0].display_name not in page
    assert "Dank" in page
    topic.refresh_from_db()
    assert topic.post_count == topic.posts.count() == 3


def test_erasing_one_touches_nobody_else(people, topic):
    before = list(Post.objects.filter(author=people[1]).values())
    for entry in ours():
        entry.erase(people[0])
    assert list(Post.objects.filter(author=people[1]).values()) == before
