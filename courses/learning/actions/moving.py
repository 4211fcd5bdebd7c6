"""Moving learners to another edition. Nothing is deleted: what has no place there stays with the old edition, readable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from itertools import batched

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import audit
from courses.catalogue.models import CourseEdition
from courses.learning import happenings
from courses.learning.actions.attempts import hand_in
from courses.learning.models import (
    Answer,
    Attempt,
    Cohort,
    EditionMove,
    Enrolment,
    LessonProgress,
    Reflection,
)
from courses.learning.permissions import may_move_learners
from courses.learning.queries.moving import DryRun, PersonMove, followers, plan_move
from notifications.actions import notify

MOVED = "learning.moved"
AT_ONCE = 500
_COUNTERS = ("lessons_done", "lessons_total", "modules_done", "minutes_left")


class NotTheSameCourseError(Exception):
    """The two editions are not two different ones of one course."""


class NobodyToMoveError(Exception):
    """Nobody follows the old edition (any more)."""


class ChangedMeanwhileError(Exception):
    """Since the dry run somebody came, went or did something of which something would stay behind."""


@transaction.atomic
def move_learners(
    before: CourseEdition, after: CourseEdition, *, seen: str, by: User, cohort: Cohort | None = None
) -> DryRun:
    """Move everybody who follows one edition (of one cohort, when one is given) to another one of the same course.

    `seen` is the word of the dry run that `by` looked at. All of it happens or nothing. Attempts that stay behind and are
    still open are handed in as they stand. Raises PermissionDenied, NotTheSameCourseError, NobodyToMoveError, and
    ChangedMeanwhileError when the dry run would say something else by now.
    """
    if not may_move_learners(by):
        raise PermissionDenied
    if before.course_id != after.course_id or before.pk == after.pk:
        raise NotTheSameCourseError
    people = followers(before, cohort).select_for_update(of=("self",)).select_related("user")
    run = plan_move(before, after, list(people))
    if not run.people:
        raise NobodyToMoveError
    if run.seen != seen:
        raise ChangedMeanwhileError
    _hand_in_what_stays(run, by=by)
    _move_rows(run)
    _move_people(run, by=by)
    _say_so(run, by=by)
    return run


def _hand_in_what_stays(run: DryRun, *, by: User) -> None:
    for pk in (pk for person in run.people for pk in person.moves.open):
        hand_in(Attempt.objects.get(pk=pk), by=by)


def _move_rows(run: DryRun) -> None:
    """Let rows point at their new items; an attempt that comes after others there gets its number in the same stroke."""
    plain = []
    for person in run.people:
        moves = person.moves
        plain.append({pk: item for pk, item in moves.attempts.items() if pk not in moves.numbers})
        for attempt, number in moves.numbers.items():
            Attempt.objects.filter(pk=attempt).update(item_id=moves.attempts[attempt], number=number)
    _point(Attempt, plain)
    for model, name in ((LessonProgress, "progress"), (Reflection, "thoughts"), (Answer, "answers")):
        _point(model, [getattr(person.moves, name) for person in run.people])
    for person in run.people:
        for progress, at in person.moves.finished.items():
            LessonProgress.objects.filter(pk=progress).update(completed_at=at)


def _point(model: type[models.Model], moves: Iterable[dict[int, int]]) -> None:
    """Point rows at their items: one statement for each item, in portions that every database takes."""
    by_item: dict[int, list[int]] = defaultdict(list)
    for targets in moves:
        for pk, item in targets.items():
            by_item[item].append(pk)
    for item, rows in sorted(by_item.items()):
        for some in batched(rows, AT_ONCE):
            model._default_manager.filter(pk__in=some).update(item_id=item)


def _move_people(run: DryRun, *, by: User) -> None:
    now = timezone.now()
    for person in run.people:
        enrolment = person.enrolment
        enrolment.edition = run.after
        enrolment.position_id, enrolment.position_block = person.position.id, person.block
        for name, value in asdict(person.becomes).items():
            setattr(enrolment, name, value)
        if person.becomes.lessons_done == person.becomes.lessons_total:
            enrolment.finished_at = enrolment.finished_at or now
        enrolment.updated_at = now
    Enrolment.objects.bulk_update(
        [person.enrolment for person in run.people],
        ["edition", "position", "position_block", *_COUNTERS, "finished_at", "updated_at"],
        batch_size=AT_ONCE,
    )
    EditionMove.objects.bulk_create([_entry(run, person, by) for person in run.people], batch_size=AT_ONCE)


def _entry(run: DryRun, person: PersonMove, by: User) -> EditionMove:
    return EditionMove(
        enrolment=person.enrolment,
        before=run.before,
        after=run.after,
        moved_by=by,
        went_along=person.kept,
        stayed=person.left,
    )


def _say_so(run: DryRun, *, by: User) -> None:
    facts = {"from": run.before.pk, "to": run.after.pk, "people": len(run.people), "losing": run.losing}
    audit.record("learning.learners_moved", by=by, obj=run.after, after=facts)
    path = reverse("learning:earlier", args=[run.after.course_id])
    notify(
        [person.enrolment.user_id for person in run.people], kind=MOVED, object=run.after, path=path, by=by
    )
    for person in run.people:
        if person.becomes.lessons_done == person.becomes.lessons_total:
            happenings.tell(person.enrolment)
