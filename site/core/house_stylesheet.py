"""One stylesheet out of many files, without a build tool.

`css/house.imports.css` names the files that every page needs, in order. `HouseStylesheetFinder` joins them into
`css/house.css` whenever one of them is newer, so `collectstatic`, the development server, WhiteNoise and the tests all
serve the same joined file. Addresses inside `url(…)` are rewritten for the place where the joined file stands.
"""

from __future__ import annotations

import os
import posixpath
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/house.css"
LIST = "house.imports.css"
_IMPORT = re.compile(r'@import\s+"([^"]+)"\s*;')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_URL = re.compile(r'url\("(?!data:|https?:|/|#)([^"]+)"\)')


def source_folder() -> Path:
    """Return the folder that holds the written stylesheets."""
    return Path(settings.BASE_DIR) / "site" / "static" / "css"


def listed_files(folder: Path) -> list[Path]:
    """Return the files that the list names, in its order."""
    text = _COMMENT.sub("", (folder / LIST).read_text(encoding="utf-8"))
    return [folder / name for name in _IMPORT.findall(text)]


def join(folder: Path) -> str:
    """Return all listed files as one stylesheet, comments left out."""
    return "\n".join(_without_comments(path, folder) for path in listed_files(folder))


def _without_comments(path: Path, folder: Path) -> str:
    text = _COMMENT.sub("", path.read_text(encoding="utf-8"))
    here = path.parent.relative_to(folder).as_posix()
    moved = _URL.sub(lambda m: f'url("{posixpath.normpath(posixpath.join(here, m[1]))}")', text)
    return "\n".join(line for line in moved.splitlines() if line.strip())


def built_file(folder: Path, target: Path) -> Path:
    """Write `target` when it is absent or older than a source, and return it."""
    sources = [folder / LIST, *listed_files(folder)]
    newest = max(source.stat().st_mtime_ns for source in sources)
    if not target.exists() or target.stat().st_mtime_ns < newest:
        _write_whole(target, join(folder))
    return target


def _write_whole(target: Path, text: str) -> None:
    """Write beside the target and swap, so that nobody reads half a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, delete=False) as file:
        file.write(text)
    Path(file.name).chmod(0o644)
    os.replace(file.name, target)


class HouseStylesheetFinder(BaseFinder):
    """Finds `css/house.css`, joining it on the way."""

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.VAR / "joined")

    def check(self, **_kwargs: Any) -> list[Any]:
        """Report nothing: the list stands in the repository."""
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:
        """Return the joined file's place when it is asked for, else nothing."""
        if path != NAME:
            return []
        built = str(built_file(source_folder(), Path(self.storage.path(NAME))))
        return [built] if find_all else built

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield the joined file for `collectstatic`."""
        built_file(source_folder(), Path(self.storage.path(NAME)))
        yield NAME, self.storage
