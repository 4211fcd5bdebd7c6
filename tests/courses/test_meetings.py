"""Meetings: planned, moved, cancelled; seats and a waiting list."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, ScopeKind
from courses.learning import actions, queries
from courses.learning.errors import MeetingOverError, NotAllowedError, TooFewSeatsError
from courses.learning.models import Meeting, MeetingKind, Seat, SeatState
from notifications.models import Notice
from tests.accounts.factories import UserFactory
from tests.courses.factories import in_cohort, meeting_facts, planned, running_cohort, seat_of
from tests.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return running_cohort()


@pytest.fixture
def trainer():
    return UserFactory.create(trainer=True)


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

    def all_say(*, coming):
        return together([partial(say, meeting, enrolment, coming=coming) for enrolment in people])

    said = all_say(coming=True)
    assert sorted(map(str, said)) == ["going"] * 3 + ["waiting"] * 7
    states = list(meeting.seats.values_list("state", flat=True))
    assert (states.count("going"), states.count("waiting")) == (3, 7)
    meeting.refresh_from_db()
    assert meeting.taken == 3

    all_say(coming=False)
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
        (learner, reverse("learning:meetings"), 6),
        (learner, reverse("learning:meeting", args=[meetings[0].pk]), 6),
        (desk, reverse("learning:meeting_desk", args=[meetings[0].pk]), 7),
        (desk, reverse("learning:cohorts"), 5),
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
