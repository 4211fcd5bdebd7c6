"""Puts tasks back that a killed worker left running, and retries failed ones.

The database backend leaves a task RUNNING for ever after `kill -9`, and never retries. All tasks of the house are
idempotent, so putting a row back is safe.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.tasks.base import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

LEASE = timedelta(minutes=15)
MAX_ATTEMPTS = 5
KEEP_FINISHED = timedelta(days=7)
BACKOFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))


def reap() -> int:
    """Put back what was left running longer than the lease; return how many."""
    stale = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - LEASE
    )
    return sum(_put_back(row) for row in stale)


def retry_failed() -> int:
    """Put failed tasks back with growing pauses, at most five tries in all; return how many."""
    failed: QuerySet[DBTaskResult[Any, Any]] = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
    return sum(_put_back(row) for row in failed.filter(finished_at__gt=timezone.now() - timedelta(days=1)))


def forget_finished() -> int:
    """Delete rows of work done more than a week ago; return how many."""
    done = DBTaskResult.objects.filter(
        status=TaskResultStatus.SUCCESSFUL, finished_at__lt=timezone.now() - KEEP_FINISHED
    )
    return int(done.delete()[0])


def _put_back(row: DBTaskResult[Any, Any]) -> int:
    tries = len(row.worker_ids)
    if tries >= MAX_ATTEMPTS:
        return DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING).update(
            status=TaskResultStatus.FAILED,
            finished_at=timezone.now(),
            exception_class_path="core.reaper.GivenUp",
        )
    pause = BACKOFF[min(max(tries - 1, 0), len(BACKOFF) - 1)]
    return DBTaskResult.objects.filter(pk=row.pk, status=row.status, started_at=row.started_at).update(
        status=TaskResultStatus.READY, run_after=timezone.now() + pause, started_at=None, finished_at=None
    )
