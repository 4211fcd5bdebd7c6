"""A researcher sees what was consented to, under pseudonyms, and nothing else."""

import pytest
from django.urls import reverse

from accounts import consent
from accounts.actions import assign_role
from accounts.models import Purpose, Role, ScopeKind
from core.models import AuditEntry
from core.personal_data import entries
from intervision.forum.actions import delete_post, edit_post
from intervision.forum.references import QuoteToken
from intervision.research.actions import create_study, open_study
from intervision.research.models import DeskMark, Participant
from intervision.research.queries import SOURCES_A_PAGE
from tests.accounts.factories import UserFactory
from tests.forum.factories import make_group, make_post, make_topic, poh

pytestmark = pytest.mark.django_db


def agree(user, study=""):
    consent.give(user, consent.text(Purpose.READ_POSTS, "nl"), study=study)


@pytest.fixture
def study():
    return create_study(name="Geleerde lessen", by=None)


@pytest.fixture
def agreeing():
    user = poh("Tess van Dam")
    agree(user)
    return user


@pytest.fixture
def silent():
    return poh("Milan Oudshoorn")


@pytest.fixture
def topic(agreeing, silent):
    group = make_group(members=[agreeing, silent])
    return make_topic(group, silent, title="Een heel eigen titel", text="Woorden die apart staan")


@pytest.fixture
def researcher():
    return UserFactory.create(researcher=True, display_name="Onderzoeker Een")


@pytest.fixture
def read(client_for, researcher, study):
    def read(query=""):
        answer = client_for(researcher).get(reverse("research:sources", args=[study.pk]) + query)
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def test_only_those_who_agree_are_read(read, topic, agreeing):
    make_post(topic, agreeing, "Ik belde eerst.")
    page = read()
    assert "Ik belde eerst." in page
    assert "Woorden die apart staan" not in page
    assert "Een heel eigen titel" not in page


def test_no_name_group_moment_or_address_is_shown(read, topic, agreeing, silent):
    post = make_post(topic, agreeing, "Ik belde eerst.")
    page = read()
    for telling in (agreeing.display_name, silent.display_name, agreeing.email, topic.group.name, "bericht"):
        assert telling not in page.replace("berichten", "")
    assert f"{post.created_at:%H}:" not in page
    assert "week " in page


def test_a_title_shows_when_its_author_agrees(read, agreeing, silent):
    group = make_group(members=[agreeing, silent])
    make_topic(group, agreeing, title="Eigen titel van wie ja zei")
    assert "Eigen titel van wie ja zei" in read()


def test_quotes_and_mentions_of_others_are_absent(read, topic, agreeing, silent):
    first = topic.posts.get()
    make_post(topic, agreeing, f"{QuoteToken(first.pk)}\n\nDank @{silent.display_name}!")
    page = read()
    assert "Woorden die apart" not in page
    assert silent.display_name not in page
    assert "mention" in page


def test_quotes_and_mentions_of_those_who_agree_are_there_under_their_pseudonym(
    read, topic, agreeing, silent, study
):
    agree(silent)
    make_post(topic, agreeing, f"{QuoteToken(topic.posts.get().pk)}\n\nDank @{silent.display_name}!")
    page = read()
    pseudonym = Participant.objects.get(study=study, subject=silent).pseudonym
    assert f"{pseudonym}: Woorden die apart staan" in page
    assert f"[{pseudonym}]" in page
    assert silent.display_name not in page


def test_withdrawing_removes_at_once_also_from_quotations(read, topic, agreeing, silent):
    agree(silent)
    make_post(topic, agreeing, f"{QuoteToken(topic.posts.get().pk)}\n\nMee eens.")
    assert read().count("Woorden die apart staan") == 2
    consent.withdraw(silent, Purpose.READ_POSTS)
    assert "Woorden die apart staan" not in read()


def test_consent_to_another_study_does_not_count(read, topic, silent):
    agree(silent, study="iets-anders")
    assert "Woorden die apart staan" not in read()


def test_deleted_and_changed_posts(read, topic, agreeing):
    post = make_post(topic, agreeing, "Eerste woorden")
    edit_post(post, text="Betere woorden", seen_revision=1, by=agreeing)
    page = read()
    assert "Betere woorden" in page
    assert "Eerste woorden" not in page
    delete_post(post, by=agreeing)
    assert "Betere woorden" not in read()


def test_erasure_breaks_the_link(read, topic, agreeing, study):
    make_post(topic, agreeing, "Ik belde eerst.")
    read()
    assert Participant.objects.filter(subject=agreeing).exists()
    for entry in entries():
        entry.erase(agreeing)
    assert not Participant.objects.filter(subject=agreeing).exists()
    assert "Ik belde eerst." not in read()


def test_a_pseudonym_stays_within_a_study_and_differs_by_chance_between_studies(agreeing, researcher, study):
    others = [poh() for _ in range(30)]
    for user in others:
        agree(user)
    open_study(study, by=researcher)
    again = dict(Participant.objects.values_list("subject", "number"))
    open_study(study, by=researcher)
    assert dict(Participant.objects.values_list("subject", "number")) == again
    assert list(again.values()) != sorted(again.values())
    assert len(set(again.values())) == 31


def test_opening_is_audited(read, researcher, study):
    read()
    row = AuditEntry.objects.get(action="research.sources_opened")
    assert (row.actor, row.object_id) == (researcher.audit_id, str(study.pk))


def test_new_since_last_time(read, topic, agreeing, silent, time_machine):
    time_machine.move_to("2027-03-01 09:00+01:00", tick=False)
    make_post(topic, agreeing, "Al gelezen")
    read()
    time_machine.move_to("2027-03-02 09:00+01:00", tick=False)
    make_post(topic, agreeing, "Vers geschreven")
    agree(silent)
    page = read("?nieuw=1")
    assert "Vers geschreven" in page
    assert "Woorden die apart staan" in page
    assert "Al gelezen" not in page
    time_machine.move_to("2027-03-02 09:20+01:00", tick=False)
    assert "Vers geschreven" in read("?nieuw=1")
    time_machine.move_to("2027-03-02 11:00+01:00", tick=False)
    assert "Vers geschreven" not in read("?nieuw=1")


def test_each_researcher_has_a_mark_of_their_own(read, client_for, study):
    read()
    other = UserFactory.create(researcher=True)
    client_for(other).get(reverse("research:sources", args=[study.pk]))
    assert DeskMark.objects.count() == 2


def test_a_researcher_of_one_study_does_not_find_another(client_for, study):
    elsewhere = create_study(name="Ander onderzoek", consent_key="ander", by=None)
    user = UserFactory.create()
    assign_role(user, Role.RESEARCHER, by=None, scope=(ScopeKind.STUDY, elsewhere.pk))
    client = client_for(user)
    assert client.get(reverse("research:sources", args=[elsewhere.pk])).status_code == 200
    assert client.get(reverse("research:sources", args=[study.pk])).status_code == 404
    assert "Geleerde lessen" not in client.get(reverse("research:desk")).content.decode()


def test_pages_by_key(read, topic, agreeing):
    for number in range(SOURCES_A_PAGE + 3):
        make_post(topic, agreeing, f"Bericht nummer {number:03}")
    first = read()
    assert "Bericht nummer 022" in first
    assert "Bericht nummer 002" not in first
    older = first.split("voor=")[1].split('"')[0]
    assert "Bericht nummer 002" in read(f"?voor={older}")


@pytest.mark.parametrize("rows", [1, 3, 20])
def test_the_list_costs_the_same_whatever_its_length(
    client_for, researcher, study, topic, agreeing, silent, django_assert_num_queries, rows
):
    agree(silent)
    for _ in range(rows):
        make_post(
            topic, agreeing, f"{QuoteToken(topic.posts.get(number=1).pk)}\n\nDank @{silent.display_name}!"
        )
    client, address = client_for(researcher), reverse("research:sources", args=[study.pk])
    client.get(address)
    with django_assert_num_queries(14):  # twelve, and the savepoint of the visit's record
        client.get(address)
