"""The demo's public pages."""

import pytest
from django.utils import translation

from core.demo import DemoReport
from pages.demo import load
from pages.models import ContentPage, GlossaryTerm, MedicalPage, Source
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


def loaded():
    """Load the demo and return what was done."""
    report = DemoReport()
    with translation.override("nl"):
        load(report)
    return report


def test_loading_twice_changes_nothing():
    assert loaded().made
    again = loaded()
    assert (again.made, again.refreshed, again.left_alone) == ([], [], [])


def test_every_page_is_there_in_both_languages(client):
    loaded()
    assert MedicalPage.objects.live().filter(locale__language_code="nl").count() == 3
    for page in [*MedicalPage.objects.all(), *ContentPage.objects.all()]:
        assert client.get(page.url).status_code == 200
    assert MedicalPage.objects.live().filter(locale__language_code="fr").count() == 3


def test_nothing_of_the_demo_claims_to_be_checked(client):
    loaded()
    assert not Source.objects.exclude(verified_at=None).exists()
    for page in MedicalPage.objects.filter(locale__language_code="nl"):
        answer = client.get(page.url).text
        assert "Nog na te kijken door de medisch redacteur" in answer
        assert "Nagekeken op" not in answer


def test_every_medical_page_shows_the_red_flags_and_both_layers():
    loaded()
    for page in MedicalPage.objects.all():
        kinds = {block.block_type for block in page.body}
        assert "red_flags" in kinds
        assert page.professional


def test_what_somebody_edited_is_left_alone():
    loaded()
    page = ContentPage.objects.get(slug="wie-wij-zijn", locale__language_code="nl")
    page.lead = "Door een redacteur herschreven."
    page.save_revision(user=UserFactory.create(editor=True)).publish()
    report = loaded()
    page.refresh_from_db()
    assert page.lead == "Door een redacteur herschreven."
    assert any("Wie wij zijn" in name for name in report.left_alone)


def test_a_page_that_only_a_load_touched_is_refreshed():
    loaded()
    page = ContentPage.objects.get(slug="wie-wij-zijn", locale__language_code="nl")
    page.lead = "Een oudere versie."
    page.save_revision().publish()
    assert any("Wie wij zijn" in name for name in loaded().refreshed)


def test_the_glossary_stands_in_both_languages():
    loaded()
    keys = GlossaryTerm.objects.values_list("translation_key", flat=True)
    assert len(keys) == 2 * len(set(keys))
