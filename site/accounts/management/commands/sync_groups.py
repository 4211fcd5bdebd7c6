"""Brings Wagtail's groups in line with the roles."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts import groups


class Command(BaseCommand):
    """Make the groups, give them their permissions, and put everybody in those that their roles amount to."""

    help = "Make Wagtail's groups, their permissions and their membership follow from the roles."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it all, and say for how many people."""
        groups.set_up()
        self.stdout.write(f"Groups follow from roles for {groups.sync_all()} people.")
