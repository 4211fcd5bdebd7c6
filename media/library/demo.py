"""Loads the demo's pictures from `demo/library/pictures.yaml`."""

from __future__ import annotations

from pathlib import Path

import yaml
from django.conf import settings
from django.core.files.base import ContentFile

from core.demo import DemoReport
from media.library.models import Picture

FOLDER = Path("demo") / "library"
RIGHTS = "Tekening van het project Trede; EUPL-1.2."


def load(report: DemoReport) -> None:
    """Add the drawings that are not there yet, by title; what is there is left as the editors have it."""
    folder = settings.BASE_DIR / FOLDER
    for given in yaml.safe_load((folder / "pictures.yaml").read_text(encoding="utf-8")):
        if Picture.objects.filter(title=given["title"]).exists():
            continue
        data = (folder / given["file"]).read_bytes()
        Picture.objects.create(
            title=given["title"],
            alt_text=given["alt"],
            rights=RIGHTS,
            file=ContentFile(data, name=given["file"]),
        )
        report.made.append(given["title"])
