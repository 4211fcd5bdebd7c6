"""Load or refresh the demo content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import translation

from core.demo import DemoReport, load_demo
from core.models import AuditEntry


class Command(BaseCommand):
    """Loads `demo/` through the same actions that people use; safe to run again."""

    help = "Load or refresh the demo content; leaves what people edited alone and lists it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--if-empty`, which `make run` uses."""
        parser.add_argument(
            "--if-empty", action="store_true", help="Only into a database that nobody has used."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load all rooms' parts in one transaction and say what was done."""
        if not settings.DEMO_ALLOWED:
            message = "Demo content is for development: these settings do not allow it."
            raise CommandError(message)
        if options["if_empty"] and AuditEntry.objects.exists():
            return
        with translation.override("nl"), transaction.atomic():
            report = load_demo()
        self.tell(report)

    def tell(self, report: DemoReport) -> None:
        """Print what was made, refreshed and left alone."""
        self.stdout.write(f"Demo: {len(report.made)} made, {len(report.refreshed)} refreshed.")
        for name in report.left_alone:
            self.stdout.write(f"Left alone, edited since: {name}")
