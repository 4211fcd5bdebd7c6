"""A Django address silently beats a Wagtail page of the same address (decision 11): such slugs are refused."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page, get_page_models

# Sections whose entrance is a Wagtail page, though Django serves some addresses inside them.
SHARED = {"training", "podcast", "medische-informatie", "werkboekje", "nieuws"}


@cache
def literal_routes() -> frozenset[str]:
    """Return every address of the URL conf that holds no parameter, without its last slash and language prefix."""
    routes = {route.removeprefix("fr/").strip("/") for route in _routes(get_resolver(), "")}
    return frozenset(route for route in routes if route and "<" not in route and "(" not in route)


def is_reserved(path: str) -> bool:
    """Say whether a page may not stand at this path (without language prefix, such as `training/oefenen/`)."""
    path = path.strip("/")
    first = path.split("/", 1)[0]
    return path in literal_routes() or (first not in SHARED and first in _first_words())


@cache
def _first_words() -> frozenset[str]:
    words = {route.removeprefix("fr/").strip("/").split("/", 1)[0] for route in _routes(get_resolver(), "")}
    return frozenset(word for word in words if word and "<" not in word and "(" not in word) - SHARED


def _routes(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        pattern = str(entry.pattern).lstrip("^").rstrip("$")
        if isinstance(entry, URLPattern):
            yield prefix + pattern
        else:
            yield from _routes(entry, prefix + pattern)


def path_of(page: Page) -> str:
    """Return the page's address within its language; empty for a root."""
    return str(page.url_path).strip("/").partition("/")[2]


class AddressedPageForm(WagtailAdminPageForm):
    """Every page's form on the editors' desk: refuses an address that belongs to the house."""

    def clean(self) -> dict[str, Any]:
        """Say beside the slug that the address is taken."""
        cleaned: dict[str, Any] = super().clean()
        slug = cleaned.get("slug")
        if slug and self.parent_page is not None and self.parent_page.depth >= 2:
            path = "/".join(filter(None, [path_of(self.parent_page), slug]))
            if is_reserved(path):
                self.add_error(
                    "slug", _("This address belongs to a part of the site itself. Choose another.")
                )
        return cleaned


def guard_addresses() -> None:
    """Give every page model of every room this form, unless it brings one that is built on it."""
    for model in get_page_models():
        if not issubclass(model.__dict__.get("base_form_class", object), AddressedPageForm):
            model.base_form_class = AddressedPageForm


@register(Tags.database)
def check_addresses(databases: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """Name live pages that nobody can open because a Django address stands before them."""
    if not databases:
        return []
    try:
        pages = list(Page.objects.live().filter(depth__gt=2))
    except DatabaseError:
        return []
    return [
        Error(f"The page “{page.title}” stands at /{path_of(page)}/, which Django serves.", id="pages.E001")
        for page in pages
        if is_reserved(path_of(page))
    ]
