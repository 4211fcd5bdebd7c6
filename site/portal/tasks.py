"""Tidying up of the home."""

from __future__ import annotations

from django.tasks import task

from portal.actions import forget_past


@task()
def forget_put_off() -> None:
    """Delete steps that came back already."""
    forget_past()
