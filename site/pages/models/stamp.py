"""The stamp that says whether visitors' pages kept in memory still hold."""

from __future__ import annotations

import uuid

from django.db import connection, models


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
        """Return the stamp of this moment; one query, written out since nearly every request asks it."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT value FROM pages_publicstamp WHERE id = 1")
            row = cursor.fetchone()
        if row is None:
            return uuid.UUID(int=0)
        return row[0] if isinstance(row[0], uuid.UUID) else uuid.UUID(row[0])

    @classmethod
    def renew(cls) -> None:
        """Make every kept page stale, once this transaction is committed."""
        cls.objects.update_or_create(id=1, defaults={"value": uuid.uuid4()})
