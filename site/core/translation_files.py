"""Keeping `locale/<room>/<language>/LC_MESSAGES/django.po` in step with the code, and saying what is amiss."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polib

from core.catalogues import ROOT, catalogues
from core.extraction import Key, Message, messages_of, rooms

PLURAL_FORMS = {"nl": "nplurals=2; plural=(n != 1);", "fr": "nplurals=2; plural=(n > 1);"}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
LONELY_SIGN = re.compile(r" [?!;:»]|« ")
"""In French a space stands before these signs; an ordinary one lets the sign begin a line by itself."""
WIDTH = 100


def catalogue_of(room: str, language: str, root: Path = ROOT) -> Path:
    """Return where the catalogue of a room in a language is kept."""
    return root / "locale" / room / language / "LC_MESSAGES" / "django.po"


def collect(chosen: list[str] | None = None, root: Path = ROOT) -> list[Path]:
    """Bring the catalogues of the chosen rooms (or all) in step with the code; return those that changed.

    Translations are kept, also when a string moves to another room; strings that are gone are dropped.
    """
    memory = {language: _memory(language, root) for language in PLURAL_FORMS}
    changed = []
    for room in chosen or rooms(root):
        messages = messages_of(room, root)
        for language in PLURAL_FORMS:
            path = catalogue_of(room, language, root)
            if _write(path, _merged(messages, path, memory[language], language)):
                changed.append(path)
    return changed


def problems(chosen: list[str] | None = None, root: Path = ROOT) -> Iterator[str]:
    """Yield in words everything that keeps the catalogues of the chosen rooms (or all) from being complete."""
    for room in chosen or rooms(root):
        messages = messages_of(room, root)
        for language in PLURAL_FORMS:
            path = catalogue_of(room, language, root)
            entries = _entries(path)
            where = path.relative_to(root).as_posix()
            missing = [message for key, message in messages.items() if key not in entries]
            yield from (f"{where}: “{message.text}” is missing; run make messages" for message in missing)
            for key in sorted(messages.keys() & entries.keys()):
                found = [*entry_problems(entries[key]), *_lonely_signs(entries[key], language)]
                yield from (f"{where}: “{key[1]}” {what}" for what in found)
    yield from disagreements(root)


def entry_problems(entry: polib.POEntry) -> Iterator[str]:
    """Yield what is wrong with one translation."""
    if entry.fuzzy:
        yield "is marked fuzzy"
    translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not translations or not all(translations):
        yield "has no translation"
        return
    allowed = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural)
    for text in translations:
        if unknown := _placeholders(text) - allowed:
            yield f"uses {', '.join(sorted(unknown))}, which the English does not"
    if lost := _placeholders(entry.msgid_plural or entry.msgid) - _placeholders(translations[-1]):
        yield f"leaves out {', '.join(sorted(lost))}"


def _lonely_signs(entry: polib.POEntry, language: str) -> Iterator[str]:
    texts = [entry.msgstr, *entry.msgstr_plural.values()]
    if language == "fr" and any(LONELY_SIGN.search(text) for text in texts):
        yield "has a space before ? ! ; : or within « » at which a line may break; use a no-break space"


def disagreements(root: Path = ROOT) -> Iterator[str]:
    """Yield the strings that two rooms translate differently: on screen only one of them would win."""
    for language in PLURAL_FORMS:
        seen: dict[Key, tuple[str, list[str]]] = {}
        for path in catalogues(root):
            if path.parts[-3] != language:
                continue
            for key, entry in _entries(path).items():
                texts = [entry.msgstr, *entry.msgstr_plural.values()]
                room, first = seen.setdefault(key, (path.parts[-4], texts))
                if any(texts) and any(first) and texts != first:
                    yield f"{language}: “{key[1]}” differs between {room} and {path.parts[-4]}"


def _merged(
    messages: dict[Key, Message], path: Path, memory: dict[Key, polib.POEntry], language: str
) -> polib.POFile:
    own = _entries(path)
    merged = polib.POFile(wrapwidth=WIDTH)
    merged.metadata = {
        "Project-Id-Version": "trede",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS[language],
    }
    for key in sorted(messages, key=lambda pair: (pair[1].casefold(), pair[1], pair[0])):
        merged.append(_entry(messages[key], own.get(key) or memory.get(key)))
    return merged


def _entry(message: Message, known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgctxt=message.context or None,
        msgid=message.text,
        msgid_plural=message.plural,
        comment="\n".join(sorted(message.notes)),
        tcomment=known.tcomment if known else "",
        occurrences=[(name, "") for name in sorted(message.files)],
        flags=sorted(set(known.flags) & {"fuzzy"}) if known else [],
    )
    same_shape = known is not None and bool(known.msgid_plural) == bool(message.plural)
    if message.plural:
        entry.msgstr_plural = dict(known.msgstr_plural) if known and same_shape else {0: "", 1: ""}
    elif known and same_shape:
        entry.msgstr = known.msgstr
    return entry


def _write(path: Path, merged: polib.POFile) -> bool:
    text = f"{merged}\n" if len(merged) else ""
    if text == (path.read_text(encoding="utf-8") if path.exists() else ""):
        return False
    if text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    else:
        path.unlink()
    return True


def _entries(path: Path) -> dict[Key, polib.POEntry]:
    if not path.exists():
        return {}
    found = polib.pofile(str(path), encoding="utf-8")
    return {(entry.msgctxt or "", entry.msgid): entry for entry in found if not entry.obsolete}


def _memory(language: str, root: Path) -> dict[Key, polib.POEntry]:
    memory: dict[Key, polib.POEntry] = {}
    for path in catalogues(root):
        if path.parts[-3] == language:
            for key, entry in _entries(path).items():
                if entry.msgstr or all(entry.msgstr_plural.values()):
                    memory.setdefault(key, entry)
    return memory


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text or ""))
