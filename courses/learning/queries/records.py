"""Whose learning records somebody may take out."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.models import ScopeKind
from accounts.permissions import Permission, Somebody, scope_ids
from courses.learning.models import Cohort


def cohorts_taken_out_by(user: Somebody) -> QuerySet[Cohort]:
    """Return the cohorts whose records this person may take out: all, or those of the rounds they lead."""
    rounds = scope_ids(user, Permission.EXPORT_LEARNING, ScopeKind.ROUND)
    return Cohort.objects.all() if rounds is None else Cohort.objects.filter(round_id__in=rounds)


def enrolments_taken_out_by(user: Somebody, cohort: Cohort | None) -> dict[str, Any]:
    """Return the conditions on enrolments whose records this person takes out; of one cohort when one is given."""
    if cohort is not None:
        return {"cohort": cohort}
    rounds = scope_ids(user, Permission.EXPORT_LEARNING, ScopeKind.ROUND)
    return {} if rounds is None else {"cohort__round_id__in": rounds}
