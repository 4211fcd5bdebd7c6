"""No template carries script, style or an event of its own: the Content-Security-Policy forbids them."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "email" not in path.parts)
FORBIDDEN = {
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", re.IGNORECASE
    ),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_carries(what):
    found = [path.relative_to(ROOT) for path in TEMPLATES if FORBIDDEN[what].search(path.read_text())]
    assert found == []


BORROWS = {Path("templates/learning/recall.html")}
"""Repeating shows questions of lessons, so this page takes their stylesheet along."""


def test_pages_load_the_house_stylesheet_and_at_most_their_rooms_and_their_own():
    too_many = [
        path.relative_to(ROOT)
        for path in TEMPLATES
        if len(re.findall(r"css/screens/[a-z_-]+\.css", path.read_text())) > 2
    ]
    assert set(too_many) == BORROWS
