"""Due work is queued each minute, once, and what a killed worker left comes back."""

from datetime import timedelta

import pytest
from django.tasks.base import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core import reaper, tasks, tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(settings):
    """The queue in the database, as in production."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


def test_what_is_due_each_five_minutes_waits_its_turn():
    assert "core.tidy_tasks" in dict(tick.due(10))
    assert "core.tidy_tasks" not in dict(tick.due(11))


def test_work_that_still_waits_is_not_queued_twice(queue):
    first, second = tick.tick(11), tick.tick(12)
    assert "core.seal_audit" in first
    assert second == []


def test_a_task_that_a_killed_worker_left_comes_back(queue):
    tasks.seal_audit.enqueue()
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING, started_at=timezone.now() - timedelta(hours=1), worker_ids=["a"]
    )
    assert reaper.reap() == 1
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


def test_a_task_that_runs_is_left_alone(queue):
    tasks.seal_audit.enqueue()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=["a"])
    assert reaper.reap() == 0


@pytest.mark.parametrize(("tries", "state"), [(1, TaskResultStatus.READY), (5, TaskResultStatus.FAILED)])
def test_failed_work_is_tried_five_times(tries, state, queue):
    tasks.seal_audit.enqueue()
    now = timezone.now()
    DBTaskResult.objects.update(
        status=TaskResultStatus.FAILED, started_at=now, finished_at=now, worker_ids=["w"] * tries
    )
    reaper.retry_failed()
    assert DBTaskResult.objects.get().status == state
