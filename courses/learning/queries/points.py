"""Points: what a learner has, which occasions a register wants to hear of, who was there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ScopeKind
from accounts.permissions import Permission, Somebody, scope_ids
from courses.learning.models import (
    Accreditation,
    Certificate,
    CoachingMoment,
    Cohort,
    CountsFor,
    Meeting,
    MeetingKind,
    PresenceBatch,
    PresenceChange,
    PresenceRow,
    Register,
    RegistrationNumber,
    Seat,
)

MEETING_KINDS = {CountsFor.TRAINING_DAY: MeetingKind.TRAINING_DAY, CountsFor.OTHER: MeetingKind.OTHER}
MOST_OCCASIONS = 200
PIECE = 500


def registers_open() -> QuerySet[Register]:
    """Return the registers in which somebody may enter a number now."""
    return Register.objects.filter(active=True)


def numbers_of(user: Somebody) -> QuerySet[RegistrationNumber]:
    """Return this person's own numbers."""
    mine = RegistrationNumber.objects.filter(user__pk=user.pk or 0)
    return mine.select_related("register").order_by("register__name")


@dataclass(frozen=True)
class PointLine:
    """Points for one thing done; `granted` says whether the register granted them, `told` whether it heard of it."""

    accreditation: Accreditation
    day: dt.date
    told: bool

    @property
    def granted(self) -> bool:
        """Say whether these points count."""
        return self.accreditation.granted


@dataclass(frozen=True)
class RegisterPoints:
    """What one register gives this person: the granted points by category, and the lines behind them."""

    number: RegistrationNumber
    lines: tuple[PointLine, ...]

    @property
    def totals(self) -> list[tuple[str, Decimal]]:
        """Return the granted points by category; a category never makes up for another."""
        found: dict[str, Decimal] = {}
        for line in self.lines:
            points = line.accreditation.points if line.granted else None
            if points is not None:
                category = line.accreditation.category
                found[category] = found.get(category, Decimal(0)) + points
        return sorted(found.items())


def points_of(user: Somebody) -> list[RegisterPoints]:
    """Return what each register in which this person has a number gives for what they did; eight queries at most."""
    numbers = list(numbers_of(user))
    if not numbers:
        return []
    done, told = _done(user), _told_of(user)
    lines: dict[int, list[PointLine]] = {}
    accreditations = Accreditation.objects.filter(register__in=[number.register_id for number in numbers])
    for accreditation in accreditations.select_related("register", "course"):
        for key, day in done.get((accreditation.course.translation_key, accreditation.counts_for), ()):
            if accreditation.holds_on(day):
                line = PointLine(accreditation, day, told=(accreditation.pk, key) in told)
                lines.setdefault(accreditation.register_id, []).append(line)
    return [
        RegisterPoints(number, tuple(sorted(lines.get(number.register_id, ()), key=lambda line: line.day)))
        for number in numbers
    ]


def _done(user: Somebody) -> dict[tuple[object, str], list[tuple[str, dt.date]]]:
    """Return what this person did: by course and kind, the occasion and the day."""
    found: dict[tuple[object, str], list[tuple[str, dt.date]]] = {}
    course = "enrolment__course__translation_key"
    mine = {"enrolment__user__pk": user.pk or 0}
    for key, cohort, at in Certificate.objects.filter(**mine, replaced_at=None, revoked_at=None).values_list(
        course, "enrolment__cohort_id", "earned_at"
    ):
        found.setdefault((key, CountsFor.COURSE), []).append(
            (f"course:{cohort or 0}", timezone.localdate(at))
        )
    seats = Seat.objects.filter(**mine, attended_at__isnull=False, meeting__cancelled_at=None)
    kinds = {kind: counts for counts, kind in MEETING_KINDS.items()}
    for key, meeting, kind, at in seats.values_list(
        course, "meeting_id", "meeting__kind", "meeting__starts_at"
    ):
        if kind in kinds:
            found.setdefault((key, kinds[MeetingKind(kind)]), []).append(
                (f"meeting:{meeting}", timezone.localdate(at))
            )
    held = CoachingMoment.objects.filter(**mine, held_at__isnull=False)
    for key, cohort, number, at in held.values_list(course, "enrolment__cohort_id", "number", "held_at"):
        occasion = f"coaching:{cohort or 0}:{number}"
        found.setdefault((key, CountsFor.COACHING), []).append((occasion, timezone.localdate(at)))
    return found


def _told_of(user: Somebody) -> set[tuple[int, str]]:
    """Return what the registers heard of this person: accreditation and occasion, where the latest row holds."""
    rows = PresenceRow.objects.filter(enrolment__user__pk=user.pk or 0).order_by("turn")
    latest = {(row.accreditation_id, row.occasion): row.change for row in rows}
    return {key for key, change in latest.items() if change != PresenceChange.WITHDRAW}


@dataclass(frozen=True)
class Occasion:
    """Something that an accreditation gives points for and of which a register wants a list.

    `over` says whether it lies behind us: only then may presence be reported. `own_days` says that each person has it on
    a day of their own, so that `held_on` is only the day on which the list is made.
    """

    accreditation: Accreditation
    key: str
    title: str
    cohort: Cohort
    held_on: dt.date
    over: bool
    own_days: bool = False


def accreditations() -> QuerySet[Accreditation]:
    """Return everything that was granted or asked for."""
    return Accreditation.objects.select_related("register", "course")


def cohorts_managed_by(user: Somebody) -> QuerySet[Cohort]:
    """Return the cohorts whose certificates and points are this person's business."""
    rounds = scope_ids(user, Permission.MANAGE_CERTIFICATES, ScopeKind.ROUND)
    return Cohort.objects.all() if rounds is None else Cohort.objects.filter(round_id__in=rounds)


def occasions(accreditation: Accreditation, user: Somebody) -> list[Occasion]:
    """Return the occasions of an accreditation in this person's cohorts, the latest first; two queries."""
    cohorts = cohorts_managed_by(user).filter(course__translation_key=accreditation.course.translation_key)
    return list(_occasions(accreditation, cohorts))[:MOST_OCCASIONS]


def _occasions(accreditation: Accreditation, cohorts: QuerySet[Cohort]) -> Iterator[Occasion]:
    counts_for = CountsFor(accreditation.counts_for)
    if counts_for in MEETING_KINDS:
        yield from _meetings(accreditation, cohorts, MEETING_KINDS[counts_for])
    elif counts_for == CountsFor.COURSE:
        for cohort in cohorts[:MOST_OCCASIONS]:
            title = _("%(cohort)s: certificates") % {"cohort": cohort}
            yield _now(accreditation, f"course:{cohort.pk}", title, cohort)
    else:
        yield from _coachings(accreditation, cohorts)


def _meetings(
    accreditation: Accreditation, cohorts: QuerySet[Cohort], kind: MeetingKind
) -> Iterator[Occasion]:
    meetings = Meeting.objects.filter(cohort__in=cohorts, kind=kind, cancelled_at=None)
    now = timezone.now()
    for meeting in meetings.select_related("cohort").order_by("-starts_at", "-pk")[:MOST_OCCASIONS]:
        held_on = timezone.localdate(meeting.starts_at)
        if accreditation.holds_on(held_on):
            yield Occasion(
                accreditation=accreditation,
                key=f"meeting:{meeting.pk}",
                title=f"{meeting.cohort}: {meeting.title}",
                cohort=meeting.cohort,
                held_on=held_on,
                over=meeting.ends_at <= now,
            )


def _coachings(accreditation: Accreditation, cohorts: QuerySet[Cohort]) -> Iterator[Occasion]:
    held = CoachingMoment.objects.filter(enrolment__cohort__in=cohorts, held_at__isnull=False)
    pairs = (
        held.values_list("enrolment__cohort", "number").distinct().order_by("-enrolment__cohort", "number")
    )
    by_pk = cohorts.in_bulk({cohort for cohort, _number in pairs})
    for pk, number in pairs[:MOST_OCCASIONS]:
        title = _("%(cohort)s: coaching %(number)s") % {"cohort": by_pk[pk], "number": number}
        yield _now(accreditation, f"coaching:{pk}:{number}", title, by_pk[pk])


def _now(accreditation: Accreditation, key: str, title: str, cohort: Cohort) -> Occasion:
    """Return an occasion that each person has at their own moment: what is in the list is over by itself."""
    today = timezone.localdate()
    return Occasion(accreditation, key, title, cohort, held_on=today, over=True, own_days=True)


@dataclass(frozen=True)
class OccasionRow:
    """An occasion with how many were there, how many of them have a number, and of how many the register heard."""

    occasion: Occasion
    present: int
    numbered: int
    told: int


def occasion_rows(accreditation: Accreditation, user: Somebody) -> list[OccasionRow]:
    """Return the occasions with their counts; five queries however many there are."""
    found = occasions(accreditation, user)
    there, told = _counts(accreditation), _told(accreditation)
    return [OccasionRow(one, *there.get(one.key, (0, 0)), told.get(one.key, 0)) for one in found]


def _counts(accreditation: Accreditation) -> dict[str, tuple[int, int]]:
    rows = _attendances(accreditation)
    names = _key_fields(accreditation)
    counted = rows.values(*names).annotate(present=Count("pk"), numbered=Count("number_there"))
    return {_key(accreditation, row): (row["present"], row["numbered"]) for row in counted.order_by()}


def _key_fields(accreditation: Accreditation) -> tuple[str, ...]:
    if accreditation.counts_for == CountsFor.COURSE:
        return ("enrolment__cohort",)
    if accreditation.counts_for == CountsFor.COACHING:
        return ("enrolment__cohort", "number")
    return ("meeting",)


def _key(accreditation: Accreditation, row: dict[str, int]) -> str:
    kind = "meeting" if accreditation.counts_for in MEETING_KINDS else accreditation.counts_for
    return ":".join([kind, *(str(row[name] or 0) for name in _key_fields(accreditation))])


def _attendances(
    accreditation: Accreditation,
) -> QuerySet[Certificate] | QuerySet[Seat] | QuerySet[CoachingMoment]:
    """Return everything done that this accreditation gives points for, each with the person's number if any."""
    numbers = "enrolment__user__registration_numbers"
    theirs = FilteredRelation(numbers, condition=Q(**{f"{numbers}__register": accreditation.register_id}))
    course = Q(enrolment__course__translation_key=accreditation.course.translation_key)
    counts_for = CountsFor(accreditation.counts_for)
    found: QuerySet[Certificate] | QuerySet[Seat] | QuerySet[CoachingMoment]
    if counts_for == CountsFor.COURSE:
        found = Certificate.objects.filter(course & _within(accreditation, "earned_at"))
        found = found.filter(replaced_at=None, revoked_at=None)
    elif counts_for == CountsFor.COACHING:
        found = CoachingMoment.objects.filter(course & _within(accreditation, "held_at"))
    else:
        found = Seat.objects.filter(
            course & _within(accreditation, "meeting__starts_at"),
            attended_at__isnull=False,
            meeting__kind=MEETING_KINDS[counts_for],
            meeting__cancelled_at=None,
        )
    return found.annotate(theirs=theirs, number_there=F("theirs__number"))


def _within(accreditation: Accreditation, moment: str) -> Q:
    """Return the condition that something lies in the accreditation's term, to the day in our own time zone."""
    zone = timezone.get_default_timezone()
    first = dt.datetime.combine(accreditation.valid_from, dt.time.min, zone)
    found = Q(**{f"{moment}__gte": first})
    if accreditation.valid_until is not None:
        after = dt.datetime.combine(accreditation.valid_until + dt.timedelta(days=1), dt.time.min, zone)
        found &= Q(**{f"{moment}__lt": after})
    return found


def _told(accreditation: Accreditation) -> dict[str, int]:
    rows = PresenceRow.objects.filter(accreditation=accreditation).values("occasion")
    added = Count("pk", filter=Q(change=PresenceChange.ADD))
    withdrawn = Count("pk", filter=Q(change=PresenceChange.WITHDRAW))
    return {row["occasion"]: row["told"] for row in rows.annotate(told=added - withdrawn).order_by()}


type Present = tuple[int, str, str | None, dt.date]


def present_at(occasion: Occasion) -> Iterator[Present]:
    """Yield who was there, by enrolment: enrolment, name, their number in the register if they have one, and the day."""
    rows = _there(occasion).order_by("enrolment_id").annotate(holder=F("enrolment__user__display_name"))
    told = rows.values_list("enrolment_id", "holder", "number_there", _moment_of(occasion.accreditation))
    for enrolment, name, register_number, at in told.iterator(chunk_size=2000):
        yield enrolment, name, register_number, timezone.localdate(at)


def _moment_of(accreditation: Accreditation) -> str:
    """Return the field that says when what counts was done."""
    moments = {CountsFor.COURSE: "earned_at", CountsFor.COACHING: "held_at"}
    return moments.get(CountsFor(accreditation.counts_for), "meeting__starts_at")


def _there(occasion: Occasion) -> QuerySet[Any]:
    """Return the seats, coaching moments or certificates of one occasion."""
    kind, _colon, rest = occasion.key.partition(":")
    rows: QuerySet[Any] = _attendances(occasion.accreditation)
    if kind == "meeting":
        return rows.filter(meeting=int(rest))
    if kind == "course":
        return rows.filter(enrolment__cohort=int(rest))
    cohort, number = rest.split(":")
    return rows.filter(enrolment__cohort=int(cohort), number=int(number))


def without_number(occasion: Occasion, most: int) -> list[str]:
    """Return the first names, in order, of who was there and has no number in the register: nobody can report them."""
    named = _there(occasion).filter(number_there=None).annotate(holder=F("enrolment__user__display_name"))
    return list(named.order_by("holder").values_list("holder", flat=True)[:most])


def batches_visible_to(user: Somebody) -> QuerySet[PresenceBatch]:
    """Return the lists that this person may take out again, the newest first."""
    found = PresenceBatch.objects.filter(cohort__in=cohorts_managed_by(user))
    return found.select_related("accreditation__register", "accreditation__course", "cohort", "made_by")


def rows_of(batch: PresenceBatch) -> Iterator[PresenceRow]:
    """Yield the rows of a list in the order in which they were made."""
    yield from batch.rows.order_by("pk").iterator(chunk_size=2000)


def told_of(occasion: Occasion, enrolments: Collection[int]) -> dict[int, PresenceRow]:
    """Return what the register heard last of each of these enrolments; one query."""
    rows = _rows_about(occasion).filter(enrolment__in=enrolments)
    return {row.enrolment_id or 0: row for row in rows.order_by("turn")}


def told_by_mistake(occasion: Occasion) -> Iterator[PresenceRow]:
    """Yield what the register heard last of those who were not there after all, by enrolment.

    Read some hundreds at a time, each time anew, so that rows may be written meanwhile.
    """
    there = _there(occasion).filter(enrolment=OuterRef("enrolment"))
    later = _rows_about(occasion).filter(enrolment=OuterRef("enrolment"), turn__gt=OuterRef("turn"))
    holding = _rows_about(occasion).exclude(change=PresenceChange.WITHDRAW)
    wrong = holding.filter(~Exists(later), ~Exists(there)).select_related("batch").order_by("enrolment_id")
    piece = list(wrong[:PIECE])
    while piece:
        yield from piece
        piece = list(wrong.filter(enrolment__gt=piece[-1].enrolment_id)[:PIECE])


def _rows_about(occasion: Occasion) -> QuerySet[PresenceRow]:
    """Return what was told of an occasion, of everybody who still follows or followed."""
    return PresenceRow.objects.filter(
        accreditation=occasion.accreditation, occasion=occasion.key, enrolment__isnull=False
    )
