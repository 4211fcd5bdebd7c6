"""Search over public pages."""

import logging

import pytest
from django.core.management import call_command
from wagtail.models import Locale, PageViewRestriction

from core import kept
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_course, make_lesson, make_module
from tests.pages.factories import content_page, medical_index, medical_page, text

pytestmark = pytest.mark.django_db


def found(client, words, prefix=""):
    """Return the answer to a search."""
    return client.get(f"{prefix}/zoeken/", {"q": words})


def test_a_visitor_finds_a_page_by_a_word_in_its_text(client):
    medical_page(title="Veilig minderen", body=[text("<p>Over slaappillen en stoppen.</p>")])
    answer = found(client, "slaappillen stoppen")
    assert answer.status_code == 200
    assert "1 pagina gevonden" in answer.text
    assert "Veilig minderen" in answer.text


def test_drafts_and_closed_pages_are_not_found(client):
    draft = content_page(title="Geheimpje een", slug="een")
    draft.unpublish()
    closed = content_page(title="Geheimpje twee", slug="twee")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    assert "0 pagina’s gevonden" in found(client, "geheimpje").text


def test_what_changes_is_found_or_not_at_once(client):
    page = content_page(title="Geheimpje", lead="Nog van iedereen.")
    assert "Nog van iedereen." in found(client, "geheimpje").text
    page.lead = "Straks niet meer."
    page.save_revision().publish()
    assert "Straks niet meer." in found(client, "geheimpje").text
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert "0 pagina’s gevonden" in found(client, "geheimpje").text
    restriction.delete()
    assert "1 pagina gevonden" in found(client, "geheimpje").text
    page.unpublish()
    assert "0 pagina’s gevonden" in found(client, "geheimpje").text


def test_only_pages_in_the_readers_language_are_found(client):
    page = content_page(title="Afbouwen")
    french = page.copy_for_translation(Locale.objects.get(language_code="fr"))
    french.title = "Afbouwen en français"
    french.save_revision().publish()
    call_command("update_index", verbosity=0)
    assert "Afbouwen en français" not in found(client, "afbouwen").text
    assert "Afbouwen en français" in found(client, "afbouwen", "/fr").text


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        ("", 200, "Wat zoekt u?"),
        ("   ", 200, "Wat zoekt u?"),
        ("a", 400, "minstens één woord van twee letters"),
        ("-- | &", 400, "minstens één woord van twee letters"),
        ('"AND" OR (', 200, "gevonden"),
        ("NOT NEAR AND", 200, "gevonden"),
        ("slaap*'; DROP TABLE", 200, "gevonden"),
        ("x" * 201, 400, "te lang om te zoeken"),
        ("ja " * 4000, 400, "te lang om te zoeken"),
        ("\u202eslaap\u202c", 200, "gevonden"),
        ("<script>alert(1)</script>", 200, "gevonden"),
        ("😴😴", 400, "minstens één woord van twee letters"),
    ],
)
def test_whatever_is_typed_gets_words_for_an_answer(client, words, status, says):
    answer = found(client, words)
    assert answer.status_code == status
    assert says in answer.text
    assert "<script>alert" not in answer.text


def test_a_nul_byte_is_refused(client):
    assert found(client, "slaap\x00pil").status_code in {200, 400}


def test_what_was_typed_stays_in_the_field_after_a_refusal(client):
    assert 'value="--"' in found(client, "--").text


def test_a_search_term_is_never_logged(client, caplog):
    with caplog.at_level(logging.DEBUG):
        found(client, "mijnheelpersoonlijkewoord")
    assert "mijnheelpersoonlijkewoord" not in caplog.text


@pytest.mark.parametrize("number", [1, 3])
def test_a_search_costs_two_queries_and_at_most_ten_after_a_change(
    client, number, django_assert_num_queries, django_assert_max_num_queries
):
    index = medical_index()
    for at in range(number):
        content_page(title=f"Afbouwen {at}", slug=f"afbouwen-{at}")
        medical_page(index, title=f"Afbouwen uitgelegd {at}", slug=f"uitleg-{at}")
    client.get("/zoeken/")
    kept.forget()
    with django_assert_max_num_queries(10):
        found(client, "afbouwen")
    with django_assert_num_queries(2):
        assert found(client, "afbouwen").text.count("row__title") == 2 * number


def test_the_sitemap_lists_public_pages_with_their_translations(client):
    page = content_page()
    french = page.copy_for_translation(Locale.objects.get(language_code="fr"))
    french.save_revision().publish()
    answer = client.get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml"
    assert "/over-ons/</loc>" in answer.text
    assert 'hreflang="fr"' in answer.text


def test_robots_are_kept_out_of_desk_and_search(client):
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /beheer/" in lines
    assert "Disallow: /zoeken/" in lines
    assert any(line.startswith("Sitemap: ") for line in lines)


def test_lessons_are_found_by_members_and_stand_on_no_list_for_search_engines(client):
    lesson = make_lesson(make_module(make_course("cursus")), title="Kwartelkoning")
    lesson.save_revision().publish()
    assert "0 pagina’s gevonden" in found(client, "kwartelkoning").text
    assert lesson.url not in client.get("/sitemap.xml").text
    client.force_login(UserFactory.create(poh=True))
    assert "1 pagina gevonden" in found(client, "kwartelkoning").text
