"""Who was at a meeting: by the code in the room, once per person, and by the trainer's list."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from courses.learning import actions, room_code
from courses.learning.models import AttendanceWay, Seat
from tests.accounts.factories import UserFactory
from tests.courses.factories import in_cohort, planned, running_cohort

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return running_cohort()


@pytest.fixture
def trainer():
    return UserFactory.create(trainer=True)


@pytest.fixture
def today(cohort):
    """A meeting that begins in ten minutes, with one person invited."""
    in_cohort(cohort)
    return planned(cohort, dt.timedelta(minutes=10))


@pytest.fixture
def there(today):
    return today.seats.get().enrolment


def code_now(meeting):
    return reverse("learning_machines:attendance", args=[room_code.token(meeting, timezone.now())])


def test_who_shows_the_code_is_asked_and_then_noted_once(client_for, today, there):
    learner = client_for(there.user)
    address = code_now(today)
    assert learner.get(address).status_code == 200
    assert Seat.objects.get().attended_at is None
    first = learner.post(address)
    assert first.context["state"] == "noted"
    noted = Seat.objects.get()
    assert noted.attended_by == AttendanceWay.CODE
    again = learner.post(address)
    assert again.context["state"] == "before"
    assert Seat.objects.get().attended_at == noted.attended_at
    assert AuditEntry.objects.filter(action="learning.attendance_noted").count() == 1


@pytest.mark.parametrize(
    ("seconds", "works"), [(0, True), (29, True), (31, True), (61, False), (3600, False)]
)
def test_a_code_works_in_its_half_minute_and_the_next(seconds, works, client_for, today, there):
    now = timezone.now().replace(second=0, microsecond=0) + dt.timedelta(minutes=1)
    address = reverse("learning_machines:attendance", args=[room_code.token(today, now)])
    with time_machine.travel(now + dt.timedelta(seconds=seconds), tick=False):
        answer = client_for(there.user).get(address)
    assert answer.context["state"] == ("ask" if works else "expired")


def test_who_must_sign_in_first_keeps_the_code_they_saw_for_ten_minutes(client, today, there):
    address = code_now(today)
    answer = client.get(address)
    assert answer["Location"] == f"/account/login/?next={address}"
    client.force_login(there.user)
    soon = timezone.now() + dt.timedelta(minutes=5)
    with time_machine.travel(soon, tick=False):
        assert client.post(address).context["state"] == "noted"


def test_a_code_seen_eleven_minutes_ago_is_too_old(client_for, today, there):
    learner, address = client_for(there.user), code_now(today)
    learner.get(address)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11), tick=False):
        assert learner.post(address).context["state"] == "expired"
    assert Seat.objects.get().attended_at is None


@pytest.mark.parametrize("token", ["1-verzonnen", "x", "-", "99999999999999999999-a", "0-"])
def test_a_made_up_token_opens_nothing(token, client_for, today, there):
    answer = client_for(there.user).post(f"/aanwezig/{token}/")
    assert answer.status_code in {403, 404}
    assert not Seat.objects.exclude(attended_at=None).exists()


def test_the_code_of_one_meeting_is_not_that_of_another(client_for, cohort, today, there):
    other = planned(cohort, dt.timedelta(minutes=5))
    forged = f"{today.pk}-{room_code.token(other, timezone.now()).split('-', 1)[1]}"
    assert client_for(there.user).post(f"/aanwezig/{forged}/").status_code == 403


def test_somebody_of_another_cohort_is_not_put_on_the_list(client_for, cohort, today):
    stranger = in_cohort(running_cohort(cohort.course, "Najaar"))
    answer = client_for(stranger.user).post(code_now(today))
    assert (answer.status_code, answer.context["state"]) == (403, "stranger")
    assert today.seats.count() == 1


@pytest.mark.parametrize(
    ("minutes", "state"), [(-46, "closed"), (-44, "ask"), (7 * 60 + 44, "ask"), (7 * 60 + 46, "closed")]
)
def test_the_code_works_around_the_hours_of_the_meeting(minutes, state, client_for, today, there):
    moment = today.starts_at + dt.timedelta(minutes=minutes)
    with time_machine.travel(moment, tick=False):
        assert client_for(there.user).get(code_now(today)).context["state"] == state


def test_without_a_camera_one_types_the_short_code(client_for, today, there):
    learner = client_for(there.user)
    address = reverse("learning:show_code", args=[today.pk])
    wrong = learner.post(address, {"code": "AAAAAA"})
    assert wrong.status_code == 422
    right = room_code.typed(today, timezone.now())
    learner.post(address, {"code": f" {right[:3].lower()} {right[3:]} "})
    assert Seat.objects.get().attended_by == AttendanceWay.CODE


def test_the_screen_in_the_room_shows_picture_and_code_and_a_new_part_on_asking(client_for, today, trainer):
    desk, address = client_for(trainer), reverse("learning:room", args=[today.pk])
    page = desk.get(address)
    for words in ("<svg", room_code.typed(today, timezone.now()), 'hx-trigger="every 5s"'):
        assert words in page.text
    assert "style=" not in re.findall(r"<svg.*?</svg>", page.text, re.DOTALL)[-1]
    part = desk.get(address, headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "<svg" in part.text


def test_the_trainer_ticks_and_corrects_and_both_are_kept(client_for, cohort, today, trainer):
    in_cohort(cohort)
    one, two = (seat.pk for seat in today.seats.order_by("pk"))
    desk, address = client_for(trainer), reverse("learning:note_list", args=[today.pk])
    desk.post(address, {"there": [one, two], "shown": ""})
    assert Seat.objects.filter(attended_by="list").count() == 2
    desk.post(address, {"there": [one], "shown": f"{one},{two}"})
    assert list(Seat.objects.exclude(attended_at=None).values_list("pk", flat=True)) == [one]
    kept = AuditEntry.objects.filter(action="learning.attendance_noted", actor=trainer.audit_id)
    assert kept.count() == 3
    assert kept.latest("pk").before["by"] == "list"


def test_saving_an_old_list_does_not_undo_a_code_shown_meanwhile(today, there, trainer):
    actions.note_by_code(today, by=there.user)
    assert actions.note_by_list(today, present=set(), shown=set(), by=trainer) == 0
    assert Seat.objects.get().attended_by == AttendanceWay.CODE


def test_the_list_is_closed_until_the_doors_open(client_for, cohort, trainer):
    in_cohort(cohort)
    meeting = planned(cohort)
    seat = meeting.seats.get()
    client_for(trainer).post(reverse("learning:note_list", args=[meeting.pk]), {"there": seat.pk})
    assert Seat.objects.get().attended_at is None


def test_ticks_of_another_meeting_count_for_nothing(cohort, today, trainer):
    other = planned(cohort, dt.timedelta(minutes=5))
    foreign = other.seats.get().pk
    assert actions.note_by_list(today, present={foreign}, shown=set(), by=trainer) == 0
