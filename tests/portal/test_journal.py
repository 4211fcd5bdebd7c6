"""From a journal to the intervision group and to the researchers: on purpose, exactly as shown, and back again."""

from __future__ import annotations

import pytest

from accounts import consent
from accounts.models import ConsentEntry, Purpose, Role, ScopeKind
from core import personal_data
from core.models import AuditEntry
from courses.learning import actions
from courses.learning.models import JournalShare
from courses.learning.sharing import destinations_for
from intervision.forum.actions import end_membership
from intervision.forum.markdown import render
from intervision.forum.models import GroupKind, Membership, Post, Topic, TopicKind
from intervision.research.actions import create_study
from portal.journal import literally
from tests.accounts.factories import UserFactory
from tests.forum.factories import make_group, make_post

pytestmark = pytest.mark.django_db
TEXT = "Ik *luisterde* langer.\n- en zweeg\n@Iemand vroeg waarom."


@pytest.fixture
def writer():
    return UserFactory.create(poh=True, display_name="Noor Haverkamp")


@pytest.fixture
def group(writer):
    return make_group(members=[writer])


@pytest.fixture
def study():
    return create_study(name="Geleerde lessen", by=None)


@pytest.fixture
def researcher(client_for):
    return client_for(UserFactory.create(researcher=True))


@pytest.fixture
def entry(writer):
    return actions.write_entry(text=TEXT, confirmed=False, by=writer)


def destination(writer, audience):
    (found,) = [one for one in destinations_for(writer) if one.audience == audience]
    return found


def share(entry, audience, **more):
    return actions.share_entry(
        entry, destination(entry.writer, audience), seen_revision=entry.revision, by=entry.writer, **more
    )


# The group.


def test_only_ones_own_intervision_groups_are_offered(writer, group):
    make_group()
    make_group(members=[writer], kind=GroupKind.CLOSED)
    assert destination(writer, "group").id == group.pk


def test_the_group_reads_exactly_what_the_preview_showed(entry, writer, group, client_for):
    browser = client_for(writer)
    address = f"/mijn/dagboek/{entry.pk}/delen/"
    shown = browser.get(address, {"aan": f"group-{group.pk}"}).context["shown"]
    browser.post(address, {"aan": f"group-{group.pk}", "seen_revision": "1"})
    topic = Topic.objects.get()
    assert (topic.kind, topic.title, topic.author) == (TopicKind.LESSON, shown.title, writer)
    assert topic.posts.get().plain_text == shown.text == TEXT
    assert not topic.posts.get().mentions.exists()


@pytest.mark.parametrize(
    "text",
    [
        "Gewone tekst.",
        "# geen kop\n> geen citaat\n1. geen lijst\n2) ook niet",
        "*ster* _streep_ `code` [link](https://a.test) <b>vet</b> ~~weg~~ a|b",
        "[[@12]] [[quote 3]] @Noor &amp; https://voorbeeld.test",
        "een\\twee \\* drie",
        "---\n===\n+ plus",
    ],
)
def test_words_stay_words_whatever_marks_they_hold(text):
    assert render(literally(text)).plain_text == text


def test_taking_back_empties_the_post_and_leaves_colleagues_answers(entry, writer, group):
    copy = share(entry, "group")
    topic = Topic.objects.get()
    make_post(topic, writer, "Een antwoord.")
    actions.revoke_share(copy, by=writer)
    first, second = topic.posts.order_by("number")
    assert (first.plain_text, second.plain_text) == ("", "Een antwoord.")


def test_it_can_be_taken_back_after_leaving_the_group(entry, writer, group):
    copy = share(entry, "group")
    end_membership(Membership.objects.get(), by=None)
    actions.revoke_share(copy, by=writer)
    assert Post.objects.get().is_deleted


def test_erasing_the_journal_takes_it_out_of_the_group(entry, writer, group):
    share(entry, "group")
    (data,) = [one for one in personal_data.entries() if one.model == "learning.JournalEntry"]
    data.erase(writer)
    assert Post.objects.get().plain_text == ""


# The researchers.


def test_researchers_get_nothing_without_consent(entry, study, researcher, client_for):
    with pytest.raises(actions.ConsentMissingError):
        share(entry, "research")
    answer = client_for(entry.writer).post(
        f"/mijn/dagboek/{entry.pk}/delen/", {"aan": f"research-{study.pk}", "seen_revision": "1"}
    )
    assert answer.status_code == 422
    assert "Vink aan dat je akkoord gaat" in answer.text
    assert not JournalShare.objects.exists()
    assert not ConsentEntry.objects.exists()


def test_sharing_with_researchers_writes_the_consent_and_shows_a_pseudonym(
    entry, study, researcher, client_for
):
    preview = client_for(entry.writer).get(
        f"/mijn/dagboek/{entry.pk}/delen/", {"aan": f"research-{study.pk}"}
    )
    assert "een schuilnaam" in preview.text
    assert "Mogen de onderzoekers van dit project lezen wat je uit je dagboek met hen deelt?" in preview.text
    client_for(entry.writer).post(
        f"/mijn/dagboek/{entry.pk}/delen/",
        {"aan": f"research-{study.pk}", "seen_revision": "1", "agreed": "1"},
    )
    assert consent.has_consent(entry.writer, Purpose.READ_SHARED)
    page = researcher.get(f"/onderzoek/{study.pk}/gegeven/").text
    assert "en zweeg" in page
    assert "POH" in page
    assert "Noor Haverkamp" not in page
    assert f"{entry.day:%d-%m}" not in page


def test_opening_what_was_handed_over_is_recorded(study, researcher):
    researcher.get(f"/onderzoek/{study.pk}/gegeven/")
    assert AuditEntry.objects.filter(action="research.handed_over_opened").exists()


@pytest.mark.parametrize("way", ["taken back", "consent withdrawn", "entry deleted"])
def test_what_is_withdrawn_disappears_at_once(way, entry, study, researcher):
    copy = share(entry, "research", agreed_version=1)
    if way == "taken back":
        actions.revoke_share(copy, by=entry.writer)
    elif way == "consent withdrawn":
        consent.withdraw(entry.writer, Purpose.READ_SHARED)
        copy.refresh_from_db()
        assert copy.text == ""
    else:
        actions.delete_entry(entry, by=entry.writer)
    assert "en zweeg" not in researcher.get(f"/onderzoek/{study.pk}/gegeven/").text


def test_consent_to_one_study_opens_nothing_to_another(entry, study, client_for):
    other = create_study(name="Ander onderzoek", consent_key="ander", by=None)
    here = next(one for one in destinations_for(entry.writer) if one.id == study.pk)
    actions.share_entry(entry, here, seen_revision=1, agreed_version=1, by=entry.writer)
    elsewhere = UserFactory.create(roles=[Role.RESEARCHER], scope=(ScopeKind.STUDY, other.pk))
    browser = client_for(elsewhere)
    assert browser.get(f"/onderzoek/{study.pk}/gegeven/").status_code == 404
    assert "en zweeg" not in browser.get(f"/onderzoek/{other.pk}/gegeven/").text


def test_agreeing_to_posts_is_not_agreeing_to_journals(entry, study):
    consent.give(entry.writer, consent.text(Purpose.READ_POSTS, "nl"))
    with pytest.raises(actions.ConsentMissingError):
        share(entry, "research")


def test_the_researchers_page_costs_the_same_with_one_and_three_rows(
    entry, study, researcher, django_assert_num_queries, django_assert_max_num_queries
):
    share(entry, "research", agreed_version=1)
    address = f"/onderzoek/{study.pk}/gegeven/"
    researcher.get(address)
    with django_assert_max_num_queries(16) as one:
        researcher.get(address)
    asked = len(one.captured_queries)
    for number in range(2):
        more = actions.write_entry(text=f"Nog {number}", confirmed=False, by=entry.writer)
        share(more, "research", agreed_version=1)
    with django_assert_num_queries(asked):
        researcher.get(address)
