"""Periodic work around the six-month plan; running it twice changes nothing."""

from __future__ import annotations

from django.tasks import task

from courses.learning import actions


@task()
def make_missing_plans() -> None:
    """Make plans that an attendance left unmade."""
    actions.make_missing_plans()


@task()
def remind_of_recall() -> None:
    """Tell people twice a week that questions wait."""
    actions.remind_of_recall()


@task()
def forget_recordings() -> None:
    """Delete trainers' recordings that are older than a year."""
    actions.forget_recordings()


@task()
def tell_of_late_coaching() -> None:
    """Tell trainers about coaching that became late."""
    actions.tell_of_late_coaching()
