"""What follows when an editor publishes."""

from __future__ import annotations

from typing import Any

from courses.catalogue.actions import CourseNotReadyError, cut_edition
from courses.catalogue.models import CoursePage


def cut_when_course_published(sender: type[Any], instance: CoursePage, **kwargs: Any) -> None:
    """Cut an edition when a course page is published; a course without lessons waits for its first one."""
    revision = kwargs.get("revision")
    try:
        cut_edition(instance, by=revision.user if revision else None)
    except CourseNotReadyError:
        return
