"""Every template of ours compiles, finds its static files and keeps to the Content-Security-Policy: no inline script, style or handler."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.contrib.staticfiles import finders
from django.template import TemplateSyntaxError, engines

ROOT = Path(__file__).resolve().parent.parent
INLINE = {
    "an inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"(application/json|importmap)\")", re.IGNORECASE
    ),
    "an inline style": re.compile(r"<style\b|<[^>{]+\sstyle\s*=", re.IGNORECASE),
    "an inline handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"(href|action)\s*=\s*[\"']javascript:", re.IGNORECASE),
    "a file from elsewhere": re.compile(
        r"<(script|img|iframe|audio|video)[^>]+\bsrc=[\"']https?://|<link[^>]+rel=\"stylesheet\"[^>]+href=\"https?://",
        re.IGNORECASE,
    ),
}  # fmt: skip -- one rule per line reads best
STATIC = re.compile(r"{%\s*static\s+[\"']([^\"']+)[\"']")
MAILS = ("mail", "email")
"""Folders of messages: mail programs know no stylesheets, so style may stand in them."""


def main() -> int:
    """Print every problem; return 1 when there is any."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    problems = [problem for path in templates() for problem in check(path)]
    print("\n".join(problems))
    return 1 if problems else 0


def templates() -> Iterator[Path]:
    """Yield all templates of the house."""
    for top in ("templates", "site", "courses", "intervision", "media"):
        for path in sorted((ROOT / top).rglob("*.html")):
            if top == "templates" or "templates" in path.parts:
                yield path


def check(path: Path) -> Iterator[str]:
    """Yield what is wrong with one template."""
    source = path.read_text(encoding="utf-8")
    where = path.relative_to(ROOT)
    try:
        engines["django"].from_string(source)
    except TemplateSyntaxError as error:
        yield f"{where}: {error}"
    for name in STATIC.findall(source):
        if finders.find(name) is None:
            yield f"{where}: there is no static file {name}"
    for what, pattern in INLINE.items():
        if what == "an inline style" and any(part in MAILS for part in path.parts):
            continue
        for found in pattern.finditer(source):
            yield f"{where}:{source.count('\n', 0, found.start()) + 1}: {what}"


if __name__ == "__main__":
    sys.exit(main())
