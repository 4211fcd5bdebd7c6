"""The consent ledger: rows are only added, the state follows in the same transaction, research asks the state."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError, OperationalError

from accounts import consent
from accounts.models import ConsentEntry, ConsentState, Purpose, RoleAssignment
from accounts.models.consent import LedgerRowsStayError
from core.models import AuditEntry
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
READ = Purpose.READ_POSTS


def newest(language: str = "nl") -> consent.ConsentText:
    return consent.text(READ, language)


@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_text_there_is_exists_in_both_languages(purpose: Purpose, language: str) -> None:
    for version in range(1, consent.latest_version(purpose) + 1):
        found = consent.text(purpose, language, version)
        assert found.points
        assert found.agree


def test_a_text_that_does_not_exist_has_a_name_for_it() -> None:
    with pytest.raises(consent.UnknownConsentTextError):
        consent.text(READ, "nl", 99)


def test_giving_and_withdrawing_adds_rows_and_moves_the_state() -> None:
    user = UserFactory()
    assert consent.state(user, READ) == consent.Standing(given=False)
    consent.give(user, newest("fr"))
    assert consent.state(user, READ).given
    consent.withdraw(user, READ)
    assert not consent.has_consent(user, READ)
    rows = list(user.consent_entries.values_list("given", "text_version", "language"))
    assert rows == [(True, 1, "fr"), (False, 1, "fr")]
    assert user.consents.count() == 1
    assert user.consents.get().entry == user.consent_entries.last()
    actions = AuditEntry.objects.filter(actor=user.audit_id).values_list("action", flat=True)
    assert set(actions) == {"accounts.consent_given", "accounts.consent_withdrawn"}


def test_answering_the_same_twice_is_answering_once() -> None:
    user = UserFactory()
    consent.give(user, newest())
    consent.give(user, newest())
    assert user.consent_entries.count() == 1
    consent.withdraw(user, READ)
    assert consent.withdraw(user, READ) is None
    assert user.consent_entries.count() == 2


def test_studies_are_kept_apart() -> None:
    user = UserFactory()
    consent.give(user, newest(), study="interviews-2026")
    assert consent.has_consent(user, READ, study="interviews-2026")
    assert not consent.has_consent(user, READ)


def test_research_finds_only_what_people_agree_to_now() -> None:
    yes, no, changed = (UserFactory(poh=True) for _ in range(3))
    consent.give(yes, newest())
    consent.give(changed, newest())
    consent.withdraw(changed, READ)
    found = RoleAssignment.objects.filter(consent.has_consent_q(READ, author="user"))
    assert [row.user for row in found] == [yes]
    assert no.assignments.exists()


def test_one_state_per_person_study_and_purpose() -> None:
    user = UserFactory()
    state = consent.give(user, newest())
    entry = ConsentEntry.objects.create(
        subject=user, purpose=READ, given=True, text_version=1, text_digest="x", language="nl"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentState.objects.create(
            subject=user, purpose=READ, given=True, entry=entry, changed_at=state.changed_at
        )


def test_a_state_is_never_without_its_row() -> None:
    user = UserFactory()

    def fails(_state: ConsentState) -> None:
        raise RuntimeError

    consent.on_change(fails)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            consent.give(user, newest())
    finally:
        consent._listeners.remove(fails)
    assert not user.consent_entries.exists()
    assert not user.consents.exists()


def test_the_model_refuses_to_change_or_remove_a_row() -> None:
    user = UserFactory()
    entry = consent.give(user, newest()).entry
    for attempt in (
        entry.save,
        entry.delete,
        ConsentEntry.objects.all().delete,
        lambda: ConsentEntry.objects.update(given=False),
    ):
        with pytest.raises(LedgerRowsStayError):
            attempt()


def test_the_database_refuses_to_change_a_row() -> None:
    consent.give(UserFactory(), newest())
    refused = pytest.raises((IntegrityError, OperationalError), match="never changes")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_consententry SET given = %s", [False])


def test_the_database_refuses_to_remove_a_row_where_it_can() -> None:
    """On SQLite removal stays possible: emptying tables between tests removes rows one by one there."""
    if connection.vendor == "postgresql":
        consent.give(UserFactory(), newest())
        refused = pytest.raises(DatabaseError, match="never changes")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM accounts_consententry")


def test_the_page_asks_gives_and_withdraws(client_for) -> None:
    user = UserFactory()
    client = client_for(user)
    page = client.get("/account/toestemming/read_posts/")
    assert "Mijn berichten laten lezen voor onderzoek" in page.content.decode()
    client.post("/account/toestemming/read_posts/", {"answer": "give", "version": "1"})
    assert consent.has_consent(user, READ)
    client.post("/account/toestemming/read_posts/", {"answer": "withdraw", "version": "1"})
    assert not consent.has_consent(user, READ)


def test_an_answer_to_another_version_of_the_text_does_not_count(client_for) -> None:
    user = UserFactory()
    client_for(user).post("/account/toestemming/read_posts/", {"answer": "give", "version": "7"})
    assert not user.consent_entries.exists()


def test_the_page_is_in_french_under_its_own_address(client_for) -> None:
    user = UserFactory(language="fr")
    client = client_for(user)
    assert "Laisser lire mes messages" in client.get("/fr/account/toestemming/read_posts/").content.decode()
    client.post("/fr/account/toestemming/read_posts/", {"answer": "give", "version": "1"})
    assert user.consent_entries.get().language == "fr"
