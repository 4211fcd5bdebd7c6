"""The dry run of a move to another edition: who is affected, and what becomes of everything each of them did."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched

from django.db.models import Count, F, Q, QuerySet

from courses.catalogue import queries as catalogue
from courses.catalogue.models import CourseEdition, CoursePage
from courses.catalogue.queries import Item, Outline
from courses.learning.models import Answer, Attempt, Cohort, Enrolment, LessonProgress, Reflection
from courses.learning.moving import Difference
from courses.learning.progress import Counters, count

AT_ONCE = 500


@dataclass
class Moves:
    """Which rows of one learner point at which item afterwards, by primary key; everything else stays as it is.

    `numbers` renumbers attempts that come after others at their new place, `finished` fills in a lesson that is done under
    both, `open` are attempts that stay behind and are handed in as they stand.
    """

    progress: dict[int, int] = field(default_factory=dict)
    attempts: dict[int, int] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    answers: dict[int, int] = field(default_factory=dict)
    thoughts: dict[int, int] = field(default_factory=dict)
    finished: dict[int, dt.datetime] = field(default_factory=dict)
    open: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class PersonMove:
    """What a move means for one learner.

    `left_lessons` are lessons they opened that the later edition does not have, `redone` those they did whose words
    changed, `left_exercises` exercises whose answers stay with the old edition, and `left_thoughts` the lessons of
    reflections that do. `closed` are exercises with an open attempt that is handed in as it stands.
    """

    enrolment: Enrolment
    name: str
    position: Item
    block: str
    same_place: bool
    was: Counters
    becomes: Counters
    left_lessons: tuple[str, ...]
    redone: tuple[str, ...]
    left_exercises: tuple[str, ...]
    closed: tuple[str, ...]
    left_thoughts: tuple[str, ...]
    moves: Moves

    @property
    def kept(self) -> int:
        """Return how many attempts and reflections go along."""
        return len(self.moves.attempts) + len(self.moves.thoughts)

    @property
    def left(self) -> int:
        """Return how many lessons, exercises and reflections stay with the old edition."""
        return len(self.left_lessons) + len(self.left_exercises) + len(self.left_thoughts)

    @property
    def only_gains(self) -> bool:
        """Say whether nothing of theirs stays behind."""
        return not self.left


@dataclass(frozen=True)
class DryRun:
    """A whole move before it is done; `seen` changes whenever the people or what stays behind for one of them does."""

    before: CourseEdition
    after: CourseEdition
    difference: Difference
    people: list[PersonMove]

    @property
    def seen(self) -> str:
        """Return a short word for exactly this outcome."""
        facts = [(row.enrolment.pk, row.kept, row.left, len(row.closed)) for row in self.people]
        return hashlib.sha256(repr((self.before.pk, self.after.pk, facts)).encode()).hexdigest()[:24]

    @property
    def losing(self) -> int:
        """Return of how many people something stays behind."""
        return sum(not row.only_gains for row in self.people)


def followers(edition: CourseEdition, cohort: Cohort | None = None) -> QuerySet[Enrolment]:
    """Return the open enrolments of an edition, of one cohort when one is given, in a fixed order."""
    found = Enrolment.objects.filter(edition=edition, closed_at=None)
    return (found if cohort is None else found.filter(cohort=cohort)).order_by("pk")


def dry_run(before: CourseEdition, after: CourseEdition, cohort: Cohort | None = None) -> DryRun:
    """Say what a move from one edition to another does to everybody who follows the first; four queries per 500 people."""
    return plan_move(before, after, followers(before, cohort).select_related("user"))


def plan_move(before: CourseEdition, after: CourseEdition, people: Iterable[Enrolment]) -> DryRun:
    """Work out a move for these learners."""
    difference = Difference(
        catalogue.outline(before.pk, before.uuid), catalogue.outline(after.pk, after.uuid)
    )
    found: list[PersonMove] = []
    for some in batched(people, AT_ONCE):
        found += _some(difference, some)
    return DryRun(before, after, difference, found)


@dataclass
class _Rows:
    """Everything that one learner did, in every edition."""

    progress: list[LessonProgress] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    answers: dict[int, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    thoughts: list[Reflection] = field(default_factory=list)


def _some(difference: Difference, people: Sequence[Enrolment]) -> Iterator[PersonMove]:
    ids = [person.pk for person in people]
    rows: dict[int, _Rows] = defaultdict(_Rows)
    for progress in LessonProgress.objects.filter(enrolment__in=ids).order_by("pk"):
        rows[progress.enrolment_id].progress.append(progress)
    for attempt in Attempt.objects.filter(enrolment__in=ids).order_by("number", "pk"):
        rows[attempt.enrolment_id].attempts.append(attempt)
    answers = Answer.objects.filter(attempt__enrolment__in=ids).annotate(whose=F("attempt__enrolment"))
    for answer in answers.only("attempt_id", "item_id").order_by("pk"):
        rows[answer.whose].answers[answer.attempt_id].append(answer)
    for thought in Reflection.objects.filter(enrolment__in=ids).defer("text").order_by("pk"):
        rows[thought.enrolment_id].thoughts.append(thought)
    for person in people:
        yield _Person(difference, person, rows[person.pk]).move()


class _Person:
    """Works out the move of one learner."""

    def __init__(self, difference: Difference, enrolment: Enrolment, rows: _Rows) -> None:
        self.difference, self.enrolment, self.rows = difference, enrolment, rows
        self.before, self.after = difference.before, difference.after
        self.moves = Moves()
        self.left_lessons: list[str] = []
        self.left_exercises: list[str] = []
        self.left_thoughts: list[str] = []
        self.closed: list[str] = []

    def move(self) -> PersonMove:
        """Return what becomes of everything."""
        done_before = self._done(self.before)
        done = self._lessons()
        self._attempts()
        self._thoughts()
        at = self.enrolment
        place, block = self.difference.place_of(at.position_id, at.position_block, done)
        changed = {lesson.id for lesson in self.difference.changed}
        return PersonMove(
            enrolment=at,
            name=at.user.display_name,
            position=place,
            block=block,
            same_place=self._is_same(place),
            was=count(self.before, done_before),
            becomes=count(self.after, done),
            left_lessons=tuple(self.left_lessons),
            redone=tuple(self.after.by_id[pk].title for pk in sorted(done & changed)),
            left_exercises=tuple(dict.fromkeys(self.left_exercises)),
            closed=tuple(self.closed),
            left_thoughts=tuple(self.left_thoughts),
            moves=self.moves,
        )

    def _is_same(self, place: Item) -> bool:
        item = self.before.by_id.get(self.enrolment.position_id or 0)
        return item is None or item.key == place.key

    def _done(self, outline: Outline) -> set[int]:
        return {
            row.item_id for row in self.rows.progress if row.completed_at and row.item_id in outline.by_id
        }

    def _lessons(self) -> set[int]:
        """Let progress go along; return the lessons of the later edition that are done then. What is done stays done."""
        there = {row.item_id: row for row in self.rows.progress if row.item_id in self.after.by_id}
        done = self._done(self.after)
        for row in self.rows.progress:
            if row.item_id not in self.before.by_id:
                continue
            lesson = self.difference.lessons.get(row.item_id)
            if lesson is None:
                self.left_lessons.append(self.before.by_id[row.item_id].title)
                continue
            if lesson.id not in there:
                self.moves.progress[row.pk] = lesson.id
            elif row.completed_at and not there[lesson.id].completed_at:
                self.moves.finished[there[lesson.id].pk] = row.completed_at
            if row.completed_at:
                done.add(lesson.id)
        return done

    def _attempts(self) -> None:
        """Let an attempt go along as a whole, or stay as a whole: when a question of it no longer asks the same."""
        last: dict[int, int] = {}
        for attempt in self.rows.attempts:
            if attempt.item_id in self.after.by_id:
                last[attempt.item_id] = max(last.get(attempt.item_id, 0), attempt.number)
        shift = dict(last)
        for attempt in self.rows.attempts:
            if attempt.item_id not in self.before.by_id:
                continue
            exercise = self.difference.exercises.get(attempt.item_id)
            answers = self.rows.answers[attempt.pk]
            questions = [self.difference.questions.get(answer.item_id) for answer in answers]
            if exercise is None or any(question is None for question in questions):
                self._stays(attempt)
                continue
            self.moves.attempts[attempt.pk] = exercise.id
            if shift.get(exercise.id):
                self.moves.numbers[attempt.pk] = attempt.number + shift[exercise.id]
            for answer, question in zip(answers, questions, strict=True):
                if question is not None:
                    self.moves.answers[answer.pk] = question.id

    def _stays(self, attempt: Attempt) -> None:
        item = self.before.by_id[attempt.item_id]
        name = f"{self.before.lesson_of(item).title}: {item.title}"
        self.left_exercises.append(name)
        if attempt.handed_in_at is None:
            self.moves.open.append(attempt.pk)
            self.closed.append(name)

    def _thoughts(self) -> None:
        there = {(row.item_id, row.block_id) for row in self.rows.thoughts}
        for row in self.rows.thoughts:
            if row.item_id not in self.before.by_id:
                continue
            lesson = self.difference.thoughts.get((row.item_id, row.block_id))
            if lesson is None or (lesson.id, row.block_id) in there:
                self.left_thoughts.append(self.before.by_id[row.item_id].title)
            else:
                self.moves.thoughts[row.pk] = lesson.id


def courses_with_editions() -> QuerySet[CoursePage]:
    """Return the courses that have more than one edition, or followers, with how many people follow them now."""
    following = Count("enrolments", filter=Q(enrolments__closed_at=None), distinct=True)
    editions = Count("editions", distinct=True)
    return CoursePage.objects.annotate(following=following, number_of_editions=editions).filter(
        number_of_editions__gt=0
    )


def editions_with_followers(course: CoursePage) -> QuerySet[CourseEdition]:
    """Return the editions of a course, the newest first, with how many people follow each now."""
    following = Count("enrolments", filter=Q(enrolments__closed_at=None))
    return course.editions.annotate(following=following).order_by("-number")
