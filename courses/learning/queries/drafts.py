"""What a learner would see of a draft: made up for an editor's preview, read from no learner and stored nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.catalogue import rendering
from courses.catalogue.drafts import exercises_in, item_of
from courses.catalogue.models import LessonPage
from courses.catalogue.models.previewing import LearnerState
from courses.catalogue.queries import Item, Outline
from courses.exercises.models import Question, Quiz
from courses.exercises.scoring import QuizRules, Tally
from courses.exercises.showing import Asked, as_asked, with_key
from courses.learning.opening import Lock, Standing, lock_on, locks
from courses.learning.queries.exercises import ExerciseView, QuestionView
from courses.learning.queries.parts import PartView, filled

NOBODY = 0  # no enrolment has this primary key


def done_before(outline: Outline, lessons: Iterable[Item], state: str) -> set[int]:
    """Return the ids of the lessons that a learner in this state has done, who is at `lessons`.

    Everything that stands before is done; of the lessons themselves none, the first half or all.
    """
    own = [lesson.id for lesson in lessons]
    if state == LearnerState.LOCKED:
        return set()
    before = {lesson.id for lesson in outline.lessons if own and lesson.id < own[0]}
    count = {LearnerState.NEW: 0, LearnerState.HALF: len(own) // 2}.get(LearnerState(state), len(own))
    return before | set(own[:count])


def draft_locks(outline: Outline, done: set[int], state: str) -> dict[int, Lock]:
    """Return what is closed for that learner; only somebody for whom nothing is open yet misses the training day."""
    return locks(outline, _standing(done, trained=state != LearnerState.LOCKED))


def draft_lock(outline: Outline, lesson: Item) -> Lock | None:
    """Return what keeps this lesson closed for somebody who starts today; None when nothing does."""
    return lock_on(outline, lesson, _standing(set(), trained=False))


def _standing(done: set[int], *, trained: bool) -> Standing:
    today = timezone.localdate()
    return Standing(frozenset(done), today, today, trained)


def draft_parts(page: LessonPage, outline: Outline, state: str) -> list[PartView]:
    """Return the parts of a lesson's draft with what a learner in this state would have done in them."""
    exercises = _exercise_views(page, outline, state)
    thought = _("What you write for yourself stands here.") if state == LearnerState.DONE else ""
    parts = rendering.lesson_parts(page.body)
    return filled(
        parts, exercises, {part.block_id: (thought, 0) for part in parts if part.kind == "reflection"}
    )


def _exercise_views(page: LessonPage, outline: Outline, state: str) -> dict[str, ExerciseView]:
    """Return the exercises by block. Half way: the first half of all questions is checked, the next one only saved."""
    here = item_of(outline, page)
    pairs = list(zip(outline.exercises_of(here), exercises_in(page), strict=True))
    total = sum(len(_questions(exercise)) for _item, (_block, exercise) in pairs)
    checked = {LearnerState.NEW: -1, LearnerState.HALF: total // 2}.get(LearnerState(state), total)
    views: dict[str, ExerciseView] = {}
    before = 0
    for item, (block, exercise) in pairs:
        questions = list(_question_views(outline, item, exercise, before=before, checked=checked))
        views[block] = _exercise_view(item, exercise, questions, begun=checked >= before)
        before += len(questions)
    return views


def _questions(exercise: Question | Quiz) -> list[Question]:
    if isinstance(exercise, Question):
        return [exercise]
    return exercise.question_list()[: exercise.draw]


def _question_views(
    outline: Outline, item: Item, exercise: Question | Quiz, *, before: int, checked: int
) -> Iterator[QuestionView]:
    questions = _questions(exercise)
    for place, (below, question) in enumerate(
        zip(outline.questions_of(item), questions, strict=False), start=1
    ):
        number = before + place - 1
        yield QuestionView(
            item=below,
            exercise=item,
            asked=_asked(question, below, number - checked),
            enrolment_id=NOBODY,
            number=1,
            saved=number == checked,
            alone=below is item,
            place=place,
            total=len(questions),
        )


def _asked(question: Question, item: Item, beyond: int) -> Asked:
    """Return a question: checked when it lies before where the learner is, filled in there, open beyond."""
    if beyond < 0:
        return with_key(question, name=str(item.id))
    return as_asked(question, name=str(item.id), filled=beyond == 0)


def _exercise_view(
    item: Item, exercise: Question | Quiz, questions: list[QuestionView], *, begun: bool
) -> ExerciseView:
    rules = exercise.rules if isinstance(exercise, Quiz) else QuizRules()
    tally = Tally(
        right=sum(view.asked.outcome == "right" for view in questions),
        answered=sum(view.checked for view in questions),
        total=len(questions),
        scored=sum(view.asked.spec.scored for view in questions),
    )
    over = tally.complete
    waiting = rules.announced and not begun
    return ExerciseView(
        item=item,
        enrolment_id=NOBODY,
        number=1,
        tally=tally,
        questions=() if waiting else tuple(questions),
        rules=rules,
        over=over,
        passed=rules.passed(right=tally.right, scored=tally.scored) if over else None,
        waiting=waiting,
        attempts_left=None if rules.attempts is None else rules.attempts - int(begun),
        drawn=len(questions),
    )
