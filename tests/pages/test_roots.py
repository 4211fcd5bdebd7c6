"""Every installation has a home per language before anybody wrote a word."""

import pytest
from wagtail.models import Locale, Page, Site

from pages.models import HomePage
from pages.tree import ensure_roots

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("address", "language"), [("/", "nl"), ("/fr/", "fr")])
def test_a_fresh_database_serves_a_plain_home_in_each_language(client, address, language):
    answer = client.get(address)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text
    assert "<h1>" in answer.text


def test_the_french_home_is_the_translation_of_the_dutch_one():
    dutch, french = HomePage.objects.order_by("path")
    assert dutch.translation_key == french.translation_key
    assert Site.objects.get(is_default_site=True).root_page_id == dutch.pk


def test_making_the_roots_again_changes_nothing():
    before = list(Page.objects.values_list("pk", "path", "slug"))
    ensure_roots()
    assert list(Page.objects.values_list("pk", "path", "slug")) == before
    assert Locale.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_roots_come_back_after_a_flush(client):
    Page.objects.all().delete()
    Site.objects.all().delete()
    ensure_roots()
    assert client.get("/").status_code == 200
