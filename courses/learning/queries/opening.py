"""What keeps lessons closed for one learner."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from courses.catalogue.queries import Outline
from courses.learning.models import Enrolment, MeetingKind, Seat
from courses.learning.opening import Lock, Standing, locks
from courses.learning.progress import done_lessons

TRAINED = "was_at_training_day"


def with_training_day(found: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Say of each enrolment, in the same query, whether its learner was at a training day."""
    days = Seat.objects.filter(
        enrolment=OuterRef("pk"),
        attended_at__isnull=False,
        meeting__kind=MeetingKind.TRAINING_DAY,
        meeting__cancelled_at=None,
    )
    return found.annotate(**{TRAINED: Exists(days)})


def standing_of(enrolment: Enrolment, done: Iterable[int]) -> Standing:
    """Return what the rules ask about this learner; no query for an enrolment of `enrolments_of`."""
    trained = getattr(enrolment, TRAINED, None)
    if trained is None:
        found = with_training_day(Enrolment.objects.filter(pk=enrolment.pk))
        trained = found.values_list(TRAINED, flat=True).get()
    cohort = enrolment.cohort
    started = cohort.starts_on if cohort else timezone.localtime(enrolment.started_at).date()
    return Standing(frozenset(done), timezone.localdate(), started, bool(trained))


def locks_of(enrolment: Enrolment, outline: Outline, done: Iterable[int] | None = None) -> dict[int, Lock]:
    """Return what is locked for this learner by the lesson's id; asks nothing where an edition has no rules."""
    if not outline.has_rules:
        return {}
    return locks(outline, standing_of(enrolment, done_lessons(enrolment) if done is None else done))
