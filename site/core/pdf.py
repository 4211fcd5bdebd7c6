"""PDF by Typst: tagged (PDF/UA-1), in our own fonts, from a template and plain data (decision 30).

A template is a `.typ` file under `templates/`. It reads what it is given with
`#let data = json(bytes(sys.inputs.data))`, sets `document(title: …)` and `text(lang: …)`, and gives every picture an `alt`:
without those Typst refuses to call the result PDF/UA. Nothing else on the disk can be read from a template.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst
from django.conf import settings

FONTS = Path(__file__).resolve().parent / "fonts"
STANDARD: Literal["ua-1"] = "ua-1"


def render(template: str, data: Mapping[str, Any], *, made_at: dt.datetime | None = None) -> bytes:
    """Return the PDF of a template such as `learning/certificate.typ`, filled with JSON-serialisable `data`.

    `made_at` is written into the file as its date, so that the same facts give the same bytes. Raises
    `typst.TypstError` when the template is wrong or the result would not be accessible.
    """
    compiler = _compiler(template, data)
    whole = made_at.replace(microsecond=0) if made_at else None
    made = compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=whole)
    return _one(made)


def render_png(template: str, data: Mapping[str, Any], *, ppi: float) -> bytes:
    """Return the first page of a template as a PNG of `ppi` pixels per inch."""
    return _one(_compiler(template, data).compile(format="png", ppi=ppi))


def _compiler(template: str, data: Mapping[str, Any]) -> typst.Compiler:
    root = settings.BASE_DIR / "templates"
    return typst.Compiler(
        input=str(root / template),
        root=str(root),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
    )


@cache
def drawing(name: str) -> str:
    """Return one of the house's own SVG drawings, such as `brand/logo.svg`, for use in a template."""
    return (settings.BASE_DIR / "site" / "static" / name).read_text(encoding="utf-8")


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _one(made: bytes | list[bytes] | None) -> bytes:
    if isinstance(made, list):
        return made[0]
    return made or b""
