"""A course as it stands on the editors' desk, in the shape that learners' screens draw: nothing is stored or pinned."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any
from uuid import UUID

from courses.catalogue.models import CoursePage, ItemKind, LessonPage, ModulePage
from courses.catalogue.pinning import item_key
from courses.catalogue.queries import Item, Outline, Rule, newest_edition
from courses.exercises.models import Question, Quiz

NO_EDITION = 0  # no edition has this primary key
EXERCISES = {"question": ItemKind.QUESTION, "quiz": ItemKind.QUIZ}


def draft_outline(page: CoursePage | ModulePage | LessonPage) -> Outline:
    """Return the course around a page under an editor's hands, drafts included; a fixed number of queries.

    The page itself counts as it stands in memory, its exercises too. Ids are numbers that belong to nothing stored.
    """
    course = page if isinstance(page, CoursePage) else _course_of(page)
    modules = _with(page, ModulePage.objects.descendant_of(course), ModulePage)
    lessons = _with(page, LessonPage.objects.descendant_of(course).defer("body"), LessonPage)
    keys = {found.pk: str(found.translation_key) for found in [*modules, *lessons] if found.pk}
    items = tuple(_items(course, modules, lessons, keys))
    newest = newest_edition(course) if course.pk else None
    return Outline(
        edition_id=NO_EDITION,
        uuid=UUID(int=0),
        number=newest.number + 1 if newest else 1,
        language=course.locale.language_code,
        slug=course.slug or "nieuw",
        title=course.title,
        items=items,
    )


def item_of(outline: Outline, page: ModulePage | LessonPage) -> Item:
    """Return the item that stands for this page."""
    return next(item for item in outline.items if item.key == item_key(page))


def _course_of(page: ModulePage | LessonPage) -> CoursePage:
    found: CoursePage = CoursePage.objects.ancestor_of(page).get()
    return found


def _with(page: Any, found: Any, model: type[Any]) -> list[Any]:
    """Return stored pages with the one in memory in its place; a new one stands where it will come."""
    rows = [row for row in found if row.pk != page.pk or not isinstance(page, model)]
    if isinstance(page, model):
        rows.append(page)
    return sorted(rows, key=lambda row: row.path)


def _items(
    course: CoursePage, modules: list[ModulePage], lessons: list[LessonPage], keys: dict[int, str]
) -> Iterator[Item]:
    numbers = count(1)
    root = _page_item(next(numbers), None, ItemKind.COURSE, course, keys)
    yield root
    for module in modules:
        above = _page_item(next(numbers), root.id, ItemKind.MODULE, module, keys)
        yield above
        for lesson in (one for one in lessons if one.path.startswith(module.path)):
            item = _page_item(next(numbers), above.id, ItemKind.LESSON, lesson, keys)
            yield item
            yield from _exercises(numbers, item.id, lesson)


def _exercises(numbers: Iterator[int], lesson_id: int, lesson: LessonPage) -> Iterator[Item]:
    for block, exercise in exercises_in(lesson):
        item = _snippet_item(next(numbers), lesson_id, exercise, block)
        yield item
        for question in exercise.question_list() if isinstance(exercise, Quiz) else ():
            yield _snippet_item(next(numbers), item.id, question, "")


def exercises_in(lesson: LessonPage) -> list[tuple[str, Question | Quiz]]:
    """Return block id and exercise of what this lesson asks, in order; only of the lesson in memory does it cost queries."""
    if lesson.get_deferred_fields():
        return []
    return [
        (str(child.id), child.value)
        for child in lesson.body
        if child.block_type in EXERCISES and child.value is not None
    ]


def _page_item(number: int, parent: int | None, kind: ItemKind, page: Any, keys: dict[int, str]) -> Item:
    return Item(
        id=number,
        parent_id=parent,
        kind=kind,
        key=item_key(page),
        block_id="",
        slug=page.slug or "nieuw",
        title=page.title,
        minutes=getattr(page, "minutes", None) or 0,
        revision_id=0,
        rule=None if kind == ItemKind.COURSE else _rule(page, keys),
    )


def _rule(page: Any, keys: dict[int, str]) -> Rule | None:
    rule = Rule(
        after=keys.get(page.opens_after_id, ""),
        on=page.opens_on,
        days=page.opens_days or 0,
        day=page.opens_after_day,
    )
    return None if rule == Rule() else rule


def _snippet_item(number: int, parent: int, snippet: Question | Quiz, block: str) -> Item:
    kind = ItemKind.QUIZ if isinstance(snippet, Quiz) else ItemKind.QUESTION
    return Item(number, parent, kind, item_key(snippet), block, "", snippet.title, 0, 0)
