"""Which cohorts somebody looks after, and who is in them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Invitation, ScopeKind
from accounts.permissions import Permission, Somebody, scope_ids
from courses.catalogue.models import CoursePage
from courses.learning.models import Cohort, Enrolment

PAGE = 50


def cohorts_visible_to(user: Somebody) -> QuerySet[Cohort]:
    """Return the cohorts that this person looks after, the newest first."""
    cohorts = scope_ids(user, Permission.RUN_COHORTS, ScopeKind.COHORT)
    found = Cohort.objects.select_related("course").order_by("-starts_on", "-pk")
    if cohorts is None:
        return found
    rounds = scope_ids(user, Permission.RUN_COHORTS, ScopeKind.ROUND) or set()
    return found.filter(Q(pk__in=cohorts) | Q(round_id__in=rounds))


def cohorts_with_numbers(user: Somebody) -> QuerySet[Cohort]:
    """Return these cohorts with how many people follow and how many finished (`people`, `finished`); one query."""
    here = Enrolment.objects.filter(cohort=OuterRef("pk"), closed_at=None)
    return cohorts_visible_to(user).annotate(
        people=_count(here), finished=_count(here.filter(finished_at__isnull=False))
    )


def _count(found: QuerySet[Enrolment]) -> Coalesce:
    """Count enrolments of the cohort in the outer query, by their index alone."""
    counted = found.order_by().values("cohort").annotate(number=Count("*")).values("number")
    return Coalesce(Subquery(counted), 0)


def cohorts_to_begin(user: Somebody) -> list[tuple[int, str]]:
    """Return the cohorts that are not over and to which this person may invite: id and name."""
    running = cohorts_visible_to(user).filter(ends_on__gte=timezone.localdate())
    return [(cohort.pk, f"{cohort.course.title}, {cohort.name}") for cohort in running]


def cohort_names(ids: Collection[int]) -> dict[int, str]:
    """Return what these cohorts are called."""
    return dict(Cohort.objects.filter(pk__in=ids).values_list("pk", "name"))


def courses_to_run() -> QuerySet[CoursePage]:
    """Return the courses that a cohort can follow: published, with an edition."""
    found: QuerySet[CoursePage] = CoursePage.objects.live().filter(editions__isnull=False)
    return found.distinct().order_by("title", "pk")


def people_of(cohort: Cohort) -> QuerySet[Enrolment]:
    """Return the open enrolments of a cohort by name."""
    found = Enrolment.objects.filter(cohort=cohort, closed_at=None)
    return found.select_related("user", "edition").order_by("user__display_name", "pk")


@dataclass(frozen=True)
class PeoplePage:
    """A page of the people of a cohort by name, with the id to go on from."""

    people: list[Enrolment]
    total: int
    first: bool
    older: int | None


def people_page(cohort: Cohort, *, after: int | None = None) -> PeoplePage:
    """Return a page of a cohort's people, starting behind the enrolment with id `after`."""
    everybody = people_of(cohort)
    start = everybody.filter(pk=after).values_list("user__display_name", "pk").first() if after else None
    found = everybody
    if start:
        name, pk = start
        found = everybody.filter(Q(user__display_name__gt=name) | Q(user__display_name=name, pk__gt=pk))
    rows = list(found[: PAGE + 1])
    older = rows[PAGE - 1].pk if len(rows) > PAGE else None
    return PeoplePage(rows[:PAGE], everybody.order_by().count(), start is None, older)


def invitations_to(cohort: Cohort) -> QuerySet[Invitation]:
    """Return the invitations to a cohort that still wait for an answer, the newest first."""
    waiting = Invitation.objects.filter(
        scope_kind=ScopeKind.COHORT, scope_id=cohort.pk, used=False, withdrawn_at=None
    )
    return waiting.order_by("-updated_at", "-pk")
