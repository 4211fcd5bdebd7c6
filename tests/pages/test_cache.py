"""Visitors' pages from memory: quick, never stale, never somebody else's."""

import pytest
from django.test import Client

from pages.cache import best_encoding, memory
from pages.models import PublicStamp
from tests.accounts.factories import UserFactory
from tests.pages.factories import SourceFactory, claim, content_page, medical_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.VISITOR_CACHE = True
    memory.clear()
    yield
    memory.clear()


def test_the_second_visitor_costs_no_query_but_the_stamp(client, django_assert_max_num_queries):
    address = content_page().url
    first = client.get(address)
    with django_assert_max_num_queries(1):
        second = Client().get(address)
    assert second.content == first.content


def test_publishing_shows_at_once(client):
    page = content_page(lead="Oude woorden.")
    assert "Oude woorden." in client.get(page.url).text
    page.lead = "Nieuwe woorden."
    page.save_revision().publish()
    assert "Nieuwe woorden." in client.get(page.url).text


def test_a_draft_purges_nothing(client):
    page = content_page()
    client.get(page.url)
    before = PublicStamp.current()
    page.lead = "Nog niet klaar."
    page.save_revision()
    assert PublicStamp.current() == before


def test_unpublishing_and_deleting_show_at_once(client):
    page = content_page()
    assert client.get(page.url).status_code == 200
    page.unpublish()
    assert client.get(page.url).status_code == 404
    page.save_revision().publish()
    assert client.get(page.url).status_code == 200
    page.delete()
    assert client.get("/over-ons/").status_code == 404


def test_correcting_a_source_shows_on_every_page_that_uses_it(client):
    source = SourceFactory.create(title="Eerste titel")
    page = medical_page(body=[claim("<p>Een.</p>", source)])
    assert "Eerste titel" in client.get(page.url).text
    source.title = "Tweede titel"
    source.save()
    assert "Tweede titel" in client.get(page.url).text


def test_what_a_member_sees_is_never_kept(client):
    page = content_page()
    member = Client()
    member.force_login(UserFactory.create(poh=True, display_name="Noor Haverkamp"))
    assert "Noor Haverkamp" in member.get(page.url).text
    assert "Noor Haverkamp" not in client.get(page.url).text
    assert "Noor Haverkamp" in member.get(page.url).text


def test_languages_are_kept_apart(client):
    assert '<html lang="nl"' in client.get("/").text
    assert '<html lang="fr"' in client.get("/fr/").text
    assert '<html lang="nl"' in client.get("/", headers={"accept-language": "fr"}).text


def test_an_answer_from_memory_sets_no_cookie_and_keeps_its_policy(client):
    client.get("/")
    answer = Client().get("/")
    assert not answer.cookies
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "nonce" not in answer["Content-Security-Policy"]
    assert "Cookie" in answer["Vary"]


def test_an_unchanged_page_is_answered_with_304(client):
    etag = client.get("/")["ETag"]
    answer = Client().get("/", headers={"if-none-match": etag})
    assert answer.status_code == 304
    assert not answer.content


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("gzip;q=0", ""),
        ("br;q=0.5, gzip", "br"),
        ("*", ""),
    ],
)
def test_the_smallest_encoding_that_the_browser_names(accepted, encoding):
    assert best_encoding(accepted) == encoding


@pytest.mark.parametrize(
    "address", ["/zoeken/?q=slaap", "/?utm_source=x", "/account/login/", "/bestaat-niet/"]
)
def test_what_depends_on_more_than_the_address_is_not_kept(client, address):
    client.get(address)
    assert not memory._pages


def test_the_last_known_stamp_holds_while_the_database_is_away(client, monkeypatch):
    from django.db import OperationalError

    page = content_page()
    client.get(page.url)

    def away():
        raise OperationalError

    monkeypatch.setattr(PublicStamp, "current", away)
    memory.look_again()
    assert client.get(page.url).status_code == 200


def test_a_page_for_members_only_is_never_kept(client):
    from wagtail.models import PageViewRestriction

    page = content_page()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(page.url).status_code == 302
    assert not memory._pages
