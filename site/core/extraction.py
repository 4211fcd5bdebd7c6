"""Finding the strings to translate, room by room, without the system's gettext.

A room's strings are those of its Python and of its templates. They are kept in `locale/<room>/<language>/`, sorted and
without line numbers or dates, so that a change of code changes only what it must.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

from core.catalogues import ROOT

WINGS = ("site", "courses", "intervision", "media")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATES_OF_ACCOUNTS = {"account", "allauth", "mfa", "socialaccount", "usersessions"}
Key = tuple[str, str]
"""A message's context (empty for none) and its English text."""


@dataclass
class Message:
    """A string to translate: its plural, the files that use it and notes to the translator."""

    context: str
    text: str
    plural: str = ""
    files: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        """Return what makes this message itself."""
        return (self.context, self.text)


def rooms(root: Path = ROOT) -> list[str]:
    """Return every room that has catalogues, in order."""
    return sorted(folder.name for folder in (root / "locale").iterdir() if folder.is_dir())


def messages_of(room: str, root: Path = ROOT) -> dict[Key, Message]:
    """Return all strings of a room."""
    found: dict[Key, Message] = {}
    for path in sorted({*python_of(room, root), *templates_of(room, root)}):
        for message in messages_in(path):
            known = found.setdefault(message.key, message)
            known.files.add(path.relative_to(root).as_posix())
            known.notes |= message.notes
            known.plural = known.plural or message.plural
    return found


def python_of(room: str, root: Path = ROOT) -> Iterator[Path]:
    """Yield the Python files of a room; the settings' strings are core's."""
    folders = [root / wing / room for wing in WINGS]
    if room == "core":
        folders.append(root / "site" / "config")
    for folder in folders:
        yield from (path for path in folder.rglob("*.py") if "migrations" not in path.parts)


def templates_of(room: str, root: Path = ROOT) -> Iterator[Path]:
    """Yield the templates of a room; what no room's folder holds is core's, allauth's screens are accounts'."""
    known = set(rooms(root))
    for path in (root / "templates").rglob("*"):
        if path.suffix in {".html", ".txt", ".xml", ".typ"} and _owner(path.relative_to(root), known) == room:
            yield path
    for wing in WINGS:
        yield from (root / wing / room / "templates").rglob("*.html")


def _owner(path: Path, known: set[str]) -> str:
    folder = path.parts[1]
    if folder in TEMPLATES_OF_ACCOUNTS:
        return "accounts"
    return folder if folder in known else "core"


def messages_in(path: Path) -> Iterator[Message]:
    """Yield the strings of one file."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # In brackets, so that the indentation of a template means nothing to Python's tokenizer.
        source = f"({templatize(source, origin=str(path))}\n)"
    for _line, texts, notes, context in extract(
        "python", BytesIO(source.encode()), KEYWORDS, ["Translators"], {"encoding": "utf-8"}
    ):
        text, plural = texts if isinstance(texts, tuple) else (texts, "")
        if text:
            yield Message(context or "", text, plural, notes=set(notes))
