"""What of one edition corresponds to what in another. Nothing here writes, and nothing here knows a learner.

Lessons correspond by key, wherever in the course they stand. A question corresponds when it has the same key and still asks
the same: same words, same options, same key to what is right. Feedback, explanation and source may be better.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from wagtail.models import Revision

from courses.catalogue import queries as catalogue
from courses.catalogue.pinning import content_digest
from courses.catalogue.queries import Item, Outline
from courses.exercises.scoring import QuestionSpec


def face(spec: QuestionSpec) -> QuestionSpec:
    """Return what is asked and what is right in a question, without the words that are said afterwards."""
    options = tuple(replace(option, feedback="") for option in spec.options)
    afterwards = {
        "explanation": "",
        "source": "",
        "right_feedback": "",
        "else_feedback": "",
        "model_answer": "",
    }
    return replace(spec, title="", options=options, source_checked=True, **afterwards)  # type: ignore[arg-type]  # all are texts


@dataclass(frozen=True)
class Difference:
    """Two editions of one course, side by side."""

    before: Outline
    after: Outline

    @cached_property
    def lessons(self) -> dict[int, Item]:
        """Return the lesson of the later edition for each lesson's id of the earlier one that goes on."""
        by_key = {lesson.key: lesson for lesson in self.after.lessons}
        return {lesson.id: by_key[lesson.key] for lesson in self.before.lessons if lesson.key in by_key}

    @cached_property
    def removed(self) -> tuple[Item, ...]:
        """Return the lessons that the later edition no longer has."""
        return tuple(lesson for lesson in self.before.lessons if lesson.id not in self.lessons)

    @cached_property
    def added(self) -> tuple[Item, ...]:
        """Return the lessons that only the later edition has."""
        known = {lesson.key for lesson in self.before.lessons}
        return tuple(lesson for lesson in self.after.lessons if lesson.key not in known)

    @cached_property
    def changed(self) -> tuple[Item, ...]:
        """Return the lessons of the later edition whose words, exercises or sources are not what they were."""
        return tuple(
            after
            for before in self.before.lessons
            if (after := self.lessons.get(before.id)) and self._says(before) != self._says(after)
        )

    def _says(self, lesson: Item) -> list[tuple[str, str]]:
        outline = self.before if lesson in self.before.lessons else self.after
        return [(item.key, self._words[item.revision_id]) for item in _whole(outline, lesson)]

    @cached_property
    def _words(self) -> dict[int, str]:
        """Return what each revision says; those that both editions pin are the same without a look at them."""
        ids = [{item.revision_id for item in outline.items} for outline in (self.before, self.after)]
        found = {pk: str(pk) for pk in ids[0] & ids[1]}
        rows = Revision.objects.filter(pk__in=ids[0] ^ ids[1]).values_list("pk", "content")
        return found | {pk: content_digest(content) for pk, content in rows.iterator(chunk_size=200)}

    @cached_property
    def exercises(self) -> dict[int, Item]:
        """Return the exercise of the later edition for each exercise's id of the earlier one that goes on.

        It is the one in the corresponding lesson, else the only one of its key that no other lesson kept.
        """
        found, homeless = {}, []
        for exercise in _exercises(self.before):
            lesson = self.lessons.get(self.before.lesson_of(exercise).id)
            there = {item.key: item for item in self.after.exercises_of(lesson)} if lesson else {}
            if exercise.key in there:
                found[exercise.id] = there[exercise.key]
            else:
                homeless.append(exercise)
        taken = {item.id for item in found.values()}
        free = [item for item in _exercises(self.after) if item.id not in taken]
        for exercise in homeless:
            same = [item for item in free if item.key == exercise.key]
            if len(same) == 1 and [row.key for row in homeless].count(exercise.key) == 1:
                found[exercise.id] = same[0]
        return found

    @cached_property
    def questions(self) -> dict[int, Item]:
        """Return the question of the later edition for each question's id of the earlier one that still asks the same."""
        found = {}
        for pk, after in self.exercises.items():
            there = {item.key: item for item in self.after.questions_of(after)}
            for question in self.before.questions_of(self.before.by_id[pk]):
                other = there.get(question.key)
                if other is not None and _asks_the_same(question, other):
                    found[question.id] = other
        return found

    @cached_property
    def thoughts(self) -> dict[tuple[int, str], Item]:
        """Return the lesson that goes on for each place (lesson's id, block) that still asks for a reflection."""
        found = {}
        for pk, lesson in self.lessons.items():
            for part in catalogue.pinned_lesson(self.after, lesson).parts:
                if part.kind == "reflection":
                    found[pk, part.block_id] = lesson
        return found

    def place_of(self, item_id: int | None, block_id: str, done: Iterable[int]) -> tuple[Item, str]:
        """Return where somebody is in the later edition who was at this item, in this block of a lesson."""
        item = self.before.by_id.get(item_id or 0)
        if item is None:
            return self.after.lessons[0], ""
        goes_on = self.questions.get(item.id) or self.exercises.get(item.id)
        if goes_on is not None:
            return goes_on, ""
        lesson = self.before.lesson_of(item)
        same = self.lessons.get(lesson.id)
        if same is not None:
            return same, block_id
        place = self.before.lessons.index(lesson)
        later = next(
            (self.lessons[row.id] for row in self.before.lessons[place:] if row.id in self.lessons), None
        )
        finished = set(done)
        return later or next(
            (row for row in self.after.lessons if row.id not in finished), self.after.lessons[0]
        ), ""


def _exercises(outline: Outline) -> Iterator[Item]:
    for lesson in outline.lessons:
        yield from outline.exercises_of(lesson)


def _whole(outline: Outline, item: Item) -> Iterator[Item]:
    yield item
    for below in outline.below(item):
        yield from _whole(outline, below)


def _asks_the_same(question: Item, other: Item) -> bool:
    if question.revision_id == other.revision_id:
        return True
    return face(catalogue.question_spec(question)) == face(catalogue.question_spec(other))
