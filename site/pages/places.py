"""Where an address leads: looked for once by Wagtail, then kept until something public changes (`core.kept`).

Wagtail asks two queries per level of the tree and two more for closed pages. What it found stays true until a page is
published, moved, closed or deleted; until then a request fetches the page itself and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail import views as wagtail_views
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from core.kept import Shelf
from core.prepared import Slots, prepared
from core.withdrawn import Withdrawn
from pages.cache import kept_for_visitors

MOST_PLACES = 1000
type Key = tuple[str, str, str | None, str]


@dataclass(frozen=True)
class Place:
    """What Wagtail found at an address: the site, and the page by its class, id and language.

    `is_open` says that neither the page nor one above it has a restriction on who may see it.
    """

    site: Site
    model: type[Page]
    pk: int
    locale: Locale
    is_open: bool

    def page(self) -> Page:
        """Return the page, fetched anew; of an open one nobody needs to ask the restrictions again."""
        found = _page.first(self.model, pk=self.pk)
        if found is None:
            raise Http404  # deleted this very moment
        found.locale = self.locale
        if self.is_open:
            vars(found)["get_view_restrictions"] = PageViewRestriction.objects.none
        return found


@prepared
def _page(slot: Slots, model: type[Page]) -> QuerySet[Page]:
    found: QuerySet[Page] = model._default_manager.filter(pk=slot("pk"))
    return found


_places: Shelf[Key, Place | None] = Shelf(most=MOST_PLACES)


@kept_for_visitors
@login_not_required
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the page at this address, as Wagtail does, without looking for it again."""
    try:
        return _serve(request, path)
    except Http404:
        if was_withdrawn(request, path):
            raise Withdrawn from None
        raise


def _serve(request: HttpRequest, path: str) -> HttpResponse:
    key = (request.get_host(), request.get_port(), get_language(), path)
    place = _places.get(key, lambda: _find(request, path))
    known: dict[str, Any] = vars(request)
    if place is not None and "_wagtail_route_for_request" not in known:
        known["_wagtail_site"] = place.site
        known["_wagtail_route_for_request"] = RouteResult(place.page())
    answer: HttpResponse = wagtail_views.serve(request, path)
    return answer


def was_withdrawn(request: HttpRequest, path: str) -> bool:
    """Say whether a page that tells so (`leaves_tombstone`) was published at this address and is no longer."""
    site = Site.find_for_request(request)
    if site is None:
        return False
    was_here = Page.objects.filter(url_path=f"{site.root_page.localized.url_path}{path}", live=False)
    found = was_here.exclude(first_published_at=None).select_related("content_type").first()
    return found is not None and getattr(found.specific_class, "leaves_tombstone", False)


def _find(request: HttpRequest, path: str) -> Place | None:
    """Have Wagtail look; None where it found nothing, or something that is more than a page as it stands."""
    found = Page.route_for_request(request, path)
    if found is None or found.args or found.kwargs:
        return None
    page = found.page
    is_open = not page.get_view_restrictions().exists()
    return Place(Site.find_for_request(request), type(page), page.pk, page.locale, is_open)
