"""The journal: writing, drafts, search, changing, deleting; the gate reads along."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from core import personal_data
from courses.learning import actions, queries
from courses.learning.models import JournalEntry
from patientdata.kinds import PatientDataFound
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
PHONE = "Bel haar terug op 06-12345678."
TODAY = dt.date(2027, 3, 1)


@pytest.fixture
def writer():
    return UserFactory.create(poh=True)


@pytest.fixture
def browser(writer, client_for):
    return client_for(writer)


def write(writer, text="Vandaag luisterde ik langer.", **facts):
    return actions.write_entry(text=text, confirmed=False, by=writer, **facts)


def posted(text="Vandaag luisterde ik langer.", **more):
    return {"day": timezone.localdate().isoformat(), "text": text, **more}


def test_an_entry_is_kept_and_found_back(browser, writer):
    answer = browser.post("/mijn/dagboek/nieuw/", posted())
    assert browser.get(answer["Location"]).status_code == 200
    entry = JournalEntry.objects.get()
    assert (entry.writer, entry.is_draft, entry.day) == (writer, False, timezone.localdate())
    assert "Vandaag luisterde ik langer." in browser.get("/mijn/dagboek/").text


def test_what_identifies_a_patient_is_refused_beside_the_field_and_nothing_typed_is_lost(browser):
    answer = browser.post("/mijn/dagboek/nieuw/", posted(PHONE))
    assert answer.status_code == 422
    assert PHONE in answer.text
    assert not JournalEntry.objects.exists()


def test_the_action_itself_refuses_what_identifies_a_patient(writer):
    with pytest.raises(PatientDataFound):
        write(writer, PHONE)
    entry = write(writer)
    with pytest.raises(PatientDataFound):
        actions.change_entry(entry, text=PHONE, day=entry.day, seen_revision=1, confirmed=True, by=writer)


def test_a_draft_is_kept_without_the_passage(browser):
    browser.post("/mijn/dagboek/nieuw/", posted(f"Lastig gesprek. {PHONE}", draft="1"))
    entry = JournalEntry.objects.get()
    assert entry.is_draft
    assert "06-12345678" not in entry.text
    assert entry.text.startswith("Lastig gesprek.")


def test_a_draft_stays_one_until_it_is_finished(browser, writer):
    entry = actions.draft_entry(text="Half", by=writer)
    address = f"/mijn/dagboek/{entry.pk}/wijzigen/"
    browser.post(address, posted(f"Half. {PHONE}", seen_revision=1, draft="1"))
    entry.refresh_from_db()
    assert entry.is_draft
    assert "06-" not in entry.text
    browser.post(address, posted("Heel.", seen_revision=2))
    entry.refresh_from_db()
    assert (entry.is_draft, entry.text, entry.revision) == (False, "Heel.", 3)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (posted(""), "verplicht"),
        (posted("   "), "verplicht"),
        ({"day": "2999-01-01", "text": "Morgen."}, "Kies vandaag of een eerdere dag."),
        ({"day": "onzin", "text": "Wanneer?"}, "geldige datum"),
        (posted("a" * 8001), "8000"),
    ],
    ids=["empty", "blank", "tomorrow", "no date", "too long"],
)
def test_bad_input_gets_a_sentence_and_stores_nothing(given, words, browser):
    answer = browser.post("/mijn/dagboek/nieuw/", given)
    assert answer.status_code == 422
    assert words in answer.text
    assert not JournalEntry.objects.exists()


def test_changing_in_two_tabs_loses_nothing(browser, writer):
    entry = write(writer)
    address = f"/mijn/dagboek/{entry.pk}/wijzigen/"
    browser.post(address, posted("Eerste tabblad.", seen_revision=1))
    late = browser.post(address, posted("Tweede tabblad.", seen_revision=1))
    assert late.status_code == 422
    assert "Tweede tabblad." in late.text
    entry.refresh_from_db()
    assert entry.text == "Eerste tabblad."


def test_deleting_asks_once_and_is_for_good(browser, writer):
    entry = write(writer)
    assert "voorgoed" in browser.get(f"/mijn/dagboek/{entry.pk}/weg/").text
    assert JournalEntry.objects.exists()
    browser.post(f"/mijn/dagboek/{entry.pk}/weg/")
    assert not JournalEntry.objects.exists()


# Lessons' thoughts.


@pytest.fixture
def thought(enrolment, lesson):
    return actions.save_reflection(
        enrolment, lesson, "blok", text="Ik nam het over.", confirmed=False, by=enrolment.user
    )


def test_thoughts_from_lessons_stand_in_the_journal(thought, enrolment, client_for):
    page = client_for(enrolment.user).get("/mijn/dagboek/").text
    assert "Ik nam het over." in page
    assert "Les een" in page


def test_an_entry_goes_on_from_ones_own_thought(thought, enrolment, client_for):
    browser = client_for(enrolment.user)
    address = f"/mijn/dagboek/nieuw/?bij={thought.pk}"
    assert "Ik nam het over." in browser.get(address).text
    browser.post(address, posted("Ik nam het over. Nu niet meer."))
    assert JournalEntry.objects.get().reflection == thought


def test_nobody_goes_on_from_somebody_elses_thought(thought, browser, writer):
    assert browser.get(f"/mijn/dagboek/nieuw/?bij={thought.pk}").status_code == 404
    with pytest.raises(actions.NotAllowedError):
        write(writer, thought=thought)


# Reading and searching.


def test_search_finds_entries_and_thoughts_of_ones_own_only(thought, enrolment, writer, client_for):
    write(enrolment.user, "Over stilte.")
    write(writer, "Ook over stilte.")
    found = queries.journal_page(enrolment.user, search="stilte").lines
    assert [line.text for line in found] == ["Over stilte."]
    assert [line.text for line in queries.journal_page(enrolment.user, search="NAM HET").lines] == [
        "Ik nam het over."
    ]
    page = client_for(enrolment.user).get("/mijn/dagboek/", {"zoek": "niets hiervan"}).text
    assert "Niets in je dagboek bevat deze woorden." in page


def test_the_newest_day_comes_first_and_pages_meet(writer, monkeypatch):
    monkeypatch.setattr("courses.learning.queries.journal.PAGE_SIZE", 2)
    for number in range(5):
        write(writer, f"Nummer {number}", day=TODAY + dt.timedelta(days=number))
    pages = [queries.journal_page(writer, number=number) for number in (1, 2, 3)]
    assert [line.text for page in pages for line in page.lines] == [
        f"Nummer {number}" for number in (4, 3, 2, 1, 0)
    ]
    assert [(page.newer, page.older) for page in pages] == [(False, True), (True, True), (True, False)]


@pytest.mark.parametrize("given", [{"pagina": "9" * 30}, {"pagina": "-1"}, {"zoek": "%_'"}])
def test_odd_addresses_show_a_page(given, browser, writer):
    write(writer)
    assert browser.get("/mijn/dagboek/", given).status_code == 200


def test_the_list_costs_the_same_with_one_and_three_rows(
    browser, writer, django_assert_num_queries, django_assert_max_num_queries
):
    write(writer)
    browser.get("/mijn/dagboek/")
    with django_assert_max_num_queries(12) as one:
        browser.get("/mijn/dagboek/")
    write(writer)
    write(writer)
    with django_assert_num_queries(len(one.captured_queries)):
        browser.get("/mijn/dagboek/")


# Taking along and erasing.


def journal_data():
    return next(entry for entry in personal_data.entries() if entry.model == "learning.JournalEntry")


def test_the_writer_takes_the_journal_along_and_erases_it(writer):
    write(writer)
    assert [row["text"] for row in journal_data().export(writer)] == ["Vandaag luisterde ik langer."]
    journal_data().erase(writer)
    assert not JournalEntry.objects.exists()
