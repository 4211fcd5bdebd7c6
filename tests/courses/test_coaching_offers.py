"""Coaching that a trainer plans for one learner or several, and hours that they offer and learners choose."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from courses.learning import actions, queries
from courses.learning.models import CoachingMoment, Meeting, MeetingKind, Seat
from tests.accounts.factories import UserFactory
from tests.courses.coached import DAY, at, facts, second_learner, titles
from tests.courses.factories import make_enrolment, was_at_training_day


@pytest.fixture
def desk(time_machine, trainer, client_for):
    time_machine.move_to(at(dt.date(2027, 3, 10)), tick=False)
    return client_for(trainer)


@pytest.mark.parametrize("together", [False, True])
def test_a_trainer_plans_coaching_for_one_or_together(together, first, desk, trainer, client_for):
    chosen = [first, second_learner(first)] if together else [first]
    keys = [moment.pk for moment in chosen]
    page = desk.get("/begeleiding/coaching/plannen/", {"m": keys})
    assert "Noor Haverkamp" in page.text
    desk.post("/begeleiding/coaching/plannen/", facts(m=keys))
    meeting = Meeting.objects.get(kind=MeetingKind.COACHING)
    assert (meeting.capacity, meeting.for_everyone) == (len(chosen), False)
    assert {seat.enrolment_id for seat in meeting.seats.all()} == {one.enrolment_id for one in chosen}
    assert set(CoachingMoment.objects.filter(meeting=meeting)) == set(chosen)
    planned = desk.get("/begeleiding/coaching/").context["desk"].planned
    assert [row.when for row in planned] == ["18 maart om 09:00"] * len(chosen)
    assert "18 maart om 09:00" in client_for(first.enrolment.user).get("/training/plan/").text


def test_a_meeting_that_moves_takes_the_moment_along(first, desk, trainer, client_for):
    desk.post("/begeleiding/coaching/plannen/", facts(m=[first.pk]))
    meeting = Meeting.objects.get(kind=MeetingKind.COACHING)
    moved = facts(dt.date(2027, 3, 19), kind="coaching", title="Coaching", capacity="1")
    desk.post(f"/begeleiding/bijeenkomsten/{meeting.pk}/wijzigen/", moved)
    assert "19 maart om 09:00" in client_for(first.enrolment.user).get("/training/plan/").text


def test_who_cannot_come_waits_to_be_planned_anew(first, desk, client_for):
    desk.post("/begeleiding/coaching/plannen/", facts(m=[first.pk]))
    meeting = Meeting.objects.get(kind=MeetingKind.COACHING)
    learner = client_for(first.enrolment.user)
    learner.post(f"/training/bijeenkomsten/{meeting.pk}/antwoord/", {"coming": "no"})
    first.refresh_from_db()
    assert first.meeting is None
    assert titles(desk.get("/begeleiding/coaching/").context["desk"].to_plan) == [
        "Coaching 1: het telefoontje"
    ]


def test_what_the_trainers_list_says_of_a_coaching_meeting_is_what_was_held(
    first, desk, trainer, time_machine
):
    desk.post("/begeleiding/coaching/plannen/", facts(m=[first.pk]))
    seat = Seat.objects.get(meeting__kind=MeetingKind.COACHING)
    time_machine.move_to(at(dt.date(2027, 3, 18), 12), tick=False)
    actions.note_by_list(seat.meeting, present=[seat.pk], shown=[], by=trainer)
    first.refresh_from_db()
    assert timezone.localdate(first.held_at) == dt.date(2027, 3, 18)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ends": "08:00"}, "Het einde moet na het begin liggen."),
        ({"place": ""}, "Geef een plaats, of een videolink."),
        ({"day": "2027-03-01"}, "Kies vandaag of een latere dag."),
        ({"day": "onzin"}, "geldige datum"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused_beside_the_field(change, words, first, desk):
    answer = desk.post("/begeleiding/coaching/plannen/", {**facts(m=[first.pk]), **change})
    assert answer.status_code == 422
    assert words in answer.text
    assert not Meeting.objects.filter(kind=MeetingKind.COACHING).exists()


def test_people_of_two_cohorts_or_two_moments_of_one_person_are_no_group(first, desk):
    elsewhere = make_enrolment(UserFactory.create(poh=True), first.enrolment.course)
    was_at_training_day(elsewhere, DAY)
    actions.make_plan(elsewhere, by=None)
    second = CoachingMoment.objects.get(enrolment=first.enrolment, number=2)
    for other in (elsewhere.coaching.get(number=1), second):
        answer = desk.post("/begeleiding/coaching/plannen/", facts(m=[first.pk, other.pk]))
        assert answer.status_code == 422
        assert "Dit kan niet één bijeenkomst zijn" in answer.text


def test_what_is_planned_already_is_not_planned_twice(first, desk):
    desk.post("/begeleiding/coaching/plannen/", facts(m=[first.pk]))
    assert desk.post("/begeleiding/coaching/plannen/", facts(m=[first.pk])).status_code == 422
    assert Meeting.objects.filter(kind=MeetingKind.COACHING).count() == 1


@pytest.mark.parametrize("chosen", [[], ["onzin"], ["999999"]])
def test_without_anybody_ticked_the_desk_says_so(chosen, first, desk):
    answer = desk.get("/begeleiding/coaching/plannen/", {"m": chosen}, follow=True)
    assert "Vink eerst aan voor wie je coaching plant." in answer.text


# Offered hours.


# Hours that are offered.


@pytest.fixture
def offered(first, desk):
    desk.post("/begeleiding/coaching/aanbieden/", facts(cohort=first.enrolment.cohort_id, places="1"))
    return Meeting.objects.get(kind=MeetingKind.COACHING)


def choose(client_for, moment, meeting):
    learner = client_for(moment.enrolment.user)
    return learner.post(f"/training/plan/coaching/{moment.pk}/kiezen/", {"meeting": meeting.pk}, follow=True)


def test_a_learner_chooses_an_offered_hour(first, offered, client_for):
    assert not offered.seats.exists()
    page = client_for(first.enrolment.user).get(f"/training/plan/coaching/{first.pk}/").text
    assert "donderdag 18 maart, 09:00" in page
    answer = choose(client_for, first, offered)
    assert "Gepland. Het staat in je agenda." in answer.text
    first.refresh_from_db()
    assert first.meeting == offered
    assert offered.seats.get().state == "going"


def test_an_hour_that_is_taken_is_no_longer_offered(first, offered, client_for):
    late = second_learner(first)
    choose(client_for, first, offered)
    assert not queries.coaching_offers(late).exists()
    answer = choose(client_for, late, offered)
    assert "Dat uur is net door iemand anders gekozen." in answer.text
    with pytest.raises(actions.OfferFullError):
        actions.choose_coaching(late, offered, by=late.enrolment.user)


def test_a_planned_talk_of_somebody_else_is_not_offered(first, desk):
    other = second_learner(first)
    desk.post("/begeleiding/coaching/plannen/", facts(m=[other.pk]))
    assert not queries.coaching_offers(first).exists()


def test_an_hour_of_another_cohort_is_not_offered(first, offered, client_for):
    elsewhere = make_enrolment(UserFactory.create(poh=True), first.enrolment.course)
    was_at_training_day(elsewhere, DAY)
    actions.make_plan(elsewhere, by=None)
    moment = elsewhere.coaching.get(number=1)
    with pytest.raises(actions.OfferFullError):
        actions.choose_coaching(moment, offered, by=elsewhere.user)


def test_nobody_chooses_for_somebody_else(first, offered):
    with pytest.raises(actions.NotAllowedError):
        actions.choose_coaching(first, offered, by=UserFactory.create(poh=True))
