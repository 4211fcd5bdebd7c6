"""Message catalogues: compiling `locale/<room>/<language>/LC_MESSAGES/django.po` without the system's gettext."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]


def catalogues(root: Path = ROOT) -> Iterator[Path]:
    """Yield every catalogue of the house, in order."""
    yield from sorted((root / "locale").glob("*/*/LC_MESSAGES/django.po"))


def compile_catalogues(root: Path = ROOT, *, force: bool = False) -> list[Path]:
    """Compile the catalogues that changed since they were compiled last; return those."""
    stale = [po for po in catalogues(root) if force or _is_stale(po)]
    for po in stale:
        compile_catalogue(po)
    return stale


def compile_catalogue(po: Path) -> Path:
    """Write the `.mo` beside one catalogue, whole or not at all; fuzzy entries are left out."""
    language = po.parts[-3]
    with po.open("rb") as source:
        catalogue = read_po(source, locale=language, abort_invalid=True)
    target = po.with_suffix(".mo")
    unfinished = target.with_suffix(f".{os.getpid()}.tmp")
    with unfinished.open("wb") as out:
        write_mo(out, catalogue, use_fuzzy=False)
    unfinished.replace(target)
    return target


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime
