"""The links of header, phone bar, account menu and footer, as a registry.

A room registers what it offers in its `AppConfig.ready`; nobody edits a template for it:

    from core.navigation import Audience, NavItem, Place, register

    register(
        NavItem(_("Practice"), "practices:home", audience=Audience.MEMBER, order=30, icon="practice",
                allowed=lambda user: can(user, Permission.VIEW_PRACTICE)),
        NavItem(_("News"), "/nieuws/", audience=Audience.VISITOR, order=50),
        NavItem(_("Notices"), "notifications:list", place=Place.TOOLS, audience=Audience.MEMBER,
                icon="bell", count=unread_count),
    )

`target` is the name of a view that takes no arguments, or the address of a top-level Wagtail page without language
prefix. What does not resolve, or whose page is not live in the reader's language, is left out. Lower `order` goes
first; the same label may be registered for visitors and members with different targets or orders. Members' items with
an icon in the main navigation also stand in the bar at the bottom of a phone (the first five).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language, get_language_info, override
from wagtail.models import Page

from core.kept import Shelf

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from django.utils.functional import _StrPromise

    type Text = str | _StrPromise
    type Somebody = AbstractBaseUser | AnonymousUser

LANGUAGES = ("nl", "fr")


class Place(StrEnum):
    """Where a link stands."""

    MAIN = "main"
    TOOLS = "tools"
    ACCOUNT = "account"
    FOOTER_SITE = "footer_site"
    FOOTER_MORE = "footer_more"


class Audience(StrEnum):
    """Who gets to see a link, apart from what they may do."""

    EVERYONE = "everyone"
    VISITOR = "visitor"
    MEMBER = "member"


@dataclass(frozen=True)
class NavItem:
    """One link: what it says, where it goes, who sees it, where it stands.

    `allowed` is asked for the person who reads; `count` gives a number to show beside the label (unread notices).
    """

    label: Text
    target: str
    place: Place = Place.MAIN
    audience: Audience = Audience.EVERYONE
    order: int = 50
    icon: str = ""
    allowed: Callable[[Any], bool] | None = None
    count: Callable[[Any], int] | None = None

    @property
    def is_page(self) -> bool:
        """Say whether the target is a Wagtail page's address rather than a view's name."""
        return self.target.startswith("/")


@dataclass(frozen=True)
class NavLink:
    """A link as it is drawn: `current` is the value of `aria-current`, empty when the reader is elsewhere."""

    label: str
    url: str
    icon: str
    current: str
    count: int


@dataclass(frozen=True)
class Standing:
    """A link that leads somewhere in a language, with its words in that language; the same for everybody."""

    item: NavItem
    label: str
    url: str


@dataclass(frozen=True)
class LanguageLink:
    """The way to the same page in the other language."""

    code: str
    name: str
    url: str


_items: dict[tuple[str, str, str], NavItem] = {}
_menus: Shelf[tuple[str, str, bool], list[Standing]] = Shelf(most=100)
_translations: Shelf[tuple[int, str, str], str] = Shelf(most=2000)


def register(*items: NavItem) -> None:
    """Add links; the same target, place and audience again replaces the earlier one."""
    for item in items:
        _items[(item.target, item.place, item.audience)] = item
    _menus.clear()


def links(request: HttpRequest, place: Place | str) -> list[NavLink]:
    """Return the links that this person sees at this place now, worked out once per request and language."""
    memo: dict[tuple[str, str | None], list[NavLink]] = request.__dict__.setdefault("_navigation_links", {})
    key = (str(place), get_language())
    if key not in memo:
        memo[key] = _links(request, place)
    return memo[key]


def _links(request: HttpRequest, place: Place | str) -> list[NavLink]:
    user = getattr(request, "user", None)
    member = user is not None and user.is_authenticated
    key = (str(place), get_language() or LANGUAGES[0], member)
    menu = _menus.get(key, lambda: _menu(request, *key))
    found = [standing for standing in menu if _is_allowed(standing.item, user)]
    here = _nearest([standing.url for standing in found], request.path)
    return [_link(standing, _current(standing.url, here, request.path), user) for standing in found]


def _menu(request: HttpRequest, place: str, language: str, member: bool) -> list[Standing]:
    """Return the links of a place that lead somewhere in this language, for members or for visitors."""
    items = [item for item in _registered(place) if _meant_for(item, member)]
    pages = _live_pages(request, language) if any(item.is_page for item in items) else set()
    addressed = [(item, _address(item, pages)) for item in items]
    return [Standing(item, str(item.label), url) for item, url in addressed if url]


def _registered(place: Place | str) -> list[NavItem]:
    return sorted((item for item in _items.values() if item.place == place), key=lambda item: item.order)


def _meant_for(item: NavItem, member: bool) -> bool:
    return item.audience == Audience.EVERYONE or member == (item.audience == Audience.MEMBER)


def _is_allowed(item: NavItem, user: Somebody | None) -> bool:
    return item.allowed is None or (user is not None and item.allowed(user))


def _address(item: NavItem, pages: set[str]) -> str:
    """Return the address in the reader's language, or nothing when there is none."""
    if item.is_page:
        slug = item.target.strip("/")
        return reverse("wagtail_serve", args=[f"{slug}/"]) if slug in pages else ""
    try:
        return reverse(item.target)
    except NoReverseMatch:
        return ""


def _live_pages(request: HttpRequest, language: str) -> set[str]:
    """Return the slugs of live top-level pages that the registry names, read once per request and language."""
    memo: dict[str, set[str]] = request.__dict__.setdefault("_navigation_pages", {})
    if language not in memo:
        slugs = {item.target.strip("/") for item in _items.values() if item.is_page}
        pages = Page.objects.live().filter(depth=3, slug__in=slugs, locale__language_code=language)
        memo[language] = set(pages.values_list("slug", flat=True))
    return memo[language]


def _nearest(urls: list[str], path: str) -> str:
    """Return the longest of these addresses that the path lies at or under, or nothing."""
    above = [url for url in urls if path == url or (path.startswith(url) and url.strip("/"))]
    return max(above, key=len, default="")


def _current(url: str, nearest: str, path: str) -> str:
    if url != nearest:
        return ""
    return "page" if path == url else "true"


def _link(standing: Standing, current: str, user: Somebody | None) -> NavLink:
    item = standing.item
    return NavLink(standing.label, standing.url, item.icon, current, item.count(user) if item.count else 0)


def other_language(request: HttpRequest, page: Page | None = None, url: str = "") -> LanguageLink:
    """Return the link to this page in the other language; its home page when there is no translation.

    `url` goes first when a view knows better; a Wagtail page leads to its live translation.
    """
    code = next(code for code in LANGUAGES if code != get_language())
    name = get_language_info(code)["name_local"].capitalize()
    home = "/" if code == LANGUAGES[0] else f"/{code}/"
    if url:
        return LanguageLink(code, name, url)
    if page is not None and page.pk:
        memo: dict[tuple[int, str], str] = request.__dict__.setdefault("_translation_urls", {})
        key = (page.pk, code)
        if key not in memo:
            kept_key = (*key, request.get_host())
            memo[key] = _translations.get(kept_key, lambda: _translation_url(page, code, request))
        return LanguageLink(code, name, memo[key] or home)
    return LanguageLink(code, name, _same_view(request, code) or home)


def _same_view(request: HttpRequest, code: str) -> str:
    """Return the address of the view that answers, in the other language; nothing where it has none."""
    memo: dict[str, str] = request.__dict__.setdefault("_same_view", {})
    if code not in memo:
        translated = _translated(request, code)
        memo[code] = translated if translated != request.path else ""
    return memo[code]


def _translated(request: HttpRequest, code: str) -> str:
    match = request.resolver_match
    if match is None:
        return translate_url(request.path, code)
    with override(code):
        try:
            return reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return ""


def _translation_url(page: Page, code: str, request: HttpRequest) -> str:
    translation = page.get_translations().filter(locale__language_code=code, live=True).first()
    return (translation.get_url(request) or "") if translation else ""


def registered_targets() -> Iterable[str]:
    """Return every target that somebody registered, for tests and checks."""
    return sorted({item.target for item in _items.values()})
