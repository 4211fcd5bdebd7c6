"""Make the fonts of our PDFs from the site's own WOFF2 files; the results are committed.

    .venv/bin/python tools/make_pdf_fonts.py

Typst reads plain TTF only: of a WOFF2 it silently takes another face, and a variable font it draws in one weight. So each
weight that a document uses becomes a file of its own, with the Latin and the extended Latin glyphs together.
"""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "site" / "static" / "fonts"
TARGET = ROOT / "site" / "core" / "fonts"
FAMILY, STYLE, FULL_NAME, POSTSCRIPT = 1, 2, 4, 6
TYPOGRAPHIC_FAMILY, TYPOGRAPHIC_STYLE = 16, 17
BOLD_WEIGHT, ITALIC_BIT, BOLD_BIT, REGULAR_BIT = 700, 1, 32, 64


@dataclass(frozen=True)
class Face:
    """One weight of a family, and the WOFF2 files that hold its glyphs."""

    family: str
    style: str
    weight: int
    sources: tuple[str, ...]

    @property
    def file(self) -> str:
        """Return the name of the file to write."""
        return f"{self.family}-{self.style}.ttf".replace(" ", "")


ATKINSON, FRAUNCES = "Atkinson Hyperlegible Next", "Fraunces"
UPRIGHT = tuple(f"atkinson-hyperlegible-next-{part}-wght-normal.woff2" for part in ("latin", "latin-ext"))
FACES = (
    Face(ATKINSON, "Regular", 400, UPRIGHT),
    Face(ATKINSON, "Bold", 700, UPRIGHT),
    Face(ATKINSON, "Italic", 400, ("atkinson-hyperlegible-next-latin-wght-italic.woff2",)),
    Face(
        FRAUNCES,
        "SemiBold",
        600,
        tuple(f"fraunces-{part}-wght-normal.woff2" for part in ("latin", "latin-ext")),
    ),
)


def main() -> None:
    """Write every face, and the licences beside them."""
    TARGET.mkdir(exist_ok=True)
    for face in FACES:
        font = merged([at_weight(SOURCE / name, face.weight) for name in face.sources])
        rename(font, face)
        font.save(TARGET / face.file, reorderTables=True)
        print(face.file, len(font.getBestCmap()), "characters")
    for licence in SOURCE.glob("OFL-*.txt"):
        (TARGET / licence.name).write_bytes(licence.read_bytes())


def at_weight(path: Path, weight: int) -> bytes:
    """Return a variable font at one weight, as TTF."""
    font = instancer.instantiateVariableFont(TTFont(path, recalcTimestamp=False), {"wght": weight})
    font.flavor = None
    for table in ("STAT", "prep"):
        if table in font:
            del font[table]
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def merged(parts: list[bytes]) -> TTFont:
    """Return the glyphs of these fonts in one."""
    if len(parts) == 1:
        return TTFont(io.BytesIO(parts[0]), recalcTimestamp=False)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.ttf" for number, _part in enumerate(parts)]
        for path, part in zip(paths, parts, strict=True):
            path.write_bytes(part)
        font = Merger().merge([str(path) for path in paths])
    font.recalcTimestamp = False
    return font


def rename(font: TTFont, face: Face) -> None:
    """Give the face its names and flags, so that a document finds it by family, weight and slope."""
    names = font["name"]
    full = f"{face.family} {face.style}"
    values = {FAMILY: full, STYLE: "Regular", FULL_NAME: full, POSTSCRIPT: full.replace(" ", "")}
    values |= {TYPOGRAPHIC_FAMILY: face.family, TYPOGRAPHIC_STYLE: face.style}
    for number, value in values.items():
        names.removeNames(nameID=number)
        names.setName(value, number, 3, 1, 0x409)
    italic = face.style == "Italic"
    font["OS/2"].usWeightClass = face.weight
    font["OS/2"].fsSelection = (
        ITALIC_BIT if italic else (BOLD_BIT if face.weight >= BOLD_WEIGHT else REGULAR_BIT)
    )
    font["head"].macStyle = 2 if italic else int(face.weight >= BOLD_WEIGHT)


if __name__ == "__main__":
    main()
