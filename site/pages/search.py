"""Search over everything that visitors may read. What somebody looks for is never kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial

from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, get_page_models

from core.kept import Shelf
from pages.sitemap import without_members_pages

LONGEST_QUERY = 200
MOST_RESULTS = 30
_WORD = re.compile(r"\w{2,}", re.UNICODE)


@dataclass(frozen=True)
class Found:
    """One page that was found."""

    title: str
    url: str
    text: str


@dataclass
class Answer:
    """What a search gave: the words as they were understood, the pages, or why there are none."""

    query: str = ""
    pages: list[Found] = field(default_factory=list)
    message: str = ""


_locales: Shelf[str | None, Locale] = Shelf(most=10)
_closed: Shelf[None, Q] = Shelf(most=1)
_described: Shelf[tuple[int, str | None], Found] = Shelf(most=3000)


def search(typed: str, *, member: bool = False) -> Answer:
    """Return the live public pages in the reader's language for these words, the best first; lessons for members only."""
    words = clean(typed)
    complaint = complaint_about(words)
    if complaint or not words:
        return Answer(words[:LONGEST_QUERY], message=complaint)
    everything = Page.objects.all()
    language = get_language()
    readable = everything.live().exclude(_closed.get(None, everything.private_q))
    found = readable.filter(locale=_locales.get(language, Locale.get_active), depth__gt=1)
    if not member:
        found = without_members_pages(found)
    pages = list(found.search(" ".join(_WORD.findall(words)), operator="and")[:MOST_RESULTS])
    leads: dict[int, str] = {}
    return Answer(
        words,
        [_described.get((page.pk, language), partial(_describe, page, pages, leads)) for page in pages],
    )


def _describe(page: Page, pages: list[Page], leads: dict[int, str]) -> Found:
    """Return how a page is listed; the first that is not known yet fetches the introductions of all."""
    if not leads:
        leads.update(_leads([page.pk for page in pages]))
    return Found(page.title, page.url or "", page.search_description or leads.get(page.pk, ""))


def _leads(ids: list[int]) -> dict[int, str]:
    """Return the introductions of these pages, of whatever kind they are, in one query."""
    kinds = [model._meta.get_field("lead") for model in get_page_models() if hasattr(model, "lead")]
    paths = [F(f"{field.model._meta.model_name}__lead") for field in kinds]
    lead = Coalesce(*paths, Value(""), output_field=TextField())
    return dict(Page.objects.filter(pk__in=ids).annotate(introduction=lead).values_list("pk", "introduction"))


def clean(typed: str) -> str:
    """Return what was typed without control characters and doubled spaces."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in typed).split())


def complaint_about(words: str) -> str:
    """Say in words why this cannot be looked for; empty when it can, or when nothing was typed."""
    if len(words) > LONGEST_QUERY:
        return ngettext(
            "That is too long to search for: at most %(most)d character.",
            "That is too long to search for: at most %(most)d characters.",
            LONGEST_QUERY,
        ) % {"most": LONGEST_QUERY}
    if words and not _WORD.search(words):
        return _("Type at least one word of two letters or more.")
    return ""
