"""Loads the demo accounts from `demo/accounts/accounts.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from accounts.actions import assign_role
from accounts.models import Role, RoleAssignment, User
from core.demo import DemoReport

SOURCE = Path("demo") / "accounts" / "accounts.yaml"


def load(report: DemoReport) -> None:
    """Make the accounts that are not there yet; an account that exists is left as its owner has it."""
    people = yaml.safe_load((settings.BASE_DIR / SOURCE).read_text(encoding="utf-8"))
    for person in people:
        _load_person(person, report)


@transaction.atomic
def _load_person(person: dict[str, Any], report: DemoReport) -> None:
    address = person["email"]
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(
            address,
            settings.DEMO_PASSWORD,
            display_name=person["name"],
            work_title=person["work_title"],
            language=person.get("language", "nl"),
        )
        EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
        report.made.append(address)
    for name in person["roles"]:
        if not RoleAssignment.objects.filter(user=user, role=name).exists():
            assign_role(user, Role(name), by=None)
