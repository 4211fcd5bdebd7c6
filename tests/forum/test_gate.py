"""Whatever is written in the forum passes the gate first."""

import pytest
from django.db import connection
from django.urls import reverse

from intervision.forum.actions import add_post, create_group, edit_post, start_topic
from intervision.forum.models import Draft, GroupKind, Post, Topic, TopicKind
from patientdata.gate import PatientDataFound
from patientdata.reports import report
from tests.forum.factories import make_group, make_topic, poh

pytestmark = pytest.mark.django_db

CERTAIN = "Zij heeft BSN 111222333 en woont hier."
PLANTED = "111222333"


@pytest.fixture
def member():
    return poh("Tess van Dam")


@pytest.fixture
def topic(member):
    return make_topic(make_group(members=[member]), member)


WRITES = {
    "post": lambda member, topic: add_post(topic, text=CERTAIN, by=member, confirmed=True),
    "topic": lambda member, topic: start_topic(
        topic.group, kind=TopicKind.CASE, title="Casus", text=CERTAIN, by=member, confirmed=True
    ),
    "title": lambda member, topic: start_topic(
        topic.group, kind=TopicKind.CASE, title=CERTAIN, text="Hoe nu?", by=member, confirmed=True
    ),
    "edit": lambda member, topic: edit_post(
        topic.posts.get(), text=CERTAIN, seen_revision=1, by=member, confirmed=True
    ),
    "group": lambda member, topic: create_group(kind=GroupKind.OPEN, name=CERTAIN, by=None),
    "purpose": lambda member, topic: create_group(
        kind=GroupKind.OPEN, name="Plein", purpose=CERTAIN, by=None
    ),
}


@pytest.mark.parametrize("write", WRITES)
def test_certain_patient_data_is_never_stored(write, member, topic):
    with pytest.raises(PatientDataFound):
        WRITES[write](member, topic)
    assert PLANTED not in everything()


def pages(topic):
    return {
        "post": (reverse("forum:topic", args=[topic.pk]), {"body": CERTAIN}),
        "preview": (reverse("forum:preview", args=[topic.group_id]), {"body": CERTAIN}),
        "topic": (
            reverse("forum:new_topic", args=[topic.group_id]),
            {"kind": "case", "title": "Casus", "body": CERTAIN},
        ),
        "title": (
            reverse("forum:new_topic", args=[topic.group_id]),
            {"kind": "case", "title": CERTAIN, "body": "Hoe nu?"},
        ),
        "edit": (reverse("forum:edit", args=[topic.posts.get().pk]), {"body": CERTAIN, "seen_revision": 1}),
    }


@pytest.mark.parametrize("page", ["post", "preview", "topic", "title", "edit"])
def test_the_page_marks_the_passage_and_keeps_the_text(client_for, member, topic, page):
    address, data = pages(topic)[page]
    answer = client_for(member).post(address, data)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert f'<mark class="found">{PLANTED}</mark>' in html
    if page != "preview":
        assert html.count(PLANTED) > 1
    assert PLANTED not in everything()


def test_a_draft_is_kept_without_the_passage(client_for, member, topic):
    where = reverse("forum:save_draft", args=["reply", topic.pk])
    answer = client_for(member).post(where, {"body": CERTAIN, "title": CERTAIN}).json()
    draft = Draft.objects.get()
    assert answer["masked"]
    assert draft.is_masked
    assert "woont hier" in draft.body
    assert PLANTED not in everything()


UNCERTAIN = "Ik sprak Jansen, die wilde wel."


def test_an_uncertain_passage_is_asked_about_and_answered_for(client_for, member, topic):
    where = reverse("forum:topic", args=[topic.pk])
    client = client_for(member)
    asked = client.post(where, {"body": UNCERTAIN})
    assert asked.status_code == 400
    assert topic.posts.count() == 1
    (found,) = asked.context["form"].reports
    assert not found.certain
    answers = [passage.token for passage in found.passages]
    elsewhere = client.post(where, {"body": "Ik sprak Pietersen, die wilde niet.", "gate_confirmed": answers})
    assert elsewhere.status_code == 400
    assert client.post(where, {"body": UNCERTAIN, "gate_confirmed": answers}).status_code == 302


def test_an_answer_never_lets_a_certain_passage_through(client_for, member, topic):
    from patientdata.gate import findings

    answers = [passage.token for passage in report(CERTAIN, findings(CERTAIN)).passages]
    answer = client_for(member).post(
        reverse("forum:topic", args=[topic.pk]), {"body": CERTAIN, "gate_confirmed": answers}
    )
    assert answer.status_code == 400


def test_naming_a_colleague_is_no_patient_data(client_for, member, topic):
    colleague = poh("Ömer Yıldız")
    shared = make_topic(make_group(members=[member, colleague]), member)
    answer = client_for(member).post(
        reverse("forum:topic", args=[shared.pk]), {"body": "Dank, @Ömer Yıldız."}
    )
    assert answer.status_code == 302
    assert Post.objects.get(topic=shared, number=2).source == f"Dank, [[@{colleague.pk}]]."
    assert Topic.objects.count() == 2


def everything() -> str:
    """Return all text in the database."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)
