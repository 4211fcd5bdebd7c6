"""The colours of `tokens.css` keep the contrasts of WCAG 2.2, in light and in dark."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "site/static/css/tokens.css").read_text(encoding="utf-8")
SURFACES = ("paper", "surface", "sunk")
CATEGORIES = ("petrol", "moss", "ochre", "plum", "dawn", "red")
PAIRS = [
    *[("ink", surface, 7.0) for surface in SURFACES],
    *[("soft", surface, 4.5) for surface in SURFACES],
    *[(colour, surface, 4.5) for colour in CATEGORIES for surface in SURFACES],
    *[(colour, f"{colour}-tint", 4.5) for colour in CATEGORIES],
    *[("ink", f"{colour}-tint", 7.0) for colour in CATEGORIES],
    ("on-petrol", "petrol", 4.5),
    ("on-petrol", "petrol-strong", 4.5),
    ("on-dawn", "dawn", 4.5),
    ("on-dawn", "dawn-strong", 4.5),
    ("on-band", "band", 7.0),
    ("on-band-soft", "band", 4.5),
    ("apricot", "band", 4.5),
    ("on-apricot", "apricot", 4.5),
    ("on-apricot", "apricot-strong", 4.5),
    ("edge", "paper", 3.0),
    ("edge", "surface", 3.0),
    ("focus", "paper", 3.0),
]


def declared(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})\s*;", block))


def themes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r"(:root[^{]*)\{([^{}]*)\}", TOKENS)
    light = declared(next(body for head, body in blocks if head.strip() == ":root"))
    preferred = next(body for head, body in blocks if ":not(" in head)
    chosen = next(body for head, body in blocks if '[data-theme="dark"]' in head)
    return {"light": light, "dark": light | declared(preferred), "dark by choice": light | declared(chosen)}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_text_stands_out_from_its_ground(theme, text, ground, least):
    colours = themes()[theme]
    assert contrast(colours[text], colours[ground]) >= least


def test_the_chosen_dark_theme_is_the_preferred_one():
    assert themes()["dark"] == themes()["dark by choice"]


def test_no_raw_colour_outside_the_tokens():
    css = Path(settings.BASE_DIR) / "site/static/css"
    allowed = {"#fff", "#000"}  # paper and ink of a printer, ground of a QR code
    raw = {
        f"{path.name}: {colour}"
        for path in css.rglob("*.css")
        if path.name != "tokens.css"
        for colour in re.findall(r"#[0-9a-fA-F]{3,6}\b", re.sub(r"url\([^)]*\)", "", path.read_text()))
        if colour not in allowed
    }
    assert raw == set()
