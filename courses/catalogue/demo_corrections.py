"""Loads the demo's safety correction from `demo/catalogue/corrections.yaml`, through the action that reviewers use.

It comes after the learners, so that they are told of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from django.conf import settings

from accounts.models import User
from core.demo import DemoReport
from courses.catalogue.actions import NothingToCorrectError, issue_correction
from courses.catalogue.demo import FOLDER
from courses.catalogue.demo_bank import stable_id
from courses.catalogue.models import SafetyCorrection
from courses.exercises.models import Question


def load(report: DemoReport) -> None:
    """Issue what was not issued before; what no edition holds yet waits for a next load."""
    path = settings.BASE_DIR / FOLDER / "corrections.yaml"
    for given in yaml.safe_load(path.read_text(encoding="utf-8")):
        reviewer = User.objects.filter(email=given["by"]).first()
        if reviewer is None or SafetyCorrection.objects.filter(text_nl=given["nl"]).exists():
            continue
        try:
            issue_correction(keys=_keys(given), text_nl=given["nl"], text_fr=given["fr"], by=reviewer)
        except NothingToCorrectError:
            continue
        report.made.append(f"{SafetyCorrection._meta.verbose_name} {given['nl'][:40]}")


def _keys(given: dict[str, Any]) -> Iterator[str]:
    """Yield the keys of the lessons (`course/module/lesson`) and questions that a correction names."""
    for place in given.get("lessons", []):
        yield str(stable_id("page", f"course/{place}"))
    for name in given.get("questions", []):
        yield f"{Question._meta.label_lower}:{stable_id('question', name)}"
