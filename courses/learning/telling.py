"""Telling people about their meetings: a notice in the house, and a mail that a calendar understands.

A mail names the kind of meeting and the cohort, its time and place; never a title, never anything about a patient. Each
is stored once per key, so that a task that runs twice tells nobody twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import partial
from itertools import batched

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.db import transaction
from django.db.models import QuerySet
from django.tasks import task
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from core.mail import KEY_HEADER
from courses.learning.models import Cohort, Meeting, MeetingKind, Seat, SeatState
from notifications import calendars
from notifications.actions import notify
from notifications.calendars import Answer, Occasion

AT_ONCE = 200
MEETING, SEAT, PLACED = "learning.meeting", "learning.seat", "learning.placed"
ANSWERS = {
    SeatState.INVITED: Answer.OPEN,
    SeatState.GOING: Answer.YES,
    SeatState.WAITING: Answer.WAITING,
    SeatState.DECLINED: Answer.NO,
}


class SeatNews(StrEnum):
    """What one person is told about their own place."""

    INVITED = "invited"
    FREE = "free"
    GIVEN_UP = "given_up"


def place_of(meeting: Meeting) -> str:
    """Return what a meeting is called in mails and calendars: its kind and its group, in the language of the reader."""
    return f"{MeetingKind(meeting.kind).label.capitalize()}, {meeting.cohort.name}"


def page_of(meeting: Meeting) -> str:
    """Return the address of a meeting's page for who takes part in it."""
    return reverse("learning:meeting", args=[meeting.pk])


def occasion_of(
    meeting: Meeting, *, answer: Answer = Answer.OPEN, cancelled: bool = False, url: str = ""
) -> Occasion:
    """Return a meeting as it stands in a calendar, in the language of the reader."""
    return Occasion(
        uid=f"{meeting.uid}@trede",
        sequence=meeting.sequence,
        title=place_of(meeting),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        stamp=meeting.updated_at,
        url=settings.SITE_URL + (url or page_of(meeting)),
        place=", ".join(filter(None, [meeting.place, meeting.video_link])),
        cancelled=cancelled or meeting.cancelled_at is not None,
        answer=answer,
    )


def tell_meeting(meeting: Meeting) -> None:
    """Tell everybody with a place, after this transaction, that a meeting was planned, changed or cancelled."""
    transaction.on_commit(partial(mail_meeting.enqueue, meeting.pk, meeting.sequence))


def tell_seat(seat: Seat, news: SeatNews) -> None:
    """Tell one person, after this transaction, something about their own place."""
    transaction.on_commit(partial(mail_seat.enqueue, seat.pk, news.value))


def tell_placed(cohort: Cohort, users: Iterable[User], *, by: User | None) -> None:
    """Tell people, inside the house, that they were given a place in a cohort."""
    notify(users, kind=PLACED, object=cohort, path=reverse("learning:meetings"), by=by)


@task()
def mail_meeting(meeting_id: int, sequence: int) -> None:
    """Mail everybody with a place about this version of a meeting; an older version is no longer news."""
    meeting = Meeting.objects.select_related("cohort").filter(pk=meeting_id, sequence=sequence).first()
    if meeting is None:
        return
    concerned = _concerned(meeting)
    ids = list(concerned.values_list("enrolment__user_id", flat=True))
    notify(ids, kind=MEETING, object=meeting, path=page_of(meeting), by=None)
    kind = "cancelled" if meeting.cancelled_at else "changed" if sequence else "planned"
    key = f"meeting:{meeting.uid}:{sequence}"
    send_all(concerned, kind, key=key)


def _concerned(meeting: Meeting) -> QuerySet[Seat]:
    """Return the places of people who must know; who declined need not hear that it is cancelled."""
    seats = Seat.objects.filter(meeting=meeting, enrolment__closed_at=None)
    return seats.exclude(state=SeatState.DECLINED) if meeting.cancelled_at else seats


@task()
def mail_seat(seat_id: int, news: str) -> None:
    """Mail one person about their own place."""
    seats = Seat.objects.filter(pk=seat_id)
    seat = seats.select_related("meeting__cohort").first()
    if seat is None:
        return
    if news == SeatNews.FREE:
        meeting = seat.meeting
        notify([seat.enrolment.user_id], kind=SEAT, object=meeting, path=page_of(meeting), by=None)
    answered = seat.answered_at.isoformat() if seat.answered_at else ""
    send_all(seats, news, key=f"seat:{seat.pk}:{news}:{seat.meeting.sequence}:{answered}")


def send_all(seats: QuerySet[Seat], kind: str, *, key: str) -> int:
    """Put a mail in the outbox for each of these places, in batches; return how many were asked for."""
    rows = seats.select_related("meeting__cohort", "enrolment__user").order_by("pk")
    count = 0
    for some in batched(rows.iterator(chunk_size=AT_ONCE), AT_ONCE):
        active = [seat for seat in some if seat.enrolment.user.is_active]
        mailers["default"].send_messages([_mail(seat, kind, key) for seat in active])
        count += len(active)
    return count


def _mail(seat: Seat, kind: str, key: str) -> EmailMultiAlternatives:
    user, meeting = seat.enrolment.user, seat.meeting
    with translation.override(user.language):
        given_up = kind == SeatNews.GIVEN_UP
        occasion = occasion_of(meeting, answer=ANSWERS[SeatState(seat.state)], cancelled=given_up)
        facts = {
            "name": user.get_short_name(),
            "kind": kind,
            "meeting": meeting,
            "occasion": occasion,
            "place": place_of(meeting),
            "seat": seat,
            "link": occasion.url,
            "SITE_NAME": settings.WAGTAIL_SITE_NAME,
        }
        text = render_to_string("learning/mail/meeting.txt", facts)
    subject, _newline, body = text.lstrip().partition("\n")
    message = EmailMultiAlternatives(
        subject.strip(),
        body.strip() + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [user.email],
        headers={KEY_HEADER: key},
    )
    message.attach_alternative(*calendars.invitation(occasion, to=user))
    return message
