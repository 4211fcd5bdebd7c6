"""What is new for whom, page by page, at a price that does not grow."""

import pytest
from django.urls import reverse

from core.next_steps import collect
from intervision.forum.actions import close_topic, delete_post, mark_read, pin_topic
from intervision.forum.models import GroupKind, ReadMark
from intervision.forum.models.topics import POSTS_A_PAGE
from intervision.forum.queries import TOPICS_A_PAGE
from intervision.forum.reader_queries import news_for, unanswered_for
from tests.accounts.factories import UserFactory
from tests.forum.factories import make_group, make_post, make_topic, poh

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return poh("Tess van Dam")


@pytest.fixture
def reader():
    return poh("Milan Oudshoorn")


@pytest.fixture
def group(writer, reader):
    return make_group(members=[writer, reader])


@pytest.fixture
def topic(group, writer):
    return make_topic(group, writer)


def test_reading_moves_the_mark_and_what_comes_later_is_new(client_for, topic, writer, reader):
    client = client_for(reader)
    assert [found.unread for found in news_for(reader)] == [1]
    client.get(topic.get_absolute_url())
    assert news_for(reader) == []
    post = make_post(topic, writer, "Iets nieuws")
    assert [found.unread for found in news_for(reader)] == [1]
    page = client.get(topic.get_absolute_url()).content.decode()
    assert page.index('id="nieuw"') < page.index(f'id="bericht-{post.pk}"')
    assert ReadMark.objects.get(user=reader).upto == 2
    assert 'id="nieuw"' not in client.get(topic.get_absolute_url()).content.decode()


def test_an_older_page_never_moves_the_mark_back(client_for, topic, writer, reader):
    for _ in range(POSTS_A_PAGE):
        make_post(topic, writer)
    client = client_for(reader)
    client.get(topic.get_absolute_url() + "?pagina=2")
    client.get(topic.get_absolute_url())
    assert ReadMark.objects.get(user=reader).upto == POSTS_A_PAGE + 1


def test_the_list_leads_to_the_first_unread_post(client_for, group, topic, writer, reader):
    for _ in range(POSTS_A_PAGE + 4):
        make_post(topic, writer)
    mark_read(topic, upto=POSTS_A_PAGE + 2, by=reader)
    page = client_for(reader).get(reverse("forum:group", args=[group.pk])).content.decode()
    assert f"{topic.get_absolute_url()}?pagina=2#nieuw" in page


def test_own_posts_are_not_new_to_oneself(client_for, topic, writer, reader):
    client = client_for(reader)
    client.get(topic.get_absolute_url())
    client.post(topic.get_absolute_url(), {"body": "Mijn antwoord"})
    assert news_for(reader) == []


def test_news_stops_after_a_month(topic, reader):
    topic.last_post_at = topic.last_post_at.replace(year=topic.last_post_at.year - 1)
    topic.save()
    assert news_for(reader) == []


def test_unanswered_question(topic, writer, reader):
    assert unanswered_for(reader) == topic
    assert unanswered_for(writer) is None
    make_post(topic, reader)
    assert unanswered_for(reader) is None


def test_a_closed_question_needs_no_answer(writer, reader):
    guide = UserFactory.create()
    topic = make_topic(make_group(members=[writer, reader], facilitator=guide), writer)
    close_topic(topic, by=guide)
    assert unanswered_for(reader) is None


def test_next_steps_of_a_member_and_of_others(topic, reader):
    keys = {step.key for step in collect(reader)}
    assert {"forum.news", f"forum.unanswered.{topic.pk}"} <= keys
    for other in (UserFactory.create(gp=True), UserFactory.create()):
        assert not {step.key for step in collect(other) if step.key.startswith("forum.")}


def test_topics_come_by_their_last_post_pinned_ones_first_and_page_by_key(client_for, writer, reader):
    guide = UserFactory.create()
    group = make_group(members=[writer, reader], facilitator=guide)
    topics = [
        make_topic(group, writer, title=f"Onderwerp {number:02}") for number in range(TOPICS_A_PAGE + 3)
    ]
    make_post(topics[0], reader)
    pin_topic(topics[1], by=guide)
    client, address = client_for(reader), reverse("forum:group", args=[group.pk])
    first = client.get(address)
    titles = [topic.title for topic in first.context["page"].topics]
    assert [topic.title for topic in first.context["pinned"]] == ["Onderwerp 01"]
    assert titles[0] == "Onderwerp 00"
    assert titles[1:] == sorted(titles[1:], reverse=True)
    older = client.get(f"{address}?voor={first.context['page'].older_than}")
    assert not set(titles) & {topic.title for topic in older.context["page"].topics}
    assert len(older.context["page"].topics) == 2


@pytest.mark.parametrize(
    "junk", ["?pagina=0", "?pagina=-1", "?pagina=9999", "?pagina=x", "?pagina=²", "?citeer=x"]
)
def test_junk_in_an_address_shows_the_topic(client_for, topic, reader, junk):
    assert client_for(reader).get(topic.get_absolute_url() + junk).status_code == 200


def test_a_permalink_leads_to_the_page_of_its_post(client_for, topic, writer, reader):
    posts = [make_post(topic, writer) for _ in range(POSTS_A_PAGE)]
    answer = client_for(reader).get(reverse("forum:post", args=[posts[-1].pk]))
    assert answer["Location"] == f"{topic.get_absolute_url()}?pagina=2#bericht-{posts[-1].pk}"


@pytest.mark.parametrize("rows", [1, 3, 19])
def test_a_topic_costs_the_same_whatever_its_length(
    client_for, topic, writer, reader, django_assert_num_queries, rows
):
    for _ in range(rows):
        make_post(topic, writer, f"[[citaat {topic.posts.get(number=1).pk}]]\n\nDank @Milan Oudshoorn")
    client = client_for(reader)
    client.get(topic.get_absolute_url())
    mark_read(topic, upto=1, by=reader)
    with django_assert_num_queries(10):
        client.get(topic.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3, 20])
def test_lists_cost_the_same_whatever_their_length(
    client_for, group, writer, reader, django_assert_num_queries, rows
):
    for number in range(rows):
        make_topic(group, writer, title=f"Onderwerp {number}")
    make_group(kind=GroupKind.OPEN)
    client = client_for(reader)
    for address, budget in ((reverse("forum:index"), 7), (reverse("forum:group", args=[group.pk]), 8)):
        client.get(address)
        with django_assert_num_queries(budget):
            client.get(address)


def test_a_topic_with_emptied_posts_reads_on(client_for, topic, writer, reader):
    delete_post(make_post(topic, writer), by=writer)
    make_post(topic, reader, "Het gesprek gaat door")
    assert "Het gesprek gaat door" in client_for(reader).get(topic.get_absolute_url()).content.decode()
