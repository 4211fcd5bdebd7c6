"""What people do with rounds, practices and weekly counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission, can
from core import audit
from patientdata.gate import require_clean
from practices.models import MOST_PER_WEEK, Counts, Participation, Practice, Round, WeekCount, monday_of


class WeekRefused(Exception):
    """A count of a week that cannot be right; `reason` is a word that the form turns into a sentence."""

    def __init__(self, reason: str, **numbers: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.numbers = numbers


class WeekChanged(Exception):
    """Somebody else counted the same week in the meantime; `current` is what stands there now."""

    def __init__(self, current: WeekCount) -> None:
        super().__init__(str(current))
        self.current = current


@transaction.atomic
def count_week(
    participation: Participation, *, week: dt.date, counts: Mapping[str, int], version: int, by: User
) -> WeekCount:
    """Set what a practice counted in a week; the same form sent twice is stored once.

    `week` is any day of it. `version` is the version that the person saw, 0 for a week not yet counted. Raises
    `WeekChanged` when a colleague was first with other numbers, `WeekRefused` when the numbers cannot be right.
    """
    if not can(by, Permission.COUNT_LETTERS, participation):
        raise PermissionDenied
    locked = Participation.objects.select_for_update().select_related("round").get(pk=participation.pk)
    monday = monday_of(week)
    _check_week(locked, monday)
    _check_numbers(counts)
    row = WeekCount.objects.filter(participation=locked, week=monday).first()
    if row is not None and row.counts == dict(counts):
        return row
    if (row.version if row else 0) != version:
        raise WeekChanged(row or WeekCount(participation=locked, week=monday))
    stored = _store(row or WeekCount(participation=locked, week=monday, version=0), counts, by)
    _update_totals(locked)
    return stored


def _check_week(participation: Participation, monday: dt.date) -> None:
    if monday > timezone.localdate():
        raise WeekRefused("future")
    if monday < monday_of(participation.round.starts_on):
        raise WeekRefused("before_round")


def _check_numbers(counts: Mapping[str, int]) -> None:
    if any(not 0 <= counts[name] <= MOST_PER_WEEK for name in Counts.FIELDS):
        raise WeekRefused("out_of_range", most=MOST_PER_WEEK)


def _store(row: WeekCount, counts: Mapping[str, int], by: User) -> WeekCount:
    before = row.counts if row.version else {}
    for name in Counts.FIELDS:
        setattr(row, name, counts[name])
    row.version += 1
    row.counted_by = by
    row.save()
    audit.record("practices.week_counted", by=by, obj=row, before=before, after=row.counts)
    return row


def _update_totals(participation: Participation) -> None:
    """Keep the totals beside the weeks; refuse more answers than letters."""
    weeks = participation.weeks.aggregate(last=Max("week"), **{name: Sum(name) for name in Counts.FIELDS})
    for name in ("responses", "conversations"):
        if weeks[name] > weeks["letters"]:
            raise WeekRefused(f"more_{name}_than_letters", counted=weeks[name], letters=weeks["letters"])
    participation.last_counted_week = weeks.pop("last")
    for name, total in weeks.items():
        setattr(participation, name, total)
    participation.save()


@transaction.atomic
def save_round(round_: Round, *, by: User, confirmed: bool = False) -> Round:
    """Store a new or changed round; raises `PatientDataFound` when its name tells of a patient."""
    if not can(by, Permission.MANAGE_ROUNDS, round_ if round_.pk else None):
        raise PermissionDenied
    require_clean("practices.Round.name", round_.name, confirmed=confirmed)
    new = round_.pk is None
    round_.full_clean()
    round_.save()
    audit.record("practices.round_made" if new else "practices.round_changed", by=by, obj=round_)
    return round_


@transaction.atomic
def add_practice(round_: Round, *, name: str, place: str, by: User) -> Participation:
    """Let a practice take part in a round; a practice that is known already is not made twice."""
    if not can(by, Permission.MANAGE_ROUNDS, round_):
        raise PermissionDenied
    practice, _new = Practice.objects.get_or_create(name=name, place=place)
    participation, new = Participation.objects.get_or_create(round=round_, practice=practice)
    if new:
        audit.record("practices.practice_joined", by=by, obj=participation, after={"round": round_.pk})
    return participation
