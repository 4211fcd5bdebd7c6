"""Coaching moments: late ones on the trainer's desk within a day, wishes, what was held, and who hears of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Role, ScopeKind
from courses.learning import actions, queries
from courses.learning.models import CoachingMoment, FollowUpPlan, Seat
from notifications.models import Notice
from patientdata.kinds import PatientDataFound
from tests.accounts.factories import UserFactory
from tests.courses.coached import DAY, FIRST_DUE, at, meet, titles
from tests.courses.factories import make_enrolment, was_at_training_day

# The desk.


@pytest.mark.parametrize(("days", "late"), [(-1, 0), (0, 0), (1, 1)])
def test_a_moment_is_late_from_the_day_after_its_week(days, late, first, trainer):
    desk = queries.coaching_desk(trainer, now=at(FIRST_DUE + dt.timedelta(days=days)))
    assert [row.late for row in desk.late] == [late] * late
    assert desk.late_total == late


def test_within_a_day_of_becoming_late_it_stands_on_the_desk_and_the_trainer_is_told(
    first, trainer, client_for, time_machine
):
    time_machine.move_to(at(FIRST_DUE, 22), tick=False)
    assert actions.tell_of_late_coaching() == 0
    time_machine.move_to(at(FIRST_DUE + dt.timedelta(days=1), 22), tick=False)
    assert actions.tell_of_late_coaching() == 1
    page = client_for(trainer).get("/begeleiding/coaching/").text
    for words in ("Noor Haverkamp", "Coaching 1: het telefoontje", "1 dag te laat"):
        assert words in page


def test_who_which_and_how_long_stand_in_the_list_the_longest_first(first, trainer):
    desk = queries.coaching_desk(trainer, now=at(dt.date(2027, 5, 1)))
    assert [(row.name, row.title, row.late) for row in desk.late] == [
        ("Noor Haverkamp", "Coaching 1: het telefoontje", 40),
        ("Noor Haverkamp", "Coaching 2: het eerste gesprek", 5),
    ]


def test_what_is_planned_is_not_late_until_its_meeting_is_over(first, trainer):
    meet(first, at(FIRST_DUE + dt.timedelta(days=5)))
    before = queries.coaching_desk(trainer, now=at(FIRST_DUE + dt.timedelta(days=4)))
    assert (before.late, titles(before.planned)) == ([], ["Coaching 1: het telefoontje"])
    after = queries.coaching_desk(trainer, now=at(FIRST_DUE + dt.timedelta(days=6)))
    assert after.late[0].when == "27 maart om 11:00"


def test_a_cancelled_meeting_plans_nothing(first, trainer):
    meet(first, at(FIRST_DUE + dt.timedelta(days=5)), cancelled_at=at(FIRST_DUE))
    desk = queries.coaching_desk(trainer, now=at(FIRST_DUE + dt.timedelta(days=4)))
    assert titles(desk.late) == ["Coaching 1: het telefoontje"]


def test_a_meeting_that_is_over_asks_whether_it_was_held(first, trainer):
    meet(first, at(FIRST_DUE - dt.timedelta(days=5)))
    desk = queries.coaching_desk(trainer, now=at(FIRST_DUE - dt.timedelta(days=4)))
    assert (titles(desk.to_note), desk.to_plan) == (["Coaching 1: het telefoontje"], [])


@pytest.mark.parametrize(("days", "listed"), [(-22, 0), (-21, 1), (0, 1)])
def test_what_is_due_within_three_weeks_is_to_plan(days, listed, first, trainer):
    desk = queries.coaching_desk(trainer, now=at(FIRST_DUE + dt.timedelta(days=days)))
    assert len(desk.to_plan) == listed


def test_a_trainer_of_another_cohort_sees_and_notes_nothing(first, client_for):
    elsewhere = (ScopeKind.COHORT, first.enrolment.cohort_id + 1)
    other = UserFactory.create(roles=[Role.TRAINER], scope=elsewhere)
    assert queries.coaching_desk(other, now=at(dt.date(2027, 5, 1))).late_total == 0
    assert client_for(other).post(f"/begeleiding/coaching/{first.pk}/gehouden/").status_code == 404
    with pytest.raises(actions.NotAllowedError):
        actions.hold_coaching(first, by=other)


def test_a_closed_enrolment_is_nobodys_debt(first, trainer):
    type(first.enrolment).objects.filter(pk=first.enrolment_id).update(closed_at=timezone.now())
    assert queries.coaching_desk(trainer, now=at(dt.date(2027, 5, 1))).late_total == 0
    assert actions.tell_of_late_coaching(at=at(dt.date(2027, 5, 1))) == 0


def test_the_desk_costs_the_same_with_one_and_three_learners(
    first, trainer, client_for, time_machine, django_assert_num_queries, django_assert_max_num_queries
):
    time_machine.move_to(at(dt.date(2027, 4, 1)), tick=False)
    desk = client_for(trainer)
    desk.get("/begeleiding/coaching/")
    with django_assert_max_num_queries(18) as one:
        desk.get("/begeleiding/coaching/")
    asked = len(one.captured_queries)
    for _number in range(2):
        more = make_enrolment(UserFactory.create(poh=True), first.enrolment.course)
        was_at_training_day(more, DAY)
        actions.make_plan(more, by=None)
    with django_assert_num_queries(asked):
        desk.get("/begeleiding/coaching/")


# Telling.


@pytest.mark.django_db(transaction=True)
def test_a_trainer_is_told_once_however_many_moments_are_late(learner, trainer, client_for):
    more = make_enrolment(UserFactory.create(poh=True), learner.enrolments.get().course)
    was_at_training_day(more, DAY)
    actions.make_plan(more, by=None)
    when = at(dt.date(2027, 5, 1))
    assert actions.tell_of_late_coaching(at=when) == 4
    assert actions.tell_of_late_coaching(at=when) == 0
    notice = Notice.objects.get(kind="learning.coaching_late")
    assert (notice.recipient, notice.count) == (trainer, 1)
    page = client_for(trainer).get("/mijn/meldingen/").text
    assert "Voor iemand is de coaching te laat: Een training." in page
    assert "Noor" not in page


def test_the_homes_of_learner_and_trainer_offer_what_to_do(learner, trainer, time_machine):
    time_machine.move_to(at(dt.date(2027, 4, 1)), tick=False)
    (plan_it,) = [step for step in queries.steps_after_the_day(learner) if "coaching" in step.key]
    assert plan_it.title == "Plan je coaching"
    (late,) = queries.steps_after_the_day(trainer)
    assert late.title == "Plan coaching die te laat is"


# Holding.


def test_noting_that_it_was_held_takes_it_off_the_list_and_it_can_be_taken_back(
    first, trainer, client_for, time_machine
):
    time_machine.move_to(at(dt.date(2027, 4, 1)), tick=False)
    desk = client_for(trainer)
    desk.post(f"/begeleiding/coaching/{first.pk}/gehouden/", {"on": "2027-03-30"})
    first.refresh_from_db()
    assert timezone.localdate(first.held_at) == dt.date(2027, 3, 30)
    assert first.trainer == trainer
    assert desk.get("/begeleiding/coaching/").context["desk"].late == []
    desk.post(f"/begeleiding/coaching/{first.pk}/open/")
    first.refresh_from_db()
    assert first.held_at is None


@pytest.mark.parametrize("on", ["2999-01-01", "onzin", ""])
def test_a_day_to_come_or_no_day_is_refused_in_words(on, first, trainer, client_for):
    answer = client_for(trainer).post(f"/begeleiding/coaching/{first.pk}/gehouden/", {"on": on}, follow=True)
    assert "Kies vandaag of een eerdere dag." in answer.text
    first.refresh_from_db()
    assert first.held_at is None


def test_the_action_itself_refuses_a_day_to_come(first, trainer):
    with pytest.raises(actions.NotYetError):
        actions.hold_coaching(first, on=timezone.localdate() + dt.timedelta(days=1), by=trainer)


def test_a_learner_does_not_note_their_own_coaching(first, learner, client_for):
    assert client_for(learner).post(f"/begeleiding/coaching/{first.pk}/gehouden/").status_code == 404
    with pytest.raises(actions.NotAllowedError):
        actions.hold_coaching(first, by=learner)


# The learner's wish.


def test_a_wish_reaches_the_trainers_desk(first, learner, trainer, client_for, time_machine):
    time_machine.move_to(at(dt.date(2027, 3, 10)), tick=False)
    address = f"/training/plan/coaching/{first.pk}/"
    assert address in client_for(learner).get("/training/plan/").text
    client_for(learner).post(address, {"wish": "Dinsdagmiddag, via video."})
    assert "Dinsdagmiddag, via video." in client_for(trainer).get("/begeleiding/coaching/").text


def test_a_wish_passes_the_gate(first, learner, client_for):
    answer = client_for(learner).post(
        f"/training/plan/coaching/{first.pk}/", {"wish": "Bel 06-12345678 van mevrouw."}
    )
    assert answer.status_code == 422
    with pytest.raises(PatientDataFound):
        actions.wish_coaching(first, wish="Bel 06-12345678.", confirmed=True, by=learner)


def test_somebody_elses_moment_does_not_exist(first, client_for):
    stranger = make_enrolment(UserFactory.create(poh=True), first.enrolment.course).user
    assert client_for(stranger).get(f"/training/plan/coaching/{first.pk}/").status_code == 404
    with pytest.raises(actions.NotAllowedError):
        actions.wish_coaching(first, wish="Nu.", confirmed=False, by=stranger)


# What follows from attendance.


def test_attendance_at_a_training_day_makes_the_plan_and_its_correction_takes_it_back(enrolment):
    seat = was_at_training_day(enrolment, DAY)
    actions.after_attendance(seat, by=None)
    assert FollowUpPlan.objects.exists()
    seat.attended_at, seat.attended_by = None, ""
    seat.save()
    actions.after_attendance(seat, by=None)
    assert not FollowUpPlan.objects.exists()
    assert not CoachingMoment.objects.exists()


def test_a_plan_with_something_in_it_survives_the_correction(first, learner, trainer):
    seat = Seat.objects.get()
    actions.hold_coaching(first, on=timezone.localdate(), by=trainer)
    seat.attended_at, seat.attended_by = None, ""
    seat.save()
    actions.after_attendance(seat, by=None)
    assert FollowUpPlan.objects.exists()


def test_being_at_a_coaching_meeting_makes_the_moment_held(first):
    meeting = meet(first, at(FIRST_DUE))
    seat = Seat.objects.create(
        meeting=meeting, enrolment=first.enrolment, attended_at=at(FIRST_DUE), attended_by="list"
    )
    actions.after_attendance(seat, by=None)
    first.refresh_from_db()
    assert first.held_at == at(FIRST_DUE)
    seat.attended_at, seat.attended_by = None, ""
    actions.after_attendance(seat, by=None)
    first.refresh_from_db()
    assert first.held_at is None
