"""Beginning a course and ending it: by oneself, by a place in a cohort, by leaving."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from courses.catalogue import queries as catalogue
from courses.catalogue.models import CoursePage
from courses.learning.actions.seats import forget_given_up, give_up_seats, invite_to_coming
from courses.learning.errors import NotAllowedError, NothingToFollowError, OtherCohortError
from courses.learning.models import Cohort, Enrolment
from courses.learning.permissions import may_enrol, may_learn, may_run


def enrol(course: CoursePage, *, by: User) -> Enrolment:
    """Start a course with its newest edition; somebody who follows it already keeps the enrolment they have.

    Raises NotAllowedError when the course is by invitation only, NothingToFollowError before its first edition.
    """
    existing = Enrolment.objects.filter(user=by, course=course, closed_at=None).first()
    if existing is not None:
        return existing
    if not may_enrol(by, course):
        raise NotAllowedError
    try:
        return _begin(course, user=by, cohort=None, by=by)
    except IntegrityError:
        # Another tab was first; what it made is what counts.
        return Enrolment.objects.get(user=by, course=course, closed_at=None)


@transaction.atomic
def place(cohort: Cohort, user: User, *, by: User | None) -> Enrolment:
    """Give somebody a place in a cohort and invite them to its meetings; one who is in it already changes nothing.

    Who follows the course alone goes on in the cohort. Raises OtherCohortError when they follow it with another one,
    NothingToFollowError for a course without an edition. Whoever asks for this has checked the right to do so.
    """
    try:
        with transaction.atomic():
            enrolment = _enrolment_for(cohort, user, by=by)
    except IntegrityError:
        enrolment = Enrolment.objects.get(user=user, course=cohort.course_id, closed_at=None)
    if enrolment.cohort_id not in {None, cohort.pk}:
        raise OtherCohortError
    if enrolment.cohort_id is None:
        enrolment.cohort = cohort
        enrolment.save(update_fields=["cohort", "updated_at"])
        audit.record("learning.placed_in_cohort", by=by, obj=enrolment, after={"cohort": cohort.pk})
    invite_to_coming(enrolment, by=by)
    return enrolment


def _enrolment_for(cohort: Cohort, user: User, *, by: User | None) -> Enrolment:
    open_ones = Enrolment.objects.select_for_update(of=("self",)).filter(closed_at=None)
    existing = open_ones.filter(user=user, course=cohort.course_id).first()
    return existing or _begin(cohort.course, user=user, cohort=cohort, by=by)


@transaction.atomic
def _begin(course: CoursePage, *, user: User, cohort: Cohort | None, by: User | None) -> Enrolment:
    """Make an enrolment; somebody who left unfinished goes on where they were. Raises NotAllowedError for who was erased."""
    if not User.objects.select_for_update().only("pk").filter(pk=user.pk, erased_at=None).first():
        raise NotAllowedError
    left = Enrolment.objects.filter(user=user, course=course, closed_at__isnull=False, finished_at=None)
    former = left.order_by("-closed_at").first()
    if former is not None:
        return _reopen(former, cohort=cohort, by=by)
    edition = catalogue.newest_edition(course)
    if edition is None:
        raise NothingToFollowError
    outline = catalogue.outline(edition.pk, edition.uuid)
    enrolment = Enrolment.objects.create(
        user=user,
        course=course,
        edition=edition,
        cohort=cohort,
        position_id=outline.lessons[0].id,
        lessons_total=len(outline.lessons),
        minutes_left=sum(lesson.minutes for lesson in outline.lessons),
    )
    after = {"edition": edition.pk, "cohort": cohort.pk if cohort else None}
    audit.record("learning.enrolled", by=by, obj=enrolment, after=after)
    return enrolment


def _reopen(enrolment: Enrolment, *, cohort: Cohort | None, by: User | None) -> Enrolment:
    enrolment.closed_at, enrolment.cohort = None, cohort
    enrolment.save(update_fields=["closed_at", "cohort", "updated_at"])
    forget_given_up(enrolment)
    after = {"cohort": cohort.pk if cohort else None}
    audit.record("learning.enrolment_reopened", by=by, obj=enrolment, after=after)
    return enrolment


@transaction.atomic
def leave(enrolment: Enrolment, *, by: User) -> None:
    """Stop following a course; what was done stays, seats at meetings to come are given up. Twice changes nothing."""
    if enrolment.user_id != by.pk or (enrolment.closed_at is None and not may_learn(by, enrolment)):
        raise NotAllowedError
    _close(enrolment, by=by)


@transaction.atomic
def close_enrolment(enrolment: Enrolment, *, by: User) -> None:
    """Let somebody in a cohort that one looks after no longer follow the course."""
    if enrolment.cohort is None or not may_run(by, enrolment.cohort):
        raise NotAllowedError
    _close(enrolment, by=by)


def _close(enrolment: Enrolment, *, by: User) -> None:
    closed = Enrolment.objects.filter(pk=enrolment.pk, closed_at=None).update(closed_at=timezone.now())
    if closed:
        audit.record("learning.enrolment_closed", by=by, obj=enrolment)
        give_up_seats(enrolment, by=by)
