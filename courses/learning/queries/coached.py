"""Whom a trainer coaches, and who the trainers of somebody are."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import ScopeKind, User
from accounts.permissions import ROLES, Permission, Somebody, current_assignments, scope_ids
from courses.learning.models import Enrolment


def coached_by(user: Somebody) -> QuerySet[Enrolment]:
    """Return the open enrolments of the people whom this trainer coaches: all, or those of their cohorts; never their own."""
    cohorts = scope_ids(user, Permission.COACH_LEARNERS, ScopeKind.COHORT)
    found = Enrolment.objects.filter(closed_at=None).exclude(user__pk=user.pk or 0)
    return found if cohorts is None else found.filter(cohort__in=cohorts)


def trainers_of(enrolment: Enrolment) -> QuerySet[User]:
    """Return the people who coach this learner now, by name."""
    roles = [role for role, permissions in ROLES.items() if Permission.COACH_LEARNERS in permissions]
    here = Q(scope_kind=ScopeKind.SITE)
    if enrolment.cohort_id:
        here |= Q(scope_kind=ScopeKind.COHORT, scope_id=enrolment.cohort_id)
    held = current_assignments().filter(here, role__in=roles)
    people = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return people.exclude(pk=enrolment.user_id).order_by("display_name", "pk")
