"""What people are mailed about meetings, as a real mail server receives it, and what stands in their own calendar."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from core import outbox
from core.models import OutboxMail
from courses.learning import actions, reminding, telling
from courses.learning.models import Meeting, Seat
from notifications.actions import make_calendar_address
from tests.accounts.factories import UserFactory
from tests.courses.factories import in_cohort, meeting_facts, planned, running_cohort

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("our_mailers")]


@pytest.fixture
def cohort():
    return running_cohort()


@pytest.fixture
def trainer():
    return UserFactory.create(trainer=True)


@pytest.fixture
def doing(django_capture_on_commit_callbacks):
    """Run what follows the transaction, as it would in the site."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def parts_of(message):
    return {part.get_content_type(): part for part in message.walk() if not part.is_multipart()}


def event_in(message):
    calendar = Calendar.from_ical(parts_of(message)["text/calendar"].get_payload(decode=True))
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def received_by(box, email):
    return [message for message in box.received if message["To"] == email]


def test_an_invitation_is_a_mail_that_a_calendar_understands(cohort, doing, letterbox):
    enrolment = in_cohort(cohort, display_name="Noor Haverkamp")
    with doing():
        meeting = planned(cohort)
    outbox.send_due()
    (mail,) = letterbox.received
    assert mail.get_content_type() == "multipart/alternative"
    assert list(parts_of(mail)) == ["text/plain", "text/calendar"]
    assert parts_of(mail)["text/calendar"].get_param("method") == "REQUEST"
    calendar, event = event_in(mail)
    assert (calendar["METHOD"], event["SEQUENCE"], event["STATUS"]) == ("REQUEST", 0, "CONFIRMED")
    assert event["UID"] == f"{meeting.uid}@trede"
    assert event["ATTENDEE"] == f"mailto:{enrolment.user.email}"
    assert event["DTSTART"].dt == meeting.starts_at.replace(microsecond=0)
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert event["LOCATION"] == "Zaal 1, Arnhem"


def test_a_mail_names_kind_and_cohort_and_never_the_title(cohort, doing, letterbox):
    in_cohort(cohort)
    with doing():
        planned(cohort, title="Wat speelt er in De Esdoorn")
    outbox.send_due()
    (mail,) = letterbox.received
    assert "Esdoorn" not in mail.as_string()
    assert "Esdoorn" not in parts_of(mail)["text/plain"].get_payload(decode=True).decode()
    assert event_in(mail)[1]["SUMMARY"] == "Trainingsdag, Voorjaar"


def test_each_reads_their_own_language(cohort, doing, letterbox):
    in_cohort(cohort, language="fr", email="elise@voorbeeld.test")
    with doing():
        planned(cohort)
    outbox.send_due()
    (mail,) = letterbox.received
    assert event_in(mail)[1]["SUMMARY"] == "Journée de formation, Voorjaar"
    assert "/fr/training/bijeenkomsten/" in parts_of(mail)["text/plain"].get_payload(decode=True).decode()


def test_moving_and_cancelling_follow_with_the_same_uid_and_a_higher_sequence(
    cohort,
    trainer,
    doing,
    letterbox,
):
    in_cohort(cohort)
    with doing():
        meeting = planned(cohort)
    with doing():
        actions.change_meeting(meeting, meeting_facts(dt.timedelta(days=12)), by=trainer)
    with doing():
        actions.cancel_meeting(meeting, by=trainer)
    outbox.send_due()
    read = [event_in(mail) for mail in letterbox.received]
    assert [calendar["METHOD"] for calendar, _event in read] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [event["SEQUENCE"] for _calendar, event in read] == [0, 1, 2]
    assert len({event["UID"] for _calendar, event in read}) == 1
    assert read[-1][1]["STATUS"] == "CANCELLED"


def test_who_declined_hears_of_a_new_date_but_not_of_a_cancellation(
    cohort,
    trainer,
    doing,
    letterbox,
):
    enrolment = in_cohort(cohort)
    with doing():
        meeting = planned(cohort)
        actions.answer(Seat.objects.get(), coming=False, by=enrolment.user)
    with doing():
        actions.change_meeting(meeting, meeting_facts(dt.timedelta(days=12)), by=trainer)
    with doing():
        actions.cancel_meeting(meeting, by=trainer)
    outbox.send_due()
    assert [event_in(mail)[0]["METHOD"] for mail in letterbox.received] == ["REQUEST", "REQUEST"]


def test_the_first_in_line_gets_a_mail_that_says_they_are_coming(cohort, doing, letterbox):
    first, second = in_cohort(cohort), in_cohort(cohort)
    meeting = planned(cohort, capacity=1)
    actions.answer(meeting.seats.get(enrolment=first), coming=True, by=first.user)
    actions.answer(meeting.seats.get(enrolment=second), coming=True, by=second.user)
    with doing():
        actions.answer(meeting.seats.get(enrolment=first), coming=False, by=first.user)
    outbox.send_due()
    (mail,) = letterbox.received
    assert mail["To"] == second.user.email
    assert event_in(mail)[1]["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"


def test_who_joins_gets_the_event_and_who_leaves_loses_it(cohort, doing, letterbox):
    planned(cohort)
    with doing():
        enrolment = in_cohort(cohort)
    with doing():
        actions.leave(enrolment, by=enrolment.user)
    outbox.send_due()
    mails = received_by(letterbox, enrolment.user.email)
    assert [event_in(mail)[0]["METHOD"] for mail in mails] == ["REQUEST", "CANCEL"]


def test_who_leaves_and_comes_back_is_invited_anew_and_the_later_message_holds(cohort, doing, letterbox):
    """The sequence is the meeting's and stays the same, so the later DTSTAMP decides (RFC 5546, 2.1.5)."""
    planned(cohort)
    start = timezone.now()
    with doing(), time_machine.travel(start, tick=False):
        enrolment = in_cohort(cohort)
    with time_machine.travel(start + dt.timedelta(minutes=2), tick=False), doing():
        actions.leave(enrolment, by=enrolment.user)
    with time_machine.travel(start + dt.timedelta(minutes=4), tick=False), doing():
        actions.place(cohort, enrolment.user, by=None)
    outbox.send_due()
    read = [event_in(mail) for mail in received_by(letterbox, enrolment.user.email)]
    assert [calendar["METHOD"] for calendar, _event in read] == ["REQUEST", "CANCEL", "REQUEST"]
    stamps = [event["DTSTAMP"].dt for _calendar, event in read]
    assert stamps == sorted(set(stamps))
    assert {event["SEQUENCE"] for _calendar, event in read} == {0}


def test_a_task_that_runs_twice_mails_nobody_twice(cohort, doing):
    in_cohort(cohort)
    with doing():
        meeting = planned(cohort)
    telling.mail_meeting.call(meeting.pk, 0)
    assert OutboxMail.objects.count() == 1


def test_what_was_overtaken_by_a_change_is_not_mailed_any_more(cohort, trainer, doing):
    in_cohort(cohort)
    meeting = planned(cohort)
    with doing():
        actions.change_meeting(meeting, meeting_facts(dt.timedelta(days=12)), by=trainer)
    telling.mail_meeting.call(meeting.pk, 0)
    assert OutboxMail.objects.count() == 1


# --- reminders --------------------------------------------------------------------------------------------------------


def remind_at(meeting, **before):
    with time_machine.travel(meeting.starts_at - dt.timedelta(**before), tick=False):
        return reminding.remind()


def test_people_are_reminded_a_week_and_a_day_before_and_once_each(cohort):
    in_cohort(cohort)
    meeting = planned(cohort, dt.timedelta(days=20))
    assert remind_at(meeting, days=8) == 0
    assert [remind_at(meeting, days=6, hours=23), remind_at(meeting, days=6)] == [1, 0]
    assert remind_at(meeting, days=2) == 0
    assert [remind_at(meeting, hours=23), remind_at(meeting, hours=1)] == [1, 0]
    assert OutboxMail.objects.count() == 2


def test_only_who_may_come_is_reminded(cohort, trainer):
    stays, declines, leaves = (in_cohort(cohort) for _number in range(3))
    meeting = planned(cohort, dt.timedelta(days=20))
    actions.answer(meeting.seats.get(enrolment=declines), coming=False, by=declines.user)
    actions.leave(leaves, by=leaves.user)
    OutboxMail.objects.all().delete()
    assert remind_at(meeting, hours=20) == 1
    assert OutboxMail.objects.get().recipient == stays.user.email
    actions.cancel_meeting(meeting, by=trainer)
    assert remind_at(meeting, hours=10) == 0


def test_a_moved_meeting_reminds_anew(cohort, trainer):
    in_cohort(cohort)
    meeting = planned(cohort, dt.timedelta(days=20))
    remind_at(meeting, days=6)
    moved = actions.change_meeting(meeting, meeting_facts(dt.timedelta(days=40)), by=trainer)
    assert remind_at(moved, days=6) == 1


def test_what_is_planned_on_short_notice_reminds_of_nothing_it_said_just_now(cohort):
    in_cohort(cohort)
    planned(cohort, dt.timedelta(hours=20))
    assert reminding.remind() == 0


# --- one's own calendar -----------------------------------------------------------------------------------------------


def events_of(client, token):
    answer = client.get(reverse("calendar_feed", args=[token]))
    return Calendar.from_ical(b"".join(answer.streaming_content)).walk("VEVENT"), answer["ETag"]


def test_a_learners_calendar_holds_old_and_cancelled_meetings_and_not_what_they_declined(
    client, cohort, trainer
):
    enrolment = in_cohort(cohort)
    long_ago = planned(cohort, dt.timedelta(days=-200))
    coming, cancelled, declined = (planned(cohort) for _number in range(3))
    actions.cancel_meeting(cancelled, by=trainer)
    actions.answer(declined.seats.get(), coming=False, by=enrolment.user)
    found, _etag = events_of(client, make_calendar_address(by=enrolment.user))
    by_uid = {str(event["UID"]): str(event["STATUS"]) for event in found}
    assert by_uid == {
        f"{long_ago.uid}@trede": "CONFIRMED",
        f"{coming.uid}@trede": "CONFIRMED",
        f"{cancelled.uid}@trede": "CANCELLED",
    }


def test_a_trainers_calendar_holds_the_meetings_they_look_after(client, cohort, trainer):
    meeting = planned(cohort)
    found, _etag = events_of(client, make_calendar_address(by=trainer))
    assert [str(event["UID"]) for event in found] == [f"{meeting.uid}@trede"]


@pytest.mark.parametrize("change", ["answer", "move", "join", "rename"])
def test_the_calendar_says_that_it_changed(change, client, cohort, trainer):
    enrolment = in_cohort(cohort)
    meeting = planned(cohort)
    token = make_calendar_address(by=enrolment.user)
    _found, before = events_of(client, token)
    changes = {
        "answer": lambda: actions.answer(meeting.seats.get(), coming=False, by=enrolment.user),
        "move": lambda: actions.change_meeting(meeting, meeting_facts(dt.timedelta(days=12)), by=trainer),
        "join": lambda: planned(cohort),
        "rename": lambda: actions.change_cohort(
            cohort,
            actions.CohortFacts(cohort.course, "Zomer", cohort.starts_on, cohort.ends_on),
            by=trainer,
        ),
    }
    changes[change]()
    _found, after = events_of(client, token)
    assert before != after


def test_a_calendar_costs_the_same_with_one_and_three_meetings(client, cohort, django_assert_num_queries):
    enrolment = in_cohort(cohort)
    address = reverse("calendar_feed", args=[make_calendar_address(by=enrolment.user)])
    for _number in range(2):
        planned(cohort)
        client.get(address)
        with django_assert_num_queries(4):
            b"".join(client.get(address).streaming_content)
    assert Meeting.objects.filter(starts_at__gt=timezone.now()).count() == 2


def test_a_meeting_that_is_over_already_is_noted_down_and_mailed_to_nobody(cohort, doing):
    in_cohort(cohort)
    with doing():
        planned(cohort, -dt.timedelta(days=3))
    assert Seat.objects.count() == 1
    assert not OutboxMail.objects.exists()
