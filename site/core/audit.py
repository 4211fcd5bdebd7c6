"""Writing the audit trail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol
from uuid import UUID

from django.db import models

from core.models import AuditEntry


class Actor(Protocol):
    """Whoever acts: something with an opaque id that survives erasure of the person."""

    @property
    def audit_id(self) -> UUID: ...


def record(
    action: str,
    *,
    by: Actor | None,
    obj: models.Model | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEntry:
    """Append what was done, in the caller's transaction.

    `before` and `after` hold states, ids and counts as JSON; never a person's text, name or address. `by` is None for
    what the system does by itself (the tick).
    """
    return AuditEntry.objects.create(
        action=action,
        actor=getattr(by, "audit_id", None),
        object_type=obj._meta.label_lower if obj else "",
        object_id=str(obj.pk) if obj else "",
        before=before or {},
        after=after or {},
    )


def record_many(
    action: str, happenings: Iterable[tuple[models.Model, dict[str, Any]]], *, by: Actor | None
) -> None:
    """Append one entry for each object with its state afterwards, in a few statements however many there are."""
    entries = [
        AuditEntry(
            action=action,
            actor=getattr(by, "audit_id", None),
            object_type=obj._meta.label_lower,
            object_id=str(obj.pk),
            after=after,
        )
        for obj, after in happenings
    ]
    AuditEntry.objects.bulk_create(entries, batch_size=500)
