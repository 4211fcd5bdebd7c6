"""Walks the URL conf: every name, and a made-up address for library names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern, RoutePattern

GUESSES = {
    "media_type": "audio",
    "revision_id_a": "live",
    "revision_id_b": "latest",
    "app_label": "wagtailcore",
    "app_name": "wagtailcore",
    "content_type_app_name": "wagtailcore",
    "model_name": "page",
    "content_type_model_name": "page",
}
# Routes of ours that only stand before a library's: they have no address to reverse.
REACHED_AT = {
    "desk_password_reset_rest": "/beheer/password_reset/anything/",
    "desk_users_and_groups": "/beheer/users/",
}


@dataclass(frozen=True)
class Address:
    """One entry of the URL conf."""

    name: str
    route: str
    parameters: tuple[tuple[str, Any], ...]

    def made_up(self) -> str:
        """Return a concrete address with invented arguments."""
        return REACHED_AT.get(self.name) or reverse(self.name, kwargs=dict(self.parameters))


def addresses() -> list[Address]:
    """Return every entry of the URL conf."""
    return list(_walk(get_resolver(), (), "", ()))


def _walk(
    resolver: URLResolver, spaces: tuple[str, ...], route: str, parameters: tuple[tuple[str, Any], ...]
) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        here, given = route + str(entry.pattern), parameters + _arguments(entry)
        if isinstance(entry, URLPattern):
            yield Address(":".join((*spaces, entry.name)) if entry.name else "", here, given)
        else:
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry, inner, here, given)


def _arguments(entry: URLPattern | URLResolver) -> tuple[tuple[str, Any], ...]:
    pattern = entry.pattern
    if isinstance(pattern, RoutePattern):
        return tuple(
            (name, 1 if type(kind).__name__ == "IntConverter" else GUESSES.get(name, "a"))
            for name, kind in pattern.converters.items()
        )
    if isinstance(pattern, RegexPattern):
        return tuple((name, GUESSES.get(name, 1)) for name in pattern.regex.groupindex)
    return ()
