"""`manage.py compile_messages`: compile the catalogues that changed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.catalogues import ROOT, compile_catalogues


class Command(BaseCommand):
    """Compile `.po` into `.mo` with a Python library: the system's gettext is not needed."""

    help = "Compile the message catalogues that changed since they were compiled last."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer `--force`."""
        parser.add_argument("--force", action="store_true", help="Compile all of them.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile and name what was compiled."""
        for path in compile_catalogues(force=options["force"]):
            self.stdout.write(f"compiled {path.relative_to(ROOT)}")
