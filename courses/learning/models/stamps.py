"""What a row knows of the change that was stored last, so that one sent twice, too late or from elsewhere is recognised."""

from __future__ import annotations

from django.db import models


class Stamped(models.Model):
    """A row that browsers write to on change.

    `version` counts every change that was stored. `writer`, `sequence` and `change` name the page that wrote last, its own
    count, and that one change. Nothing of it is a time.
    """

    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    writer = models.UUIDField(null=True, editable=False)
    sequence = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    change = models.UUIDField(null=True, editable=False)

    class Meta:
        abstract = True
