"""Courses as editors write them, and the editions that learners read."""

from courses.catalogue.models.cases import Case
from courses.catalogue.models.corrections import CorrectedItem, SafetyCorrection
from courses.catalogue.models.edition import CourseEdition, EditionFile, EditionItem, ItemKind
from courses.catalogue.models.pages import (
    RESERVED_SLUGS,
    CourseIndexPage,
    CoursePage,
    LessonPage,
    ModulePage,
)

__all__ = [
    "RESERVED_SLUGS",
    "Case",
    "CorrectedItem",
    "CourseEdition",
    "CourseIndexPage",
    "CoursePage",
    "EditionFile",
    "EditionItem",
    "ItemKind",
    "LessonPage",
    "ModulePage",
    "SafetyCorrection",
]
