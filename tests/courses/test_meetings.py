"""Meetings: planned, moved, cancelled; seats, a waiting list; and who was there."""

from __future__ import annotations

import datetime as dt
import re
import threading

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, ScopeKind
from core.models import AuditEntry
from courses.learning import actions, queries, room_code
from courses.learning.errors import MeetingOverError, NotAllowedError, TooFewSeatsError
from courses.learning.models import AttendanceWay, Meeting, MeetingKind, Seat, SeatState
from notifications.models import Notice
from tests.accounts.factories import UserFactory
from tests.courses.factories import in_cohort, meeting_facts, planned, running_cohort

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return running_cohort()


@pytest.fixture
def trainer():
    return UserFactory.create(trainer=True)


def seat_of(meeting, enrolment):
    return Seat.objects.get(meeting=meeting, enrolment=enrolment)


def say(meeting, enrolment, *, coming):
    return actions.answer(seat_of(meeting, enrolment), coming=coming, by=enrolment.user).state


def typed(**changes):
    day = timezone.localdate() + dt.timedelta(days=20)
    given = {
        "kind": "training_day",
        "title": "",
        "day": day.isoformat(),
        "starts": "09:00",
        "ends": "16:30",
        "place": "Zaal 1",
        "video_link": "",
        "capacity": "12",
    }
    return {**given, **changes}


# --- planning ---------------------------------------------------------------------------------------------------------


def test_a_trainer_plans_a_training_day_and_the_cohort_is_invited(client_for, trainer, cohort):
    people = {in_cohort(cohort).pk for _number in range(3)}
    answer = client_for(trainer).post(reverse("learning:plan_meeting", args=[cohort.pk]), typed())
    meeting = Meeting.objects.get()
    assert answer["Location"] == reverse("learning:meeting_desk", args=[meeting.pk])
    assert (meeting.title, meeting.capacity, meeting.sequence) == ("Trainingsdag", 12, 0)
    assert timezone.localtime(meeting.starts_at).strftime("%H:%M") == "09:00"
    assert set(Seat.objects.values_list("enrolment", flat=True)) == people


def test_a_meeting_for_two_invites_those_two_and_nobody_who_joins_later(client_for, trainer, cohort):
    first, second, _third = (in_cohort(cohort) for _number in range(3))
    chosen = typed(kind="coaching", people=[first.pk, second.pk])
    client_for(trainer).post(reverse("learning:plan_meeting", args=[cohort.pk]), chosen)
    in_cohort(cohort)
    assert set(Seat.objects.values_list("enrolment", flat=True)) == {first.pk, second.pk}


def test_who_joins_later_is_invited_to_what_is_still_to_come(cohort):
    coming, over = planned(cohort), planned(cohort, dt.timedelta(days=-3))
    cancelled = planned(cohort)
    actions.cancel_meeting(cancelled, by=UserFactory.create(trainer=True))
    enrolment = in_cohort(cohort)
    assert [seat.meeting for seat in enrolment.seats.all()] == [coming]
    assert not over.seats.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends": "08:00"}, "ends"),
        ({"place": "", "video_link": ""}, "place"),
        ({"video_link": "javascript:alert(1)"}, "video_link"),
        ({"video_link": "http://onveilig.test/"}, "video_link"),
        ({"capacity": "0"}, "capacity"),
        ({"day": "morgen"}, "day"),
        ({"kind": "feest"}, "kind"),
        ({"title": "Over mevrouw Jansen, 06-12345678"}, "title"),
    ],
)
def test_what_cannot_be_planned_is_refused_beside_its_field(changes, field, client_for, trainer, cohort):
    address = reverse("learning:plan_meeting", args=[cohort.pk])
    answer = client_for(trainer).post(address, typed(**changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sequence"),
    [
        ({"place": "Zaal 2"}, 1),
        ({"title": "Een andere naam"}, 0),
        ({"capacity": 5}, 0),
        ({"kind": MeetingKind.OTHER}, 1),
        ({"begins": dt.timedelta(days=11)}, 1),
    ],
)
def test_only_what_people_must_know_raises_the_sequence(changes, sequence, cohort, trainer):
    start = timezone.now() + dt.timedelta(days=10)
    meeting = actions.plan_meeting(cohort, meeting_facts(starts_at=start), by=trainer)
    begins = changes.pop("begins", None)
    moved = {"starts_at": timezone.now() + begins} if begins else {"starts_at": start}
    changed = actions.change_meeting(meeting, meeting_facts(**moved, **changes), by=trainer)
    assert changed.sequence == sequence


def test_there_cannot_be_fewer_seats_than_people_who_come(client_for, cohort, trainer):
    people = [in_cohort(cohort) for _number in range(2)]
    meeting = planned(cohort)
    for enrolment in people:
        say(meeting, enrolment, coming=True)
    with pytest.raises(TooFewSeatsError):
        actions.change_meeting(meeting, meeting_facts(capacity=1), by=trainer)
    address = reverse("learning:change_meeting", args=[meeting.pk])
    answer = client_for(trainer).post(address, typed(capacity="1"))
    assert answer.status_code == 422
    assert "2" in str(answer.context["form"].errors["capacity"])


def test_cancelling_twice_is_cancelling_once_and_what_is_over_stays(client_for, cohort, trainer):
    meeting = planned(cohort)
    desk = client_for(trainer)
    for _press in range(2):
        desk.post(reverse("learning:cancel_meeting", args=[meeting.pk]))
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.cancelled_at is not None) == (1, True)
    with pytest.raises(MeetingOverError):
        actions.cancel_meeting(planned(cohort, dt.timedelta(days=-1)), by=trainer)


def test_a_cancelled_meeting_is_not_changed_any_more(client_for, cohort, trainer):
    meeting = actions.cancel_meeting(planned(cohort), by=trainer)
    address = reverse("learning:change_meeting", args=[meeting.pk])
    assert client_for(trainer).post(address, typed()).status_code == 422


@pytest.mark.parametrize("act", ["plan", "change", "cancel", "list"])
def test_the_trainer_of_another_cohort_can_do_nothing_here(act, cohort):
    meeting = planned(cohort)
    stranger = UserFactory.create(roles=[Role.TRAINER], scope=(ScopeKind.COHORT, cohort.pk + 1))
    acts = {
        "plan": lambda: actions.plan_meeting(cohort, meeting_facts(), by=stranger),
        "change": lambda: actions.change_meeting(meeting, meeting_facts(), by=stranger),
        "cancel": lambda: actions.cancel_meeting(meeting, by=stranger),
        "list": lambda: actions.note_by_list(meeting, present={1}, shown=set(), by=stranger),
    }
    with pytest.raises(NotAllowedError):
        acts[act]()


# --- seats ------------------------------------------------------------------------------------------------------------


def test_a_freed_seat_goes_to_the_first_in_line_who_is_told(cohort, django_capture_on_commit_callbacks):
    first, second, third = (in_cohort(cohort) for _number in range(3))
    meeting = planned(cohort, capacity=1)
    assert say(meeting, first, coming=True) == SeatState.GOING
    assert say(meeting, second, coming=True) == SeatState.WAITING
    assert say(meeting, third, coming=True) == SeatState.WAITING
    with django_capture_on_commit_callbacks(execute=True):
        assert say(meeting, first, coming=False) == SeatState.DECLINED
    assert seat_of(meeting, second).state == SeatState.GOING
    assert seat_of(meeting, third).state == SeatState.WAITING
    assert list(Notice.objects.values_list("recipient", "kind")) == [(second.user_id, "learning.seat")]
    meeting.refresh_from_db()
    assert meeting.taken == 1


def test_more_seats_let_the_first_in_line_in(cohort, trainer):
    people = [in_cohort(cohort) for _number in range(3)]
    start = timezone.now() + dt.timedelta(days=10)
    meeting = actions.plan_meeting(cohort, meeting_facts(starts_at=start, capacity=1), by=trainer)
    for enrolment in people:
        say(meeting, enrolment, coming=True)
    actions.change_meeting(meeting, meeting_facts(starts_at=start, capacity=2), by=trainer)
    states = [seat_of(meeting, enrolment).state for enrolment in people]
    assert states == [SeatState.GOING, SeatState.GOING, SeatState.WAITING]


def test_the_same_answer_twice_changes_nothing_and_keeps_the_place_in_line(cohort):
    first, second, third = (in_cohort(cohort) for _number in range(3))
    meeting = planned(cohort, capacity=1)
    for enrolment in (first, second, third, second, first):
        say(meeting, enrolment, coming=True)
    say(meeting, first, coming=False)
    assert seat_of(meeting, second).state == SeatState.GOING


def test_nobody_answers_once_it_has_begun_or_was_cancelled(cohort, trainer):
    enrolment = in_cohort(cohort)
    meeting = planned(cohort)
    seat = seat_of(meeting, enrolment)
    with time_machine.travel(meeting.starts_at, tick=False), pytest.raises(MeetingOverError):
        actions.answer(seat, coming=True, by=enrolment.user)
    actions.cancel_meeting(meeting, by=trainer)
    with pytest.raises(MeetingOverError):
        actions.answer(seat, coming=True, by=enrolment.user)


def test_nobody_answers_for_somebody_else(client_for, cohort):
    enrolment = in_cohort(cohort)
    meeting = planned(cohort)
    with pytest.raises(NotAllowedError):
        actions.answer(seat_of(meeting, enrolment), coming=True, by=UserFactory.create(poh=True))
    stranger = client_for(in_cohort(running_cohort(cohort.course, "Najaar")).user)
    assert stranger.post(reverse("learning:answer_meeting", args=[meeting.pk])).status_code == 404


def test_the_database_itself_refuses_one_person_too_many(cohort):
    meeting = planned(cohort, capacity=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(taken=2)


@pytest.mark.django_db(transaction=True)
def test_ten_people_who_press_at_once_fill_three_seats_and_a_line_of_seven():
    cohort = running_cohort()
    people = [in_cohort(cohort) for _number in range(10)]
    meeting = planned(cohort, capacity=3)
    gate, problems = threading.Barrier(10), []

    def press(enrolment):
        try:
            gate.wait(timeout=20)
            say(meeting, enrolment, coming=True)
        except Exception as error:  # noqa: BLE001 # handed to the test, which looks at it
            problems.append(error)
        finally:
            connection.close()

    def run(act):
        threads = [threading.Thread(target=act, args=[enrolment]) for enrolment in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)

    run(press)
    assert problems == []
    states = list(meeting.seats.values_list("state", flat=True))
    assert (states.count("going"), states.count("waiting")) == (3, 7)
    meeting.refresh_from_db()
    assert meeting.taken == 3

    def stay_away(enrolment):
        try:
            say(meeting, enrolment, coming=False)
        finally:
            connection.close()

    run(stay_away)
    meeting.refresh_from_db()
    assert (meeting.taken, set(meeting.seats.values_list("state", flat=True))) == (0, {"declined"})


def test_the_learner_answers_on_the_page_of_the_meeting(client_for, cohort):
    enrolment = in_cohort(cohort)
    meeting = planned(cohort, capacity=1)
    learner = client_for(enrolment.user)
    assert "Een dag samen" in learner.get(reverse("learning:meetings")).text
    address = reverse("learning:meeting", args=[meeting.pk])
    assert "Zaal 1, Arnhem" in learner.get(address).text
    learner.post(reverse("learning:answer_meeting", args=[meeting.pk]), {"coming": "yes"})
    assert "Je komt." in learner.get(address).text


@pytest.mark.parametrize("count", [1, 3])
def test_lists_of_meetings_cost_the_same_with_one_and_three(
    count, client_for, cohort, trainer, django_assert_num_queries
):
    people = [in_cohort(cohort) for _number in range(count)]
    meetings = [planned(cohort) for _number in range(count)]
    learner, desk = client_for(people[0].user), client_for(trainer)
    for client, address, cost in [
        (learner, reverse("learning:meetings"), 7),
        (learner, reverse("learning:meeting", args=[meetings[0].pk]), 7),
        (desk, reverse("learning:meeting_desk", args=[meetings[0].pk]), 8),
        (desk, reverse("learning:cohorts"), 6),
    ]:
        client.get(address)
        with django_assert_num_queries(cost):
            client.get(address)


def test_the_next_steps_ask_for_an_answer_and_then_remind(cohort):
    enrolment = in_cohort(cohort)
    meeting = planned(cohort)
    (step,) = queries.meeting_steps(enrolment.user)
    assert step.weight == 65
    assert "Voorjaar" in step.title
    assert "Een dag samen" not in step.title
    say(meeting, enrolment, coming=True)
    (step,) = queries.meeting_steps(enrolment.user)
    assert step.weight == 50
    say(meeting, enrolment, coming=False)
    assert queries.meeting_steps(enrolment.user) == []


# --- who was there ----------------------------------------------------------------------------------------------------


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
