"""Where addresses lead is kept, for members too, and follows every change at once."""

import pytest
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction

from core import kept
from tests.accounts.factories import UserFactory
from tests.pages.factories import SourceFactory, claim, content_page, medical_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    client = Client()
    client.force_login(UserFactory.create(poh=True))
    return client


@pytest.mark.parametrize("claims", [1, 3])
def test_a_page_that_was_shown_before_asks_for_itself_alone(client, claims, django_assert_num_queries):
    page = medical_page(body=[claim("<p>Een bewering.</p>", SourceFactory.create()) for _ in range(claims)])
    first = client.get(page.url)
    with django_assert_num_queries(2):  # the stamp, the page
        second = Client().get(page.url)
    assert second.content == first.content


def test_members_share_the_text_and_nothing_else(member, django_assert_max_num_queries):
    page = content_page(lead="Voor iedereen hetzelfde.")
    for client in (Client(), member):
        client.get(page.url)
    with django_assert_max_num_queries(6):  # session, person, roles, stamp, page, notices
        answer = member.get(page.url).text
    assert "Voor iedereen hetzelfde." in answer
    other = Client()
    other.force_login(UserFactory.create(poh=True, display_name="Noor Haverkamp"))
    assert "Noor Haverkamp" in other.get(page.url).text
    assert "Noor Haverkamp" not in member.get(page.url).text
    assert "Noor Haverkamp" not in Client().get(page.url).text


def test_publishing_shows_at_once(member):
    page = content_page(lead="Oude woorden.")
    assert "Oude woorden." in member.get(page.url).text
    page.lead = "Nieuwe woorden."
    page.save_revision()
    assert "Oude woorden." in member.get(page.url).text
    page.get_latest_revision().publish()
    assert "Nieuwe woorden." in member.get(page.url).text


def test_unpublishing_closes_the_address_at_once(member):
    page = content_page()
    assert member.get(page.url).status_code == 200
    page.unpublish()
    assert member.get(page.url).status_code == 404


def test_the_old_address_of_a_page_that_moved_leads_to_the_new_one(member):
    page, parent = content_page(), content_page(title="Anders", slug="anders")
    before = page.url
    assert member.get(before).status_code == 200
    page.move(parent, pos="last-child")
    assert member.get(before)["Location"] == "/anders" + before
    assert member.get("/anders" + before).status_code == 200


def test_a_page_that_takes_the_place_of_another_is_shown(member):
    page = content_page(title="De eerste")
    address = page.url
    assert "De eerste" in member.get(address).text
    page.slug = "weg"
    page.save_revision().publish()
    content_page(title="De tweede", slug=address.strip("/"))
    assert "De tweede" in member.get(address).text


def test_a_restriction_holds_from_the_next_request(client):
    page = content_page()
    assert client.get(page.url).status_code == 200
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(page.url).status_code == 302
    restriction.delete()
    assert client.get(page.url).status_code == 200


def test_a_restriction_above_a_page_holds_too(client):
    page = medical_page()
    assert client.get(page.url).status_code == 200
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert client.get(page.url).status_code == 302


def test_a_closed_page_asks_everybody_anew(client, member):
    page = content_page()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    for _ in range(2):
        assert member.get(page.url).status_code == 200
        assert client.get(page.url).status_code == 302


def test_the_same_path_in_another_language_is_another_page(client):
    page = content_page(title="Over ons")
    french = page.copy_for_translation(Locale.objects.get(language_code="fr"))
    french.title, french.slug = "Qui sommes-nous", page.slug
    french.save_revision().publish()
    for _ in range(2):
        assert "Over ons" in client.get(page.url).text
        assert "Qui sommes-nous" in client.get(french.url).text


def test_a_draft_that_an_editor_looks_at_is_not_what_others_get(client):
    page = content_page(lead="Zoals het er staat.")
    editor = Client()
    editor.force_login(UserFactory.create(editor=True))
    page.lead = "Zoals het wordt."
    page.save_revision()
    assert "Zoals het wordt." in editor.get(f"/beheer/pages/{page.pk}/view_draft/").text
    assert "Zoals het er staat." in client.get(page.url).text
    assert "Zoals het wordt." in editor.get(f"/beheer/pages/{page.pk}/view_draft/").text


def test_what_is_not_there_is_not_kept(client):
    kept.forget()
    for number in range(3):
        assert client.get(f"/bestaat-niet-{number}/").status_code == 404
    content_page(slug="bestaat-niet-1")
    assert client.get("/bestaat-niet-1/").status_code == 200


def test_the_home_itself_is_a_place(client, django_assert_num_queries):
    assert Page.objects.filter(depth=2, live=True).exists()
    client.get("/")
    with django_assert_num_queries(2):
        client.get("/")
