"""What a first visit fetches: hashed files that point at hashed files, few and light."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

OURS_ONLY = [
    "core.house_stylesheet.HouseStylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
]
MANIFEST = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}


@pytest.fixture
def collected(tmp_path, settings) -> Path:
    storages = {**settings.STORAGES, "staticfiles": MANIFEST}
    with override_settings(STATIC_ROOT=tmp_path, STATICFILES_FINDERS=OURS_ONLY, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_the_hashed_stylesheet_points_at_hashed_fonts(collected):
    paths = json.loads((collected / "staticfiles.json").read_text())["paths"]
    house = (collected / paths["css/house.css"]).read_text()
    fonts = re.findall(r'url\("\.\./(fonts/[^"]+)"\)', house)
    assert fonts
    assert set(fonts) <= set(paths.values())


@pytest.mark.django_db
def test_the_weight_of_a_first_visit_is_known(client, collected, capsys):
    page = client.get("/")
    text = page.content.decode()
    linked = re.findall(r'(?:rel="stylesheet" href|<script[^>]* src)="/static/([^"]+)"', text)
    weights = {"html": len(gzip.compress(page.content))}
    weights |= {name: len(gzip.compress((collected / name).read_bytes())) for name in linked}
    with capsys.disabled():
        print(f"\nfirst visit, gzip: {sum(weights.values())} bytes in {len(weights)} requests {weights}")  # noqa: T201 -- a figure for people, not for a test
    assert linked
