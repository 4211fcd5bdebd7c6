"""Model fields of the house."""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField


class BlocksField(StreamField):
    """A stream of blocks whose definitions stay out of the migrations.

    A change to a block is a change of code, not of a table; a change that must rewrite stored blocks gets a data
    migration of its own (`core.block_changes.MigrateBlocks`), which rewrites revisions too.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Describe the field for a migration without its blocks."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
