"""Choosers that cost one query for a whole page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from wagtail.snippets.blocks import SnippetChooserBlock

_loaded: ContextVar[dict[tuple[str, int], Any]] = ContextVar("loaded_snippets")


@contextmanager
def snippets_at_hand(found: dict[tuple[str, int], Any]) -> Iterator[None]:
    """Let choosers take their snippets from `found` (model label and id) while the page is drawn."""
    token = _loaded.set(found)
    try:
        yield
    finally:
        _loaded.reset(token)


class ReadyChooserBlock(SnippetChooserBlock):
    """A snippet chooser that asks the database only for what is not at hand already."""

    def bulk_to_python(self, values: Sequence[int | None]) -> list[Any]:
        """Return the snippets for these ids, None for what is gone."""
        at_hand = _loaded.get({})
        label = self.target_model._meta.label_lower
        known = {value: at_hand[label, value] for value in values if value and (label, value) in at_hand}
        if all(value in known for value in values if value):
            return [known.get(value) if value else None for value in values]
        found: list[Any] = super().bulk_to_python(values)
        return found

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """Describe the block by its own class."""
        _path, args, kwargs = super().deconstruct()
        return "pages.blocks.choosers.ReadyChooserBlock", args, kwargs


def ids_in(raw: Any, key: str) -> set[int]:
    """Return every id that stands under `key` in the stored form of a stream."""
    if isinstance(raw, dict):
        own = {raw[key]} if isinstance(raw.get(key), int) else set()
        return own.union(*(ids_in(value, key) for value in raw.values()))
    if isinstance(raw, Sequence) and not isinstance(raw, str):
        return set().union(*(ids_in(value, key) for value in raw))
    return set()
