"""Numbered source notes of one page: a source and a place in it get one number, however often they are used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Note:
    """One line of the list of sources; `layer` is the layer of text that mentions it first."""

    number: int
    source: Any
    where: str
    layer: str = "public"

    @property
    def anchor(self) -> str:
        """Return the id of the line, for the little number in the text to point at."""
        return f"bron-{self.number}"


@dataclass
class SourceNotes:
    """The list of sources that a page builds up while it is drawn."""

    notes: dict[tuple[int, str], Note] = field(default_factory=dict)
    layer: str = "public"

    def add(self, source: Any, where: str = "") -> Note:
        """Return the note for this place in this source, a new one at its first mention."""
        key = (source.pk, where.strip())
        if key not in self.notes:
            self.notes[key] = Note(len(self.notes) + 1, source, where.strip(), self.layer)
        return self.notes[key]

    def add_all(self, refs: Iterable[Any]) -> list[Note]:
        """Return the notes for chosen sources (`SourceRefBlock` values), those that are gone left out."""
        return [self.add(ref["source"], ref["where"] or "") for ref in refs if ref["source"]]

    def __iter__(self) -> Any:
        return iter(self.notes.values())

    def __len__(self) -> int:
        return len(self.notes)

    @property
    def all_verified(self) -> bool:
        """Say whether the medical reviewer confirmed every source of the page."""
        return bool(self.notes) and all(note.source.verified for note in self)


def notes_in(context: dict[str, Any]) -> SourceNotes:
    """Return the list of sources of the page that is being drawn; an empty one for a block drawn by itself."""
    found: SourceNotes | None = context.get("notes")
    return SourceNotes() if found is None else found
