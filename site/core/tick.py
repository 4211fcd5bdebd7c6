"""Registry of work that is due every so often: publishing, digests, deadlines, retention, sealing (decision 12).

A room registers a task in `AppConfig.ready`. `manage.py tick` queues what is due each minute; the worker runs it, so
that one failing piece of work never holds up another. Every registered task is idempotent: running it twice, or
late, or after a crash, has the effect of running it once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.tasks import Task, task_backends
from django.tasks.base import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

HEARTBEAT = "core:tick:heartbeat"


@dataclass(frozen=True)
class Periodic:
    """A task and how many minutes lie between two runs."""

    task: Task[Any, Any]
    every: int


_registry: dict[str, Periodic] = {}


def register(name: str, task: Task[Any, Any], *, every: int = 1) -> None:
    """Have `task` (without arguments) queued every so many minutes."""
    _registry[name] = Periodic(task=task, every=every)


def due(minute: int) -> list[tuple[str, Periodic]]:
    """Return what is due in this minute, counted from the epoch."""
    return [(name, item) for name, item in sorted(_registry.items()) if minute % item.every == 0]


def tick(minute: int | None = None) -> list[str]:
    """Queue what is due, unless the same work still waits; return the names queued."""
    now = int(timezone.now().timestamp() // 60) if minute is None else minute
    queued = []
    for name, item in due(now):
        if not _waiting(item.task):
            item.task.enqueue()
            queued.append(name)
    cache.set(HEARTBEAT, timezone.now().isoformat(), timeout=None)
    return queued


def _waiting(task: Task[Any, Any]) -> bool:
    if not task_backends[task.backend].supports_defer:
        return False  # the immediate backend keeps no rows
    return DBTaskResult.objects.filter(
        task_path=task.module_path, status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]
    ).exists()
