"""`manage.py messages`: collect strings to translate; with `--check` say which translations are missing or wrong."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.catalogues import ROOT, compile_catalogues
from core.extraction import rooms
from core.translation_files import collect, problems


class Command(BaseCommand):
    """Collect strings per room into `locale/<room>/<language>`, in Dutch and French."""

    help = "Collect strings to translate into locale/<room>/<language>; --check only looks and lists what is amiss."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer the choice of rooms and `--check`."""
        parser.add_argument("room", nargs="*", metavar="ROOM", help="Only these rooms.")
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; fail on a missing or wrong one."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what was done."""
        chosen: list[str] = options["room"]
        if unknown := set(chosen) - set(rooms()):
            message = f"No such room: {', '.join(sorted(unknown))}. There are: {', '.join(rooms())}."
            raise CommandError(message)
        if options["check"]:
            self._check(chosen)
            return
        for path in collect(chosen):
            self.stdout.write(f"changed {path.relative_to(ROOT)}")
        compile_catalogues()
        left = sum(1 for _problem in problems(chosen))
        self.stdout.write(f"{left} left to do; see them with: manage.py messages --check")

    def _check(self, chosen: list[str]) -> None:
        found = list(problems(chosen))
        for problem in found:
            self.stdout.write(problem)
        if found:
            message = f"{len(found)} problems in the message catalogues."
            raise CommandError(message)
        self.stdout.write("The catalogues are complete.")
