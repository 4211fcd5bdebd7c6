"""Who sees which practice and round."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from accounts.models import ScopeKind, User
from accounts.permissions import (
    PRACTICE_ROLES,
    Permission,
    Somebody,
    can,
    current_assignments,
    scope_ids,
)
from core.once import once
from core.prepared import Slots, among, prepared
from practices.models import Comparison, Participation, Practice, Round, WeekCount

MOST_OWN = 20


def participations_for(user: Somebody) -> QuerySet[Participation]:
    """Return the participations of the practices that this person works in, the newest round first.

    A project leader is not in it: of a practice they see process counts only (`desk_participations_for`).
    """
    found = Participation.objects.select_related("practice", "round")
    ids = scope_ids(user, Permission.VIEW_PRACTICE, ScopeKind.PRACTICE)
    return found if ids is None else found.filter(practice_id__in=ids)


def own_participations(user: Somebody) -> list[Participation]:
    """Return the first of these as a list; once per page where a view asks for it in several places."""
    return once(user, "practices.own", lambda: _own_participations(user))


def _own_participations(user: Somebody) -> list[Participation]:
    ids = scope_ids(user, Permission.VIEW_PRACTICE, ScopeKind.PRACTICE)
    return _own.rows(None if ids is None else len(ids), practices=sorted(ids or ()))


@prepared
def _own(_slot: Slots, count: int | None) -> QuerySet[Participation]:
    found = Participation.objects.select_related("practice", "round")
    mine = Q() if count is None else among("practice_id", "practices", count)
    return found.filter(mine)[:MOST_OWN]


def weeks_of(participation: Participation) -> list[WeekCount]:
    """Return the weeks that were counted, the first one first."""
    return list(participation.weeks.order_by("week"))


def rounds_for(user: Somebody) -> QuerySet[Round]:
    """Return the rounds that this person leads, the newest first."""
    ids = scope_ids(user, Permission.MANAGE_ROUNDS, ScopeKind.ROUND)
    return Round.objects.all() if ids is None else Round.objects.filter(pk__in=ids)


def desk_participations_for(user: Somebody) -> QuerySet[Participation]:
    """Return the practices in the rounds that this person leads, with process counts only (decision 26).

    Responses and conversations of one practice are not even fetched.
    """
    ids = scope_ids(user, Permission.SEE_ALL_PRACTICES, ScopeKind.ROUND)
    mine = Q() if ids is None else Q(round_id__in=ids)
    return (
        Participation.objects.filter(mine)
        .select_related("practice", "round")
        .only(
            "letters",
            "last_counted_week",
            "practice__name",
            "practice__place",
            "round__name",
            "round__letter_target",
            "round__starts_on",
            "round__ends_on",
        )
        .order_by("practice__name", "pk")
    )


def practices_to_staff(user: Somebody) -> QuerySet[Practice]:
    """Return the practices to which this person may invite people: those in rounds they lead, all for an administrator."""
    if can(user, Permission.MANAGE_USERS):
        return Practice.objects.all()
    if not can(user, Permission.INVITE_MEMBER):
        return Practice.objects.none()
    rounds = scope_ids(user, Permission.INVITE_MEMBER, ScopeKind.ROUND)
    if rounds is None:
        return Practice.objects.all()
    return Practice.objects.filter(participations__round_id__in=rounds).distinct()


def practice_names(ids: Collection[int]) -> dict[int, str]:
    """Return what these practices are called."""
    return {practice.pk: str(practice) for practice in Practice.objects.filter(pk__in=ids)}


def comparisons() -> list[Comparison]:
    """Return what other practices saw, each with its source."""
    return list(Comparison.objects.select_related("source"))


def round_names(ids: Collection[int]) -> dict[int, str]:
    """Return what these rounds are called."""
    return dict(Round.objects.filter(pk__in=ids).values_list("pk", "name"))


def people_in_round(round_id: int) -> QuerySet[User]:
    """Return the members who work in a practice of this round now, by name."""
    practices = Participation.objects.filter(round=round_id).values("practice")
    working = current_assignments().filter(
        role__in=PRACTICE_ROLES, scope_kind=ScopeKind.PRACTICE, scope_id__in=practices
    )
    found = User.objects.filter(pk__in=working.values("user"), is_active=True)
    return found.order_by("display_name", "pk")
