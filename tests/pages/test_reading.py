"""What people see of a page: layers, sources, glossary, red flags."""

import datetime as dt

import pytest
from wagtail.models import Locale

from pages.models import ContentPage, HomePage
from tests.accounts.factories import UserFactory
from tests.pages.factories import (
    SourceFactory,
    TermFactory,
    claim,
    content_page,
    heading,
    item,
    medical_index,
    medical_page,
    ref,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["visitor", "poh", "editor", "medical_reviewer"])
def test_everybody_reads_both_layers(client, who):
    page = medical_page(
        body=[heading("Wat u merkt"), text("<p>Voor iedereen.</p>")],
        professional=[heading("Beloop"), text("<p>Voor de POH.</p>")],
    )
    if who != "visitor":
        client.force_login(UserFactory.create(**{who: True}))
    answer = client.get(page.url)
    assert "Voor iedereen." in answer.text
    assert "Voor de POH." in answer.text
    assert '<a href="#wat-u-merkt">' in answer.text


def test_a_page_that_is_not_published_is_not_found(client):
    page = medical_page()
    page.unpublish()
    assert client.get(page.url).status_code == 404


def test_a_claim_points_at_its_source_which_is_listed_once(client):
    source = SourceFactory.create(title="Richtlijn afbouwen")
    page = medical_page(
        body=[claim("<p>Stop nooit in één keer.</p>", source), claim("<p>Ga langzaam.</p>", source)]
    )
    answer = client.get(page.url).text
    assert answer.count('href="#bron-1"') == 2
    assert answer.count('id="bron-1"') == 1
    assert "Richtlijn afbouwen" in answer


def test_another_place_in_the_same_source_gets_a_number_of_its_own(client):
    source = SourceFactory.create()
    page = medical_page(
        body=[claim("<p>Een.</p>", source, where="tabel 2"), claim("<p>Twee.</p>", source, where="tabel 3")]
    )
    answer = client.get(page.url).text
    assert 'href="#bron-2"' in answer
    assert "tabel 3" in answer


def test_a_source_says_whether_it_was_checked(client):
    source = SourceFactory.create()
    page = medical_page(body=[claim("<p>Een.</p>", source)])
    assert "Nog na te kijken door de medisch redacteur." in client.get(page.url).text
    source.verified_at = dt.datetime(2026, 11, 3, tzinfo=dt.UTC)
    source.reviewed_on = dt.date(2026, 11, 3)
    source.verified_facts = source.facts_checksum()
    source.save()
    assert "Nagekeken op 3 november 2026." in client.get(page.url).text


def test_a_source_that_is_only_reported_says_so(client):
    page = medical_page(body=[claim("<p>Een.</p>", SourceFactory.create(second_hand=True))])
    assert "Uit de tweede hand" in client.get(page.url).text


def test_sources_that_disagree_stand_side_by_side(client):
    positions = [
        item({"value": value, "who": who, "remark": "", "sources": [ref(SourceFactory.create())]})
        for value, who in [("4 weken", "BENZOCARE"), ("3 maanden", "IVO")]
    ]
    block = {"type": "versus", "value": {"question": "Hoelang?", "hint": "", "positions": positions}}
    answer = client.get(medical_page(body=[block]).url).text
    assert "4 weken" in answer
    assert "3 maanden" in answer
    assert "Wij laten ze allemaal zien en kiezen er geen." in answer


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        ("public", "Verlaag niet verder, en stop niet met de tabletten"),
        ("public", "Denkt u aan zelfdoding? Bel 113 in Nederland of 1813 in Vlaanderen"),
        ("professional", "Zeg nooit “stop het schema”"),
    ],
)
def test_red_flags_use_the_fixed_words(client, audience, words):
    refs = [ref(SourceFactory.create())]
    page = medical_page(body=[{"type": "red_flags", "value": {"audience": audience, "sources": refs}}])
    assert words in client.get(page.url).text


def test_a_glossary_term_is_explained_at_its_first_mention_only(client):
    term = TermFactory.create()
    words = "<p>Dat heet ontwenning. Ontwenning gaat voorbij.</p>"
    answer = client.get(medical_page(body=[text(words, [term]), text(words, [term])]).url).text
    assert answer.count(f'popovertarget="term-{term.pk}"') == 1
    assert answer.count(f'id="term-{term.pk}"') == 1


def test_a_term_inside_a_link_is_left_alone(client):
    term = TermFactory.create()
    page = medical_page(body=[text('<p><a href="https://voorbeeld.test/">ontwenning</a></p>', [term])])
    assert (
        "popovertarget"
        not in client.get(page.url).text.partition("<article")[0].partition('class="prose"')[2][:200]
    )


def test_the_breadcrumb_leads_back(client):
    page = medical_page()
    answer = client.get(page.url).text
    assert '<a href="/medische-informatie/">Medische informatie</a>' in answer


def test_the_entrance_lists_its_pages(client):
    index = medical_index()
    medical_page(index, title="Eerste", slug="eerste")
    medical_page(index, title="Tweede", slug="tweede")
    answer = client.get(index.url).text
    assert answer.index("Eerste") < answer.index("Tweede")


@pytest.mark.parametrize("number", [1, 3])
def test_the_entrance_costs_the_same_for_one_page_and_for_three(
    client, number, django_assert_max_num_queries
):
    index = medical_index()
    for at in range(number):
        medical_page(index, title=f"Pagina {at}", slug=f"pagina-{at}")
    client.get(index.url)
    with django_assert_max_num_queries(10) as seen:
        client.get(index.url)
    assert len(seen) <= 10


@pytest.mark.parametrize("number", [1, 3])
def test_a_medical_page_costs_at_most_ten_queries_however_many_claims(
    client, number, django_assert_max_num_queries
):
    claims = [claim("<p>Een bewering.</p>", SourceFactory.create()) for _ in range(number)]
    page = medical_page(body=[heading("Deel"), *claims, text("<p>ontwenning</p>", [TermFactory.create()])])
    client.get(page.url)
    with django_assert_max_num_queries(10):
        client.get(page.url)


def test_the_other_language_is_linked(client):
    page = content_page()
    french = page.copy_for_translation(Locale.objects.get(language_code="fr"))
    french.title, french.slug = "Qui sommes-nous", "over-ons"
    french.save_revision().publish()
    assert 'hreflang="fr" href="http://localhost/fr/over-ons/"' in client.get(page.url).text
    assert 'hreflang="nl" href="http://localhost/over-ons/"' in client.get(french.url).text


def test_a_translation_says_when_the_dutch_text_is_newer(client):
    page = content_page()
    french = page.copy_for_translation(Locale.objects.get(language_code="fr"))
    french.save_revision().publish()
    assert "Le texte néerlandais de cette page" not in client.get(french.url).text
    page.title = "Over ons, nieuw"
    page.save_revision().publish()
    assert "Le texte néerlandais de cette page" in client.get(french.url).text


def test_a_link_on_the_home_follows_the_language(client):
    french = HomePage.objects.get(locale__language_code="fr")
    french.actions = [
        {"type": "link", "value": {"label": "Informations", "page": None, "address": "/medische-informatie/"}}
    ]
    french.save_revision().publish()
    assert 'href="/fr/medische-informatie/"' in client.get("/fr/").text


def test_the_home_leaves_out_what_is_not_there(client):
    answer = client.get("/").text
    assert "deadline" not in answer
    assert "testimony" not in answer


@pytest.mark.parametrize(("prefix", "words"), [("", "teruggetrokken"), ("/fr", "retiré")])
def test_a_withdrawn_page_says_so_and_one_that_never_was_public_does_not(client, prefix, words):
    page = content_page(title="Over ons")
    if prefix:
        page = page.copy_for_translation(Locale.objects.get(language_code="fr"))
        page.save_revision().publish()
    ContentPage.objects.get(pk=page.pk).unpublish()
    page.get_parent().add_child(
        instance=ContentPage(title="Nog niet", slug="nog-niet", live=False, locale=page.locale)
    )
    gone = client.get(f"{prefix}/over-ons/")
    assert gone.status_code == 410
    assert words in gone.text
    assert "Over ons" not in gone.text
    assert client.get(f"{prefix}/nog-niet/").status_code == 404
