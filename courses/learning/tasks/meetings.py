"""Periodic work around meetings; running it twice changes nothing."""

from __future__ import annotations

from django.tasks import task

from courses.learning import actions, reminding


@task()
def remind_of_meetings() -> None:
    """Remind people of their meetings, a week and a day before."""
    reminding.remind()


@task()
def forget_lists() -> None:
    """Forget lists of people that were read in long ago."""
    actions.forget_lists()
