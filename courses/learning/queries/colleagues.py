"""How far the practice nurses of a GP's own practice are: counts and yes or no, nothing of what they write or answer.

Who works in which practice stands in the roles of people, which `accounts` keeps; what a practice is called is known to
the room above that registered it with `accounts.scopes`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts import scopes
from accounts.models import Role, RoleAssignment, ScopeKind
from accounts.permissions import Permission, Somebody, current_assignments, scope_ids
from courses.learning.models import Certificate, Enrolment, MeetingKind, Seat


@dataclass(frozen=True)
class ColleagueRow:
    """One course of one colleague."""

    name: str
    course: str
    lessons_done: int
    lessons_total: int
    trained: bool
    coachings: int
    certified: bool

    @property
    def per_cent(self) -> int:
        """Return how much of the lessons is done, in whole per cents."""
        return self.lessons_done * 100 // self.lessons_total if self.lessons_total else 0


@dataclass(frozen=True)
class PracticeRows:
    """The colleagues of one practice."""

    practice: str
    rows: tuple[ColleagueRow, ...]


def nurses_seen_by(user: Somebody) -> QuerySet[RoleAssignment]:
    """Return the practice nurses' roles in the practices of this GP, as they hold now."""
    ids = scope_ids(user, Permission.SEE_COLLEAGUES_PROGRESS, ScopeKind.PRACTICE)
    found = current_assignments().filter(role=Role.POH, scope_kind=ScopeKind.PRACTICE, user__is_active=True)
    return found if ids is None else found.filter(scope_id__in=ids)


def colleagues_of(user: Somebody) -> list[PracticeRows]:
    """Return the practices of this GP with how far their nurses are; three queries."""
    practices: dict[int, set[int]] = defaultdict(set)
    for practice, nurse in nurses_seen_by(user).values_list("scope_id", "user_id"):
        practices[practice].add(nurse)
    rows = _rows({nurse for nurses in practices.values() for nurse in nurses})
    names = scopes.labels((ScopeKind.PRACTICE, practice) for practice in practices)
    found = [
        PracticeRows(names[ScopeKind.PRACTICE, practice], _sorted(rows, nurses))
        for practice, nurses in practices.items()
    ]
    return sorted(found, key=lambda one: one.practice)


def _sorted(rows: dict[int, list[ColleagueRow]], nurses: set[int]) -> tuple[ColleagueRow, ...]:
    found = [row for nurse in nurses for row in rows.get(nurse, ())]
    return tuple(sorted(found, key=lambda row: (row.name, row.course)))


def _rows(nurses: set[int]) -> dict[int, list[ColleagueRow]]:
    trained = Seat.objects.filter(
        enrolment=OuterRef("pk"),
        attended_at__isnull=False,
        meeting__kind=MeetingKind.TRAINING_DAY,
        meeting__cancelled_at=None,
    )
    certified = Certificate.objects.filter(enrolment=OuterRef("pk"), replaced_at=None, revoked_at=None)
    enrolments = Enrolment.objects.filter(user__in=nurses, closed_at=None).annotate(
        trained=Exists(trained),
        certified=Exists(certified),
        coachings=Count("coaching", filter=Q(coaching__held_at__isnull=False)),
    )
    fields = ("user__display_name", "edition__title", "lessons_done", "lessons_total")
    found: dict[int, list[ColleagueRow]] = defaultdict(list)
    for user, *facts in enrolments.values_list("user_id", *fields, "trained", "coachings", "certified"):
        found[user].append(ColleagueRow(*facts))
    return found
