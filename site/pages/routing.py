"""Finds a page by its whole address at once, instead of step by step down the tree.

Wagtail asks two queries per level and two more for closed pages. Here one query finds every page along the way, says
whether one of them is closed, and keeps them as the trail for the breadcrumb.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery
from django.http import Http404
from wagtail.models import Page, PageViewRestriction, TaskState
from wagtail.url_routing import RouteResult


def route(home: Page, components: list[str]) -> RouteResult | None:
    """Return the page at this address below `home`, None when Wagtail must find it itself.

    That is so when no page stands there, or when a page along the way has a `route` of its own. Raises `Http404` for a
    page that is not published.
    """
    trail = _trail(home, components)
    if trail is None:
        return None
    last = trail[-1]
    if not last.live:
        raise Http404
    page = _specific(last)
    page._trail = trail
    page._closed = any(step.closed for step in trail) or any(step.alias_of_id for step in trail)
    return RouteResult(page)


def _trail(home: Page, components: list[str]) -> list[Page] | None:
    """Return every page from the home to the address, None when one is missing or routes by itself."""
    paths = [home.url_path]
    for component in components:
        paths.append(f"{paths[-1]}{component}/")
    root = home.path[: Page.steplen]
    closed = Exists(PageViewRestriction.objects.filter(page__path__in=[OuterRef("path"), root]))
    found = {
        page.url_path: page
        for page in Page.objects.filter(url_path__in=paths, path__startswith=home.path)
        .annotate(closed=closed)
        .select_related("locale")
    }
    if len(found) != len(paths):
        return None
    trail = [found[path] for path in paths]
    return trail if all(_routes_plainly(page) for page in trail[1:]) else None


def _routes_plainly(page: Page) -> bool:
    model = page.specific_class
    return model is not None and model.route is Page.route


def _specific(page: Page) -> Page:
    """Return the page as its own class, with the moment of its medical check."""
    approvals = TaskState.objects.filter(
        revision_id=OuterRef("live_revision_id"), status=TaskState.STATUS_APPROVED
    ).order_by(F("finished_at").desc(nulls_last=True))
    model: Any = page.specific_class
    found: Page = model.objects.annotate(checked_at=Subquery(approvals.values("finished_at")[:1])).get(
        pk=page.pk
    )
    found.locale = page.locale
    return found
