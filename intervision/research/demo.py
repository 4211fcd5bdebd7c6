"""Loads the demo study: its name, and two members who agree that researchers read what they write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from accounts import consent
from accounts.models import ConsentState, Purpose, User
from core.demo import DemoReport
from intervision.research.actions import create_study
from intervision.research.models import Study

SOURCE = Path("demo") / "research" / "study.yaml"


@transaction.atomic
def load(report: DemoReport) -> None:
    """Make the study when it is not there yet, and give consent for those who never answered."""
    entry: dict[str, Any] = yaml.safe_load((settings.BASE_DIR / SOURCE).read_text(encoding="utf-8"))
    if not Study.objects.filter(consent_key=entry["consent_key"]).exists():
        create_study(
            name=entry["name"], question=entry["question"], consent_key=entry["consent_key"], by=None
        )
        report.made.append("study")
    for address in entry["agree"]:
        user = User.objects.get(email=address)
        asked = ConsentState.objects.filter(
            subject=user, purpose=Purpose.READ_POSTS, study=entry["consent_key"]
        )
        if not asked.exists():
            consent.give(user, consent.text(Purpose.READ_POSTS, user.language), study=entry["consent_key"])
            report.made.append(f"consent {address}")
