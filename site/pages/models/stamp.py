"""The stamp that says whether visitors' pages kept in memory still hold."""

from __future__ import annotations

import uuid

from django.db import models


class PublicStamp(models.Model):
    """One row with a value that changes whenever something public changes, in the same transaction."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    value = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_public_stamp")]

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def current(cls) -> uuid.UUID:
        """Return the stamp of this moment; one query."""
        found = cls.objects.filter(id=1).values_list("value", flat=True).first()
        return found or uuid.UUID(int=0)

    @classmethod
    def renew(cls) -> None:
        """Make every kept page stale, once this transaction is committed."""
        cls.objects.update_or_create(id=1, defaults={"value": uuid.uuid4()})
