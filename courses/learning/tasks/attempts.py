"""Periodic work around attempts; running it twice changes nothing."""

from __future__ import annotations

from django.tasks import task

from courses.learning import actions


@task()
def hand_in_overdue() -> None:
    """Hand in attempts whose time is up."""
    actions.hand_in_overdue()
