"""Turns reviewable text (YAML with Markdown) into the stored form of a stream of blocks.

A stream is a list of one-key mappings, block name to value. Rich text is Markdown. A chosen snippet is named by its key
(`asam-2025`), a source with its place as `asam-2025 | table 2`. A block that holds a `text` may be given as that text
alone. Ids of blocks follow from the seed and the place, so that the same text gives the same stream.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from wagtail import blocks

from pages.blocks.choosers import ReadyChooserBlock
from pages.blocks.medical import SourceRefBlock

type Find = Callable[[str, str], int]
_markdown = MarkdownIt("commonmark", {"html": False})
_SPACE = uuid.UUID("6d0f6f2e-7a55-4f6b-9b3e-1f7b6f0a6c11")


@dataclass(frozen=True)
class Writer:
    """Writes streams; `find(model label, key)` returns the id of a snippet and raises `LookupError` without one."""

    find: Find

    def stream(
        self, block: blocks.StreamBlock, given: list[dict[str, Any]], seed: str
    ) -> list[dict[str, Any]]:
        """Return the stored form of a list of one-key mappings."""
        found = []
        for at, entry in enumerate(given):
            ((name, value),) = entry.items()
            place = f"{seed}/{at}"
            child = block.child_blocks[name]
            found.append({"type": name, "value": self.value(child, value, place), "id": _id(place)})
        return found

    def value(self, block: blocks.Block, given: Any, seed: str) -> Any:
        """Return the stored form of one block's value."""
        if isinstance(block, blocks.RichTextBlock):
            return to_html(given or "")
        if isinstance(block, ReadyChooserBlock):
            return self.find(block.target_model._meta.label, given)
        if isinstance(block, blocks.ListBlock):
            return self._list(block, given or [], seed)
        if isinstance(block, blocks.StructBlock):
            return self._struct(block, given, seed)
        return given

    def _list(self, block: blocks.ListBlock, given: list[Any], seed: str) -> list[dict[str, Any]]:
        places = [f"{seed}/{at}" for at in range(len(given))]
        return [
            {"type": "item", "value": self.value(block.child_block, value, place), "id": _id(place)}
            for value, place in zip(given, places, strict=True)
        ]

    def _struct(self, block: blocks.StructBlock, given: Any, seed: str) -> dict[str, Any]:
        if isinstance(given, str):
            given = _source(given) if isinstance(block, SourceRefBlock) else {"text": given}
        given = given or {}
        unknown = set(given) - set(block.child_blocks)
        if unknown:
            message = f"{seed}: {type(block).__name__} has no {', '.join(sorted(unknown))}"
            raise LookupError(message)
        return {
            name: self.value(child, given[name], f"{seed}/{name}") if name in given else _empty(child)
            for name, child in block.child_blocks.items()
        }


def to_html(markdown: str) -> str:
    """Return the HTML of a short Markdown text, as the editor would have stored it."""
    html: str = _markdown.render(markdown)
    return html.strip()


def _source(given: str) -> dict[str, str]:
    key, _bar, where = given.partition("|")
    return {"source": key.strip(), "where": where.strip()}


def _empty(block: blocks.Block) -> Any:
    return block.get_prep_value(block.get_default())


def _id(place: str) -> str:
    return str(uuid.uuid5(_SPACE, place))
