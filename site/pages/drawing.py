"""Draws the layers of a page once, with its notes, its glossary and its table of contents.

A published page looks the same to everybody, so what was drawn is kept until something public changes (`core.kept`).
Blocks are drawn without request and without reader: nothing of a person can stand in it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from wagtail.models import Page, TaskState

from core.kept import PageKey, Shelf, of_page
from pages.blocks.choosers import ids_in, snippets_at_hand
from pages.glossary import Glossary
from pages.notes import SourceNotes

CHOSEN = {"source": "pages.Source", "terms": "pages.GlossaryTerm"}
WORDS_A_MINUTE = 180
_HEADING = re.compile(r"<h2(?P<attributes>[^>]*)>(?P<words>.*?)</h2>", re.DOTALL)
_ID = re.compile(r'\bid="([^"]+)"')


@dataclass(frozen=True)
class Heading:
    """A line of the table of contents."""

    anchor: str
    words: str


@dataclass(frozen=True)
class Layer:
    """A layer of text as it is shown: `key` is public or professional, `minutes` is how long reading it takes."""

    key: str
    html: SafeString
    headings: list[Heading]
    minutes: int


@dataclass(frozen=True)
class Crumb:
    """A step of the way back: the address and the title of a page above this one."""

    url: str
    title: str


_shown: Shelf[PageKey, dict[str, Any]] = Shelf(most=300)


def shown(page: Page, request: HttpRequest, drawn: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return what this page shows to everybody: what `drawn` returns and what stands around it, made once."""
    return of_page(_shown, page, request, lambda: {**surroundings(page, request), **drawn()})


def draw(page: Page, layers: list[tuple[str, str]], wrapped: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the layers of this page with the notes that they gathered; blocks of the types `wrapped` get a width."""
    notes, glossary, used = SourceNotes(), Glossary(), set[str]()
    inner = {"notes": notes, "glossary": glossary, "wrapped": wrapped}
    with snippets_at_hand(_chosen_snippets([getattr(page, field) for _key, field in layers])):
        drawn = [_layer(key, getattr(page, field), inner, used) for key, field in layers]
    return {"layers": drawn, "notes": notes}


def _layer(key: str, stream: Any, context: dict[str, Any], used: set[str]) -> Layer:
    context["notes"].layer = key
    html = "\n".join(_block(block, context) for block in stream)
    html, headings = with_anchors(html, used)
    minutes = max(1, round(len(strip_tags(html).split()) / WORDS_A_MINUTE))
    return Layer(key, mark_safe(html), headings, minutes)  # noqa: S308 -- drawn by our own block templates


def _block(block: Any, context: dict[str, Any]) -> str:
    html = str(block.render(context))
    return (
        f'<div class="wrap section">{html}</div>' if block.block_type in context.get("wrapped", ()) else html
    )


def with_anchors(html: str, used: set[str]) -> tuple[str, list[Heading]]:
    """Give every heading of the second level an id of its own; return the text and its table of contents."""
    headings: list[Heading] = []

    def anchored(found: re.Match[str]) -> str:
        words = strip_tags(found["words"]).strip()
        own = _ID.search(found["attributes"])
        anchor = own[1] if own else _free_anchor(slugify(words) or "deel", used)
        headings.append(Heading(anchor, words))
        return found[0] if own else f'<h2 id="{anchor}"{found["attributes"]}>{found["words"]}</h2>'

    return _HEADING.sub(anchored, html), headings


def _free_anchor(wanted: str, used: set[str]) -> str:
    anchor, number = wanted, 2
    while anchor in used:
        anchor, number = f"{wanted}-{number}", number + 1
    used.add(anchor)
    return anchor


def _chosen_snippets(streams: list[Any]) -> dict[tuple[str, int], Model]:
    found: dict[tuple[str, int], Model] = {}
    for key, label in CHOSEN.items():
        ids = set().union(*(_ids(stream.raw_data, key) for stream in streams))
        model = apps.get_model(label)
        rows = model._default_manager.in_bulk(ids) if ids else {}
        found.update({(model._meta.label_lower, pk): row for pk, row in rows.items()})
    return found


def _ids(raw: Any, key: str) -> set[int]:
    return ids_in(raw, key)


def surroundings(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Return what stands around the text: its address, the way back, the other language, when it was checked."""
    translations = list(page.get_translations().live().select_related("locale")) if page.pk else []
    return {
        "address": page.full_url or "",
        "ancestors": _ancestors(page, request),
        "translations": [(other.locale.language_code, other.full_url) for other in translations],
        "translation_url": next((other.get_url(request) for other in translations), "") or "",
        "checked_at": _checked_at(page),
        "behind": _is_behind(page, translations),
    }


def _ancestors(page: Page, request: HttpRequest) -> list[Crumb]:
    """Return the pages between the home and this one."""
    if not page.pk or page.depth <= 3:
        return []
    above = page.get_ancestors().filter(depth__gt=2).select_related("locale")
    return [Crumb(step.get_url(request) or "", step.title) for step in above]


def _checked_at(page: Page) -> dt.datetime | None:
    """Return when the medical reviewer approved exactly what is published, if that happened."""
    if not page.live_revision_id:
        return None
    states = TaskState.objects.filter(revision_id=page.live_revision_id, status=TaskState.STATUS_APPROVED)
    found: TaskState | None = states.order_by("-finished_at").first()
    return found.finished_at if found else None


def _is_behind(page: Page, translations: list[Page]) -> bool:
    """Say whether the Dutch text changed after this translation of it was published."""
    original = next((other for other in translations if other.locale.language_code == "nl"), None)
    if original is None or not (original.last_published_at and page.last_published_at):
        return False
    return bool(original.last_published_at > page.last_published_at)
