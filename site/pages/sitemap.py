"""The list of public pages for search engines."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from wagtail.models import Page, Site, get_page_models
from wagtail.query import PageQuerySet


@dataclass(frozen=True)
class Entry:
    """One page: its address, when it last changed, and the same page in each language."""

    address: str
    changed: dt.datetime | None
    versions: list[tuple[str, str]]


def without_members_pages(pages: PageQuerySet[Page]) -> PageQuerySet[Page]:
    """Return what a visitor can read in its own place: not the kinds of page that say `for_members`."""
    kinds = [model for model in get_page_models() if getattr(model, "for_members", False)]
    return pages.not_type(*kinds) if kinds else pages


def entries(pages: QuerySet[Any]) -> list[Entry]:
    """Return an entry per page, in tree order; two queries however many pages there are."""
    roots = Site.get_site_root_paths()
    rows = list(pages.select_related("locale").order_by("path"))
    addresses = {page.pk: _address(page, roots) for page in rows}
    versions: dict[Any, list[tuple[str, str]]] = defaultdict(list)
    for page in rows:
        versions[page.translation_key].append((page.locale.language_code, addresses[page.pk]))
    return [
        Entry(addresses[page.pk], page.last_published_at, versions[page.translation_key])
        for page in rows
        if addresses[page.pk]
    ]


def _address(page: Any, roots: list[Any]) -> str:
    language = page.locale.language_code
    for root in roots:
        if root.language_code == language and page.url_path.startswith(root.root_path):
            prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
            return f"{settings.SITE_URL}{prefix}/{page.url_path[len(root.root_path) :]}"
    return ""
