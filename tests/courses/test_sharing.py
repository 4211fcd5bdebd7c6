"""Sharing a journal entry: on purpose, a copy, exactly as shown, to be taken back."""

from __future__ import annotations

import pytest

from accounts.models import Role, ScopeKind
from core import personal_data
from courses.learning import actions, queries
from courses.learning.models import JournalShare, ShareAudience
from courses.learning.sharing import destinations_for
from notifications.models import Notice
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_cohort

TEXT = "Vandaag luisterde ik langer."


@pytest.fixture
def trainer(db):
    return UserFactory.create(trainer=True, display_name="Saskia Trainer")


@pytest.fixture
def writer(enrolment):
    return enrolment.user


@pytest.fixture
def entry(writer):
    return actions.write_entry(text=TEXT, confirmed=False, by=writer)


@pytest.fixture
def to_trainer(writer, trainer):
    (found,) = [one for one in destinations_for(writer) if one.audience == ShareAudience.TRAINER]
    return found


@pytest.fixture
def share(entry, to_trainer, writer):
    return actions.share_entry(entry, to_trainer, seen_revision=1, by=writer)


def test_who_will_read_it_is_named(to_trainer):
    assert "Saskia Trainer" in to_trainer.readers
    assert to_trainer.name == "Een training"


def test_without_a_trainer_there_is_nobody_to_hand_it_to(writer):
    assert not [one for one in destinations_for(writer) if one.audience == ShareAudience.TRAINER]


def test_the_preview_is_exactly_what_the_trainer_reads(entry, to_trainer, writer, trainer, client_for):
    browser = client_for(writer)
    address = f"/mijn/dagboek/{entry.pk}/delen/"
    assert to_trainer.value in browser.get(address).text
    preview = browser.get(address, {"aan": to_trainer.value})
    shown = preview.context["shown"]
    browser.post(address, {"aan": to_trainer.value, "seen_revision": "1"})
    desk = client_for(trainer).get("/begeleiding/gedeeld/").text
    for words in (shown.name, shown.when, shown.text):
        assert words in preview.text
        assert words in desk


def test_looking_at_the_preview_shares_nothing(entry, to_trainer, writer, client_for):
    client_for(writer).get(f"/mijn/dagboek/{entry.pk}/delen/", {"aan": to_trainer.value})
    assert not JournalShare.objects.exists()


def test_a_later_change_does_not_reach_the_copy(share, entry, writer, trainer):
    actions.change_entry(
        entry, text="Heel anders.", day=entry.day, seen_revision=1, confirmed=False, by=writer
    )
    (copy,) = queries.shared_with_trainer(trainer)
    assert (copy.text, copy.revision) == (TEXT, 1)


def test_a_text_that_changed_since_the_preview_is_not_handed_over(entry, to_trainer, writer, client_for):
    actions.change_entry(entry, text="Anders.", day=entry.day, seen_revision=1, confirmed=False, by=writer)
    answer = client_for(writer).post(
        f"/mijn/dagboek/{entry.pk}/delen/", {"aan": to_trainer.value, "seen_revision": "1"}
    )
    assert answer.status_code == 422
    assert "kijk nog een keer" in answer.text
    assert not JournalShare.objects.exists()


def test_sharing_twice_makes_one_copy(share, entry, to_trainer, writer):
    assert actions.share_entry(entry, to_trainer, seen_revision=1, by=writer) == share


def test_a_draft_cannot_be_shared(to_trainer, writer, client_for):
    draft = actions.draft_entry(text="Half", by=writer)
    assert client_for(writer).get(f"/mijn/dagboek/{draft.pk}/delen/").status_code == 404
    with pytest.raises(actions.DraftsStayError):
        actions.share_entry(draft, to_trainer, seen_revision=1, by=writer)


def test_taking_back_empties_the_copy_everywhere(share, writer, trainer, client_for):
    client_for(writer).post(f"/mijn/dagboek/terug/{share.pk}/")
    share.refresh_from_db()
    assert share.text == ""
    assert share.revoked_at
    assert TEXT not in client_for(trainer).get("/begeleiding/gedeeld/").text


def test_what_was_taken_back_can_be_shared_anew(share, entry, to_trainer, writer):
    actions.revoke_share(share, by=writer)
    again = actions.share_entry(entry, to_trainer, seen_revision=1, by=writer)
    assert again != share
    assert again.text == TEXT


def test_deleting_the_entry_takes_the_copies_along(share, entry, writer, trainer):
    actions.delete_entry(entry, by=writer)
    assert not queries.shared_with_trainer(trainer).exists()


def test_nobody_else_shares_or_takes_back(share, entry, to_trainer, trainer):
    stranger = UserFactory.create(poh=True)
    for somebody in (stranger, trainer):
        with pytest.raises(actions.NotAllowedError):
            actions.share_entry(entry, to_trainer, seen_revision=1, by=somebody)
        with pytest.raises(actions.NotAllowedError):
            actions.revoke_share(share, by=somebody)


@pytest.mark.parametrize("aan", ["trainer-999999", "group-1", "onzin", "research-0"])
def test_a_forged_destination_does_not_exist(aan, entry, writer, client_for):
    address = f"/mijn/dagboek/{entry.pk}/delen/"
    assert client_for(writer).post(address, {"aan": aan, "seen_revision": "1"}).status_code == 404


def test_only_the_trainers_of_that_cohort_see_the_copy(share, enrolment):
    enrolment.cohort = make_cohort(enrolment.course)
    enrolment.save()
    here = UserFactory.create(roles=[Role.TRAINER], scope=(ScopeKind.COHORT, enrolment.cohort_id))
    elsewhere = UserFactory.create(roles=[Role.TRAINER], scope=(ScopeKind.COHORT, enrolment.cohort_id + 1))
    assert list(queries.shared_with_trainer(here)) == [share]
    assert not queries.shared_with_trainer(elsewhere).exists()


def test_a_copy_is_new_until_the_trainer_opened_it(share, trainer, client_for):
    desk = client_for(trainer)
    assert "Nieuw" in desk.get("/begeleiding/gedeeld/").text
    assert "badge--dawn" not in desk.get("/begeleiding/gedeeld/").text
    share.refresh_from_db()
    assert share.seen_at


@pytest.mark.django_db(transaction=True)
def test_the_trainer_hears_of_it_without_a_word_of_it(share, trainer, client_for):
    page = client_for(trainer).get("/mijn/meldingen/").text
    assert Notice.objects.get(kind="learning.entry_shared").recipient == trainer
    assert "Een deelnemer deelde een dagboekbericht met je: Een training." in page
    assert TEXT not in page


def test_the_trainers_page_costs_the_same_with_one_and_three_rows(
    share,
    entry,
    to_trainer,
    writer,
    trainer,
    client_for,
    django_assert_num_queries,
    django_assert_max_num_queries,
):
    desk = client_for(trainer)
    desk.get("/begeleiding/gedeeld/")
    with django_assert_max_num_queries(14) as one:
        desk.get("/begeleiding/gedeeld/")
    asked = len(one.captured_queries)
    for number in range(2):
        more = actions.write_entry(text=f"Nog {number}", confirmed=False, by=writer)
        actions.share_entry(more, to_trainer, seen_revision=1, by=writer)
    desk.get("/begeleiding/gedeeld/")
    with django_assert_num_queries(asked):
        desk.get("/begeleiding/gedeeld/")


def test_erasing_the_writer_takes_everything_back(share, writer, trainer):
    (data,) = [entry for entry in personal_data.entries() if entry.model == "learning.JournalEntry"]
    assert {"shared_with": "trainer", "text": TEXT}.items() <= list(data.export(writer))[-1].items()
    data.erase(writer)
    assert not JournalShare.objects.exists()
