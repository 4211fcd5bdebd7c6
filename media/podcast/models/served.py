"""What a page shows comes from above it: queries register here, so that models stay at the bottom (decision 14)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

type ContextMaker = Callable[[Any, HttpRequest], dict[str, Any]]
_makers: dict[str, ContextMaker] = {}


def register_context(label: str, maker: ContextMaker) -> None:
    """Have `maker(page, request)` give the template of this model (`"podcast.EpisodePage"`) what it shows."""
    _makers[label.lower()] = maker


class ServedPage(Page):
    """A page whose template gets its data from the function registered for it."""

    leaves_tombstone = True
    """Its address answers 410 once it was withdrawn."""

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return Wagtail's context and what the registered function adds."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        maker = _makers.get(self._meta.label_lower)
        return {**context, **(maker(self, request) if maker else {})}
