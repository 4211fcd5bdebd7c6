"""The project leader's totals: how many people of each cohort came how far, small numbers as ranges."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from accounts.models import ScopeKind
from accounts.permissions import Permission, Somebody, scope_ids
from courses.learning.models import Certificate, Cohort, Enrolment, MeetingKind, Seat
from courses.learning.suppression import Shown, shown, total

MOST_COHORTS = 200
KEPT_SECONDS = 60
STEPS = ("began", "halfway", "finished", "trained", "certified")


@dataclass(frozen=True)
class CohortTotals:
    """One cohort: how many people, and of how many of them each step may be told."""

    name: str
    course: str
    people: int
    steps: tuple[Shown, ...]


@dataclass(frozen=True)
class Totals:
    """All cohorts, and their sums where telling them gives nothing away."""

    cohorts: tuple[CohortTotals, ...]
    people: int
    sums: tuple[Shown | None, ...]


def cohorts_counted_for(user: Somebody) -> QuerySet[Cohort]:
    """Return the cohorts of the rounds that this person leads; all for a leader of everything."""
    rounds = scope_ids(user, Permission.SEE_TRAINING_TOTALS, ScopeKind.ROUND)
    found = Cohort.objects.select_related("course")
    return found if rounds is None else found.filter(round_id__in=rounds)


def totals_for(user: Somebody) -> Totals:
    """Return the totals of the newest cohorts, in two queries; they may be a minute old."""
    cohorts = list(cohorts_counted_for(user)[:MOST_COHORTS])
    counts = _kept_counts(cohorts)
    rows = [(cohort, counts.get(cohort.pk, (0,) * (len(STEPS) + 1))) for cohort in cohorts]
    sizes = [row[0] for _cohort, row in rows]
    return Totals(
        cohorts=tuple(_row(cohort, row) for cohort, row in rows),
        people=sum(sizes),
        sums=tuple(
            total([row[number] for _cohort, row in rows], sizes) for number in range(1, len(STEPS) + 1)
        ),
    )


def _row(cohort: Cohort, counts: tuple[int, ...]) -> CohortTotals:
    people = counts[0]
    steps = tuple(shown(count, people) for count in counts[1:])
    return CohortTotals(name=cohort.name, course=cohort.course.title, people=people, steps=steps)


def _kept_counts(cohorts: list[Cohort]) -> dict[int, tuple[int, ...]]:
    """Return the counts of these cohorts; counted anew after a minute, since they go through everybody."""
    ids = ",".join(str(cohort.pk) for cohort in cohorts)
    key = f"learning.totals.{hashlib.sha256(ids.encode()).hexdigest()}"
    counts: dict[int, tuple[int, ...]] | None = cache.get(key)
    if counts is None:
        counts = _counts(cohorts)
        cache.set(key, counts, KEPT_SECONDS)
    return counts


def _counts(cohorts: list[Cohort]) -> dict[int, tuple[int, ...]]:
    trained = Seat.objects.filter(
        enrolment=OuterRef("pk"),
        attended_at__isnull=False,
        meeting__kind=MeetingKind.TRAINING_DAY,
        meeting__cancelled_at=None,
    )
    certified = Certificate.objects.filter(enrolment=OuterRef("pk"), replaced_at=None, revoked_at=None)
    people = Enrolment.objects.filter(cohort__in=cohorts, closed_at=None).annotate(
        was_there=Exists(trained), has_one=Exists(certified)
    )
    rows: Any = people.values("cohort").annotate(
        people=Count("pk"),
        began=_count(Q(lessons_done__gt=0)),
        halfway=_count(Q(lessons_total__gt=0, lessons_total__lte=F("lessons_done") * 2)),
        finished=_count(Q(finished_at__isnull=False)),
        trained=_count(Q(was_there=True)),
        certified=_count(Q(has_one=True)),
    )
    return {row["cohort"]: (row["people"], *(row[name] for name in STEPS)) for row in rows.order_by()}


def _count(condition: Q) -> Count:
    return Count("pk", filter=condition)
