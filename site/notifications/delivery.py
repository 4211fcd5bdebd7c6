"""Writes notices after the answer: one update and one insert per thousand people, whatever their number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import batched

from django.db import transaction
from django.db.models import F
from django.tasks import task
from django.utils import timezone

from accounts.models import User
from notifications.kinds import kind_of
from notifications.models import Notice

AT_ONCE = 1000
KEPT_READ, KEPT_UNREAD = timedelta(days=90), timedelta(days=365)


@task()
def deliver(
    recipients: list[int] | None, kind: str, about: list[str | int], path: str, by: int | None
) -> None:
    """Write a notice for each recipient but the one who did it; `about` is object type and id.

    Without recipients the kind's own audience is told.
    """
    object_type, object_id = str(about[0]), int(about[1])
    ids = recipients if recipients is not None else _audience(kind, object_id)
    for some in batched(dict.fromkeys(number for number in ids if number != by), AT_ONCE):
        _write(list(some), kind, object_type, object_id, path)


def _audience(kind: str, object_id: int) -> Iterator[int]:
    audience = kind_of(kind).audience
    yield from audience(object_id) if audience else ()


@transaction.atomic
def _write(ids: list[int], kind: str, object_type: str, object_id: int, path: str) -> None:
    now = timezone.now()
    waiting = Notice.objects.filter(
        recipient_id__in=ids, kind=kind, object_type=object_type, object_id=object_id, read_at=None
    )
    told = set(waiting.select_for_update().values_list("recipient_id", flat=True))
    waiting.filter(recipient_id__in=told).update(count=F("count") + 1, happened_at=now)
    people = User.objects.filter(pk__in=set(ids) - told, is_active=True).values_list("pk", flat=True)
    Notice.objects.bulk_create(
        [
            Notice(recipient_id=pk, kind=kind, object_type=object_type, object_id=object_id, path=path,
                   created_at=now, happened_at=now)
            for pk in people
        ],
        ignore_conflicts=True,
    )  # fmt: skip


@task()
def forget_old() -> None:
    """Delete notices read more than 90 days ago, and any older than a year."""
    now = timezone.now()
    Notice.objects.filter(read_at__lt=now - KEPT_READ).delete()
    Notice.objects.filter(happened_at__lt=now - KEPT_UNREAD).delete()
