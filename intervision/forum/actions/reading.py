"""Remembering how far somebody read."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from intervision.forum.models import ReadMark, Topic


def mark_read(topic: Topic, *, upto: int, by: User) -> None:
    """Put a reader's mark at this post number, one row whatever is read; callers only move it forward (not audited)."""
    mark = ReadMark(user=by, topic=topic, upto=upto, read_at=timezone.now())
    ReadMark.objects.bulk_create(
        [mark], update_conflicts=True, unique_fields=["user", "topic"], update_fields=["upto", "read_at"]
    )
