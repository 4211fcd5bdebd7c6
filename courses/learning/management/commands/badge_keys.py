"""The keys that sign credentials."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.learning.badge_keys import new_key, withdraw_key
from courses.learning.models import BadgeKey


class Command(BaseCommand):
    """List the keys, make a new one, or withdraw one that leaked."""

    help = "Keys that sign certificates as Open Badges: list them, make a new one, withdraw one that leaked."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what to do."""
        parser.add_argument("do", choices=["list", "new", "withdraw"], nargs="?", default="list")
        parser.add_argument("kid", nargs="?", default="", help="which key to withdraw")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, then show the keys."""
        if options["do"] == "new":
            new_key(by=None)
        elif options["do"] == "withdraw":
            self._withdraw(options["kid"])
        for key in BadgeKey.objects.order_by("pk") if options["verbosity"] else ():
            self.stdout.write(f"{key.kid}  {key.made_at:%Y-%m-%d}  {_state(key)}")

    def _withdraw(self, kid: str) -> None:
        try:
            withdraw_key(kid, by=None)
        except BadgeKey.DoesNotExist as error:
            message = f"There is no key {kid!r}."
            raise CommandError(message) from error


def _state(key: BadgeKey) -> str:
    if key.withdrawn_at is not None:
        return f"withdrawn {key.withdrawn_at:%Y-%m-%d}"
    return "signs" if key.active else "published"
