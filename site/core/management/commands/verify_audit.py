"""Check the audit trail's hash chain."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.models import AuditEntry
from core.seal import check_whole


class Command(BaseCommand):
    """Walks the whole chain."""

    help = "Check that no audit row was changed, removed or put in between."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many rows hold, or where the chain breaks (exit status 1)."""
        broken = check_whole()
        if broken is not None:
            message = f"The audit chain breaks at row {broken}."
            raise CommandError(message)
        sealed = AuditEntry.objects.exclude(digest="")
        end = sealed.order_by("-sequence").values_list("digest", flat=True).first() or "-"
        self.stdout.write(f"{sealed.count()} sealed rows hold; the chain ends in {end}.")
