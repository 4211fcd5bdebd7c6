"""`manage.py gate_report`: how well the gate does on labelled sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from patientdata.evaluation import Result, measure, p95_milliseconds, read


class Command(BaseCommand):
    """Prints recall per kind, the share of clean sentences flagged and the time for 5,000 characters."""

    help = "Measure the patient-data gate on labelled sentences (tests/patientdata/evaluation by default)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take files of labelled sentences."""
        parser.add_argument(
            "files", nargs="*", type=Path, help="Files in the format of patientdata.evaluation."
        )
        parser.add_argument(
            "--misses", action="store_true", help="List what was missed and what was flagged wrongly."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure each file on its own."""
        folder = settings.BASE_DIR / "tests" / "patientdata" / "evaluation"
        for path in options["files"] or sorted(folder.glob("*.txt")):
            sentences = read(path)
            result = measure(sentences)
            self.stdout.write(f"\n{path.name}: {len(sentences)} sentences, {result.clean} of them clean")
            self._table(result)
            elapsed, processor = p95_milliseconds(sentences)
            self.stdout.write(
                f"  p95 for 5,000 characters   {elapsed:.0f} ms elapsed, {processor:.0f} ms of processor"
            )
            if options["misses"]:
                self._misses(result)

    def _table(self, result: Result) -> None:
        for name in sorted(result.total):
            found, total = result.found[name], result.total[name]
            self.stdout.write(f"  {name:<26} {found:>4} of {total:<4} {result.recall(name):>7.1%}")
        self.stdout.write(
            f"  {'clean sentences flagged':<26} {result.flagged:>4} of {result.clean:<4} {result.flagged_share:>7.1%}"
        )

    def _misses(self, result: Result) -> None:
        for word, text in result.missed:
            self.stdout.write(f"  missed   {word!r} in {text!r}")
        for word, text in result.false_alarms:
            self.stdout.write(f"  flagged  {word!r} in {text!r}")
