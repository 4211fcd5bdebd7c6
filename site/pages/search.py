"""Search over everything that visitors may read. What somebody looks for is never kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page

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


def search(typed: str) -> Answer:
    """Return the live public pages in the reader's language for these words, the best first."""
    words = clean(typed)
    complaint = complaint_about(words)
    if complaint or not words:
        return Answer(words[:LONGEST_QUERY], message=complaint)
    found = Page.objects.live().public().filter(locale=Locale.get_active(), depth__gt=1)
    pages = found.search(" ".join(_WORD.findall(words)), operator="and")[:MOST_RESULTS]
    rows = Page.objects.filter(pk__in=[page.pk for page in pages]).specific().in_bulk()
    return Answer(words, [_found(rows[page.pk]) for page in pages if page.pk in rows])


def _found(page: Any) -> Found:
    return Found(page.title, page.url or "", page.search_description or getattr(page, "lead", ""))


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
