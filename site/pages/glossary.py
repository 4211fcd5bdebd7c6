"""Words that explain themselves in a running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_TAG = re.compile(r"(<[^>]+>)")


@dataclass
class Glossary:
    """Which terms a page has explained already; a term is explained once."""

    explained: set[int] = field(default_factory=set)

    def first_time(self, terms: Iterable[Any]) -> list[Any]:
        """Return the terms that this page meets for the first time, and remember them."""
        new = [term for term in terms if term.pk not in self.explained]
        self.explained.update(term.pk for term in new)
        return new


def mark_terms(html: str, terms: Sequence[Any]) -> SafeString:
    """Make the first mention of each term a button that opens its meaning; links and headings stay as they are."""
    for term in terms:
        html = _mark_first(html, term)
    return mark_safe(html)  # noqa: S308 -- cleaned rich text with our own escaped buttons


def _mark_first(html: str, term: Any) -> str:
    pattern = re.compile(r"\b(" + "|".join(re.escape(word) for word in term.words) + r")\b", re.IGNORECASE)
    pieces, inside = _TAG.split(html), 0
    for at, piece in enumerate(pieces):
        if piece.startswith("<"):
            inside += _depth_change(piece)
        elif not inside and pattern.search(piece):
            pieces[at] = pattern.sub(lambda found: _button(found.group(0), term), piece, count=1)
            return "".join(pieces)
    return html


def _depth_change(tag: str) -> int:
    if re.match(r"<(a|button|h[1-6])\b", tag):
        return 1
    return -1 if re.match(r"</(a|button|h[1-6])>", tag) else 0


def _button(words: str, term: Any) -> str:
    return format_html(
        '<button class="term" type="button" popovertarget="term-{}">{}</button>',
        term.pk,
        mark_safe(words),  # noqa: S308 -- a piece of the text itself, escaped there
    )


def glossary_in(context: dict[str, Any]) -> Glossary:
    """Return the glossary of the page that is being drawn; a new one for a block drawn by itself."""
    found: Glossary | None = context.get("glossary")
    return Glossary() if found is None else found
