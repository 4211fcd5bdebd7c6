"""Which meetings somebody is invited to, and which they look after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission, Somebody, can
from core.next_steps import NextStep, Wing
from core.once import once
from core.prepared import Slot, Slots, prepared
from courses.learning import telling
from courses.learning.models import Cohort, Enrolment, Meeting, MeetingKind, Seat, SeatState
from courses.learning.paging import Slice, slice_of
from courses.learning.permissions import may_follow
from courses.learning.queries.cohorts import cohorts_visible_to
from notifications.calendars import Occasion

PAGE = 50
LOOK_AHEAD = dt.timedelta(days=28)
PAST_SHOWN = 20
MOST_SOON = 20
MOST_STEPS = 2
COMING_SHOWN = 50


def seats_of(user: Somebody) -> QuerySet[Seat]:
    """Return somebody's own places at meetings of courses that they follow, the earliest first."""
    return _seats(user.pk or 0) if may_follow(user) else Seat.objects.none()


def _seats(user: int | Slot) -> QuerySet[Seat]:
    mine = Seat.objects.filter(enrolment__user__pk=user, enrolment__closed_at=None)
    related = mine.select_related("meeting__cohort", "enrolment")
    return related.order_by("meeting__starts_at", "meeting_id")


def coming_seats(user: Somebody) -> list[Seat]:
    """Return somebody's places at meetings that are not over, cancelled ones among them."""
    return list(seats_of(user).filter(meeting__ends_at__gt=timezone.now()))


def past_seats(user: Somebody) -> list[Seat]:
    """Return somebody's places at the last meetings that are over, the latest first."""
    over = seats_of(user).filter(meeting__ends_at__lte=timezone.now(), meeting__cancelled_at=None)
    return list(over.order_by("-meeting__starts_at", "-meeting_id")[:PAST_SHOWN])


def meetings_visible_to(user: Somebody) -> QuerySet[Meeting]:
    """Return the meetings that this person looks after."""
    mine = Meeting.objects.filter(cohort__in=cohorts_visible_to(user).order_by())
    return mine.select_related("cohort__course").order_by("starts_at", "pk")


@dataclass(frozen=True)
class MeetingPage:
    """Meetings of a cohort around a moment: those to come and those that are over, each in order.

    Each has how many were there (`attended`) and are in line (`waiting`). `later` and `earlier` are the keys to go on from,
    empty at the ends.
    """

    coming: list[Meeting]
    past: list[Meeting]
    later: str
    earlier: str


def meetings_page(cohort: Cohort, *, later: str = "", earlier: str = "") -> MeetingPage:
    """Return the next and the last meetings of a cohort; those beyond a key when one is given. Three queries at most."""
    mine, now = Meeting.objects.filter(cohort=cohort), timezone.now()
    nothing: Slice[Meeting] = Slice([], "", "")
    coming, past = nothing, nothing
    if not earlier:
        ahead = mine.filter(ends_at__gt=now)
        coming = slice_of(ahead, "starts_at", after=later, size=COMING_SHOWN, oldest_first=True)
    if not later:
        past = slice_of(mine.filter(ends_at__lte=now), "starts_at", after=earlier, size=PAST_SHOWN)
    counted = _counted([*coming.rows, *past.rows])
    return MeetingPage(
        coming=[counted[meeting.pk] for meeting in coming.rows],
        past=[counted[meeting.pk] for meeting in reversed(past.rows)],
        later=coming.older,
        earlier=past.older,
    )


def _counted(meetings: list[Meeting]) -> dict[int, Meeting]:
    """Return these meetings with their counts, each read from an index of its own."""
    seats = Seat.objects.filter(meeting=OuterRef("pk"))
    counted = Meeting.objects.annotate(
        attended=_number(seats.filter(attended_at__isnull=False)),
        waiting=_number(seats.filter(state=SeatState.WAITING)),
    )
    found: dict[int, Any] = counted.in_bulk([meeting.pk for meeting in meetings])
    return found


def _number(seats: QuerySet[Seat]) -> Coalesce:
    counted = seats.order_by().values("meeting").annotate(number=Count("*")).values("number")
    return Coalesce(Subquery(counted), 0)


def belongs_to(meeting: Meeting, user: User) -> bool:
    """Say whether somebody is of the people who meet: of the whole cohort, or of those chosen from it."""
    mine = Enrolment.objects.filter(user=user, cohort=meeting.cohort_id, closed_at=None)
    return (mine if meeting.for_everyone else mine.filter(seats__meeting=meeting)).exists()


@dataclass(frozen=True)
class SeatPage:
    """A page of the list of a meeting: who is coming first, then by name; `more` is the number of the next page."""

    seats: list[Seat]
    number: int
    more: int | None


def seat_page(meeting: Meeting, number: int = 1) -> SeatPage:
    """Return a page of everybody with a place; one query however many there are."""
    place = Case(
        *(When(state=state, then=Value(order)) for order, state in enumerate(ORDER)),
        output_field=IntegerField(),
    )
    rows = meeting.seats.filter(Q(enrolment__closed_at=None) | Q(attended_at__isnull=False))
    ordered = rows.select_related("enrolment__user").order_by(
        place, "answered_at", "enrolment__user__display_name", "pk"
    )
    start = (number - 1) * PAGE
    found = list(ordered[start : start + PAGE + 1])
    return SeatPage(found[:PAGE], number, number + 1 if len(found) > PAGE else None)


ORDER = (SeatState.GOING, SeatState.WAITING, SeatState.INVITED, SeatState.DECLINED)


def attended_count(meeting: Meeting) -> int:
    """Return how many were noted as being there."""
    return meeting.seats.filter(attended_at__isnull=False).count()


def meeting_steps(user: User) -> list[NextStep]:
    """Return what meetings ask of somebody now: to say whether they come, or to be there soon; one query."""
    now = timezone.now()
    if not may_follow(user):
        return []
    return [_step(seat, now) for seat in _soon_seats(user)[:MOST_STEPS]]


def _soon_seats(user: User) -> list[Seat]:
    """Return the places of the coming four weeks that were not given up; once per page."""
    now = timezone.now()
    values = {"user": user.pk, "now": now, "until": now + LOOK_AHEAD}
    return once(user, "learning.soon", lambda: _soon.rows(None, **values))


@prepared
def _soon(slot: Slots, _variant: None) -> QuerySet[Seat]:
    now, until = slot("now", DateTimeField()), slot("until", DateTimeField())
    coming = _seats(slot("user")).filter(
        meeting__ends_at__gt=now, meeting__starts_at__lte=until, meeting__cancelled_at=None
    )
    return coming.filter(state__in=[SeatState.INVITED, SeatState.GOING])[:MOST_SOON]


def _step(seat: Seat, now: dt.datetime) -> NextStep:
    meeting = seat.meeting
    starts = timezone.localtime(meeting.starts_at)
    asked = seat.state == SeatState.INVITED and meeting.starts_at > now
    today = starts.date() == timezone.localtime(now).date()
    title = _("Say whether you come: %(meeting)s") if asked else "%(meeting)s"
    return NextStep(
        key=f"training.meeting.{meeting.pk}.{seat.state}",
        wing=Wing.TRAINING,
        icon="calendar",
        title=title % {"meeting": telling.place_of(meeting)},
        text=_("%(day)s at %(time)s, %(where)s.")
        % {
            "day": date_format(starts, "l j F").capitalize(),
            "time": date_format(starts, "H:i"),
            "where": meeting.place or _("by video"),
        },
        url=telling.page_of(meeting),
        due=starts.date() if asked else None,
        weight=90 if today else 65 if asked else 50,
        action=_("Answer") if asked else _("Look at the meeting"),
    )


def next_meeting_in(enrolment: Enrolment) -> Seat | None:
    """Return the place at the next meeting of this enrolment that is not cancelled and not declined; one query."""
    coming = Seat.objects.filter(enrolment=enrolment, meeting__ends_at__gt=timezone.now())
    standing = coming.filter(meeting__cancelled_at=None).exclude(state=SeatState.DECLINED)
    return standing.select_related("meeting__cohort").order_by("meeting__starts_at", "pk").first()


# --- somebody's own calendar -----------------------------------------------------------------------------------------


def occasions_of(user: User) -> Iterator[Occasion]:
    """Yield the meetings that somebody takes part in or looks after, straight from the database in batches."""
    mine = seats_of(user).exclude(state=SeatState.DECLINED)
    for seat in mine.iterator(chunk_size=500):
        answer = telling.ANSWERS[SeatState(seat.state)]
        yield telling.occasion_of(seat.meeting, answer=answer)
    taken = seats_of(user).exclude(state=SeatState.DECLINED).order_by()
    led = meetings_visible_to(user).exclude(pk__in=taken.values("meeting"))
    for meeting in led.iterator(chunk_size=500):
        yield telling.occasion_of(meeting, url=reverse("learning:meeting_desk", args=[meeting.pk]))


def occasions_before(user: User, until: dt.datetime) -> list[Occasion]:
    """Return the meetings that somebody takes part in or looks after and that begin before a moment within four weeks."""
    seats = _soon_seats(user) if may_follow(user) else []
    mine = [seat for seat in seats if seat.meeting.starts_at < until]
    found = [
        telling.occasion_of(seat.meeting, answer=telling.ANSWERS[SeatState(seat.state)]) for seat in mine
    ]
    if not can(user, Permission.RUN_COHORTS):
        return found
    coming = Q(ends_at__gt=timezone.now(), starts_at__lt=until, cancelled_at=None)
    led = meetings_visible_to(user).filter(coming).exclude(pk__in=[seat.meeting_id for seat in mine])
    pages = [(meeting, reverse("learning:meeting_desk", args=[meeting.pk])) for meeting in led[:MOST_SOON]]
    return found + [telling.occasion_of(meeting, url=page) for meeting, page in pages]


def stamp_of(user: User) -> str:
    """Return a word that changes whenever one of these meetings, or one's own place at it, does."""
    mine = (
        seats_of(user)
        .order_by()
        .aggregate(
            n=Count("pk"),
            seats=Max("updated_at"),
            meetings=Max("meeting__updated_at"),
            cohorts=Max("meeting__cohort__updated_at"),
        )
    )
    led = meetings_visible_to(user).order_by()
    shown = led.aggregate(n=Count("pk"), meetings=Max("updated_at"), cohorts=Max("cohort__updated_at"))
    return f"{mine}{shown}"


def kinds_of_meetings() -> list[tuple[str, str]]:
    """Return the kinds that a meeting may be of."""
    return [(kind.value, str(kind.label).capitalize()) for kind in MeetingKind]
