"""Tags and filters known in every template without `load`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page

from core.browsers import keeping_key, owner_word
from core.fixed import fixed
from core.navigation import LanguageLink, NavLink, links, other_language

register = template.Library()
register.tag("fixed", fixed)

SPRITE = "icons/icons.svg"
_AVATAR_TONES = ("petrol", "moss", "plum", "ochre", "dawn")


@register.simple_tag
def icon(name: str, classes: str = "", label: str = "") -> SafeString:
    """Draw an icon of the sprite; `label` is read out, without it the icon is decoration."""
    drawing = _drawing(static(SPRITE), str(name), str(classes))
    return format_html('{}<span class="visually-hidden">{}</span>', drawing, label) if label else drawing


@lru_cache(maxsize=500)
def _drawing(sprite: str, name: str, classes: str) -> SafeString:
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f" {classes}" if classes else "",
        sprite,
        name,
    )


@register.filter
def initials(name: object) -> str:
    """Return one or two capitals for an avatar: the first letters of the first and the last word."""
    words = [word for word in str(name or "").replace("-", " ").split() if word[0].isalnum()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
    return "".join(letters).upper() or "?"


@register.filter
def tone(value: object) -> str:
    """Return an avatar colour that stays the same for the same id."""
    return _AVATAR_TONES[int(str(value)) % len(_AVATAR_TONES)] if str(value).isdigit() else _AVATAR_TONES[0]


@register.filter
def steps(total: object) -> range:
    """Return 1…total, to draw one step for each."""
    return range(1, int(str(total or 0)) + 1)


@register.simple_tag(takes_context=True)
def tab_owner(context: Context) -> str:
    """Return a word that tells one signed-in person from another in the browser's tab, and nothing else; empty for visitors."""
    user = context.get("user")
    if not getattr(user, "is_authenticated", False):
        return ""
    return owner_word(user.pk)  # type: ignore[union-attr]  # signed in


@register.simple_tag(takes_context=True)
def unsent_key(context: Context) -> str:
    """Return the key under which this person's browser keeps what was not sent yet; empty for visitors."""
    user = context.get("user")
    return keeping_key(user.pk) if getattr(user, "is_authenticated", False) else ""  # type: ignore[union-attr]  # signed in


@register.simple_tag(takes_context=True)
def nav_links(context: Context, place: str) -> list[NavLink]:
    """Return the links for a place of the house (`core.navigation.Place`)."""
    request = context.get("request")
    return links(request, place) if isinstance(request, HttpRequest) else []


@register.simple_tag
def nav_items(links: Sequence[NavLink], icons: bool = False) -> SafeString:
    """Draw links as items of a list, each after its icon when `icons` is true; the same links are drawn once."""
    return _items(tuple(links), icons)


@register.filter
def for_the_thumb(links: Sequence[NavLink]) -> list[NavLink]:
    """Return the links that stand at the bottom of a phone: of the first five, those with an icon."""
    return [link for link in links[:5] if link.icon]


@lru_cache(maxsize=500)
def _items(links: tuple[NavLink, ...], icons: bool) -> SafeString:
    return format_html_join(
        "",
        '<li><a href="{}"{}>{}{}</a></li>',
        (
            (
                link.url,
                format_html(' aria-current="{}"', link.current) if link.current else "",
                icon(link.icon) if icons and link.icon else "",
                link.label,
            )
            for link in links
        ),
    )


@register.simple_tag(takes_context=True)
def language_link(context: Context) -> LanguageLink | None:
    """Return the link to this page in the other language.

    A view that knows better gives `translation_url`; a Wagtail page in the context leads to its translation.
    """
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        return None
    page = context.get("page")
    return other_language(
        request, page if isinstance(page, Page) else None, str(context.get("translation_url") or "")
    )


@register.inclusion_tag("components/breadcrumb.html")
def crumbs(*parts: Any) -> dict[str, Any]:
    """Draw a breadcrumb from label, address, label, address, … and the label of this page."""
    pairs = [{"label": parts[i], "url": parts[i + 1]} for i in range(0, len(parts) - 1, 2)]
    return {"items": pairs, "here": parts[-1] if len(parts) % 2 else ""}
