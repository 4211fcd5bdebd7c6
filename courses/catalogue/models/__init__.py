"""Courses as editors write them, and the editions that learners read."""

from courses.catalogue.models.edition import CourseEdition, EditionItem, ItemKind
from courses.catalogue.models.pages import (
    RESERVED_SLUGS,
    CourseIndexPage,
    CoursePage,
    LessonPage,
    ModulePage,
)

__all__ = [
    "RESERVED_SLUGS",
    "CourseEdition",
    "CourseIndexPage",
    "CoursePage",
    "EditionItem",
    "ItemKind",
    "LessonPage",
    "ModulePage",
]
