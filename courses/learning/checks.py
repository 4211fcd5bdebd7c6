"""Django's system checks of this room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import DEFAULT_DB_ALIAS, connections

from courses.catalogue.models import RESERVED_SLUGS, CoursePage
from courses.learning import urls

PREFIX = "training/"


def own_words() -> set[str]:
    """Return the first words after `training/` of this room's own addresses."""
    routes = (str(entry.pattern) for entry in urls.urlpatterns)
    words = (route.removeprefix(PREFIX).split("/")[0] for route in routes if route.startswith(PREFIX))
    return {word for word in words if word and not word.startswith("<")}


def addresses_are_reserved(**_given: Any) -> list[CheckMessage]:
    """Complain about an address of ours that a course could take: its screen, or the course, could never be opened."""
    return list(_complaints(own_words() - RESERVED_SLUGS))


def _complaints(words: set[str]) -> Iterator[CheckMessage]:
    for word in sorted(words):
        yield Error(
            f"A course could take the address “training/{word}/”, which is a screen's.",
            hint="Add the word to courses.catalogue.models.RESERVED_SLUGS.",
            id="learning.E001",
        )


def _courses_are_stored() -> bool:
    """Say whether there is a table of courses: `migrate` asks these checks before it makes one."""
    table = CoursePage._meta.db_table
    return table in connections[DEFAULT_DB_ALIAS].introspection.table_names()


def no_course_takes_a_reserved_address(*, databases: Any = None, **_given: Any) -> list[CheckMessage]:
    """Complain about a stored course whose address became a screen's since (asked with `check --database default`)."""
    if not databases or not _courses_are_stored():
        return []
    taken = CoursePage.objects.filter(slug__in=RESERVED_SLUGS).values_list("slug", flat=True)
    return [
        Error(
            f"The course at “training/{slug}/” cannot be opened: a screen has that address.",
            hint="Give the course another address on the editors' desk.",
            id="learning.E002",
        )
        for slug in sorted(set(taken))
    ]
