"""What changes editions."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import User
from core import audit
from courses.catalogue.files import keep_files
from courses.catalogue.models import CourseEdition, CoursePage, EditionItem
from courses.catalogue.pinning import Pin, Plan, plan_edition


class CourseNotReadyError(Exception):
    """A course without a single published lesson: an edition of it would be empty."""


@dataclass
class Cut:
    """What cutting did: the edition that holds the course now, whether it is new, and what was left out."""

    edition: CourseEdition
    new: bool
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def cut_edition(course: CoursePage, *, by: User | None) -> Cut:
    """Pin the published state of a course for everybody who starts from now on.

    Does nothing when the newest edition already holds exactly this. Raises CourseNotReadyError without a published lesson.
    """
    locked = CoursePage.objects.select_for_update().get(pk=course.pk)
    plan = plan_edition(locked)
    if not plan.root.below:
        raise CourseNotReadyError
    newest = locked.editions.order_by("-number").first()
    if newest is not None and newest.digest == plan.digest:
        return Cut(newest, new=False, left_out=plan.left_out)
    edition = _store(locked, plan, number=newest.number + 1 if newest else 1, by=by)
    audit.record(
        "catalogue.edition_cut", by=by, obj=edition, after={"course": locked.pk, "number": edition.number}
    )
    return Cut(edition, new=True, left_out=plan.left_out)


def _store(course: CoursePage, plan: Plan, *, number: int, by: User | None) -> CourseEdition:
    edition = CourseEdition.objects.create(
        course=course,
        number=number,
        language=course.locale.language_code,
        slug=plan.root.slug,
        title=plan.root.title,
        minutes=plan.minutes,
        digest=plan.digest,
        cut_by=by,
    )
    _store_items(edition, plan.root, parent=None, position=0)
    keep_files(edition)
    return edition


def _store_items(edition: CourseEdition, pin: Pin, *, parent: EditionItem | None, position: int) -> int:
    """Store a pin and what stands below it; return the next free position."""
    item = EditionItem.objects.create(
        edition=edition,
        parent=parent,
        position=position,
        kind=pin.kind,
        key=pin.key,
        block_id=pin.block_id,
        slug=pin.slug,
        title=pin.title[:300],
        minutes=pin.minutes,
        rule=pin.rule,
        revision=pin.revision,
    )
    position += 1
    for below in pin.below:
        position = _store_items(edition, below, parent=item, position=position)
    return position
