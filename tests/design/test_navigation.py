"""Links come from a registry: who sees them, whether their target exists, where the reader is."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Locale, Page, Site

from core import navigation
from core.navigation import Audience, NavItem, Place, links, other_language, register
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registry_of_our_own(monkeypatch):
    monkeypatch.setattr(navigation, "_items", {})


@pytest.fixture
def ask():
    def made(path="/", user=None):
        request = RequestFactory().get(path)
        request.user = user or AnonymousUser()
        return request

    return made


def labels(request, place=Place.MAIN):
    return [str(link.label) for link in links(request, place)]


def test_links_stand_in_their_order_and_place(ask):
    register(
        NavItem("twee", "account_login", order=2),
        NavItem("een", "account_reset_password", order=1),
        NavItem("onderaan", "account_login", place=Place.FOOTER_SITE),
    )
    assert labels(ask()) == ["een", "twee"]
    assert labels(ask(), Place.FOOTER_SITE) == ["onderaan"]


@pytest.mark.parametrize(
    ("who", "seen"),
    [("visitor", ["ieder", "bezoeker"]), ("member", ["ieder", "lid"]), ("allowed", ["ieder", "lid", "mag"])],
)
def test_who_sees_which_link(ask, who, seen):
    user = None if who == "visitor" else UserFactory(display_name=who)
    register(
        NavItem("ieder", "account_login", order=1),
        NavItem("bezoeker", "account_login", audience=Audience.VISITOR, order=2),
        NavItem("lid", "account_login", audience=Audience.MEMBER, order=3),
        NavItem(
            "mag", "mfa_index", allowed=lambda user: getattr(user, "display_name", "") == "allowed", order=4
        ),
    )
    assert labels(ask(user=user)) == seen


def test_what_does_not_exist_is_left_out(ask, django_assert_num_queries):
    register(NavItem("weg", "no:such_view"), NavItem("nieuws", "/nieuws/"), NavItem("podcast", "/podcast/"))
    home = Site.objects.get(is_default_site=True).root_page
    home.add_child(
        instance=Page(title="Nieuws", slug="nieuws", locale=Locale.objects.get(language_code="nl"))
    )
    request = ask()
    with django_assert_num_queries(1):
        assert labels(request) == ["nieuws"]
        assert labels(request) == ["nieuws"]
    with translation.override("fr"):
        assert labels(ask()) == []


@pytest.mark.parametrize(
    ("path", "current"), [("/account/login/", "page"), ("/account/login/code/", "true"), ("/podcast/", "")]
)
def test_the_link_of_this_place_is_marked(ask, path, current):
    register(NavItem("inloggen", "account_login"))
    assert links(ask(path), Place.MAIN)[0].current == current


def test_only_the_nearest_link_is_marked(ask):
    register(
        NavItem("aanmelden", "account_login", order=1), NavItem("code", "account_request_login_code", order=2)
    )
    assert [link.current for link in links(ask("/account/login/code/"), Place.MAIN)] == ["", "page"]


@pytest.mark.parametrize(
    ("language", "path", "url"),
    [("nl", "/account/login/", "/fr/account/login/"), ("fr", "/fr/account/login/", "/account/login/")],
)
def test_the_language_switch_leads_to_the_same_page(ask, language, path, url):
    with translation.override(language):
        assert other_language(ask(path)).url == url


def test_a_page_without_translation_leads_to_the_other_home(ask):
    home = Site.objects.get(is_default_site=True).root_page
    page = home.add_child(instance=Page(title="Nieuws", slug="nieuws"))
    with translation.override("nl"):
        assert other_language(ask("/nieuws/"), page).url == "/fr/"
        twin = page.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
        twin.save_revision().publish()
        assert other_language(ask("/nieuws/"), page).url == "/fr/nieuws/"
