"""`manage.py check_editions`: say whether everything that editions pin still reads whole."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.catalogue.pinned_blocks import unreadable_revisions


class Command(BaseCommand):
    """Read every pinned revision; name each that holds something which today's blocks do not know."""

    help = "Read everything that course editions pin; name what would be left out on a learner's screen."

    def handle(self, *args: Any, **options: Any) -> None:
        """List what does not read; end with an error when there is any."""
        found = list(unreadable_revisions())
        for one in found:
            self.stderr.write(
                f"{one.title}, revision {one.revision}: {one.matter} ({', '.join(one.editions)})"
            )
        if found:
            message = f"{len(found)} places in pinned revisions do not read. A migration with core.block_changes.MigrateBlocks mends them."
            raise CommandError(message)
        self.stdout.write("Everything that editions pin reads whole.")
