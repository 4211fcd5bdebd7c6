"""Hours of coaching that a trainer offers and learners choose."""

from __future__ import annotations

import datetime as dt

import pytest

from courses.learning import actions, queries
from courses.learning.models import CoachingMoment, Meeting, MeetingKind
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_enrolment, was_at_training_day

DAY = dt.date(2027, 3, 1)
FIRST_DUE = dt.date(2027, 3, 22)


def at(day, hour=10):
    return dt.datetime.combine(day, dt.time(hour), tzinfo=dt.UTC)


@pytest.fixture
def learner(enrolment):
    enrolment.user.display_name = "Noor Haverkamp"
    enrolment.user.save()
    was_at_training_day(enrolment, DAY)
    actions.make_plan(enrolment, by=None)
    return enrolment.user


@pytest.fixture
def trainer(db):
    return UserFactory.create(trainer=True)


@pytest.fixture
def first(learner):
    return CoachingMoment.objects.get(number=1)


def meet(moment, start, **facts):
    meeting = Meeting.objects.create(
        cohort=moment.enrolment.cohort,
        kind=MeetingKind.COACHING,
        title="Coaching",
        starts_at=start,
        ends_at=start + dt.timedelta(minutes=45),
        **facts,
    )
    moment.meeting = meeting
    moment.save()
    return meeting


def titles(rows):
    return [row.title for row in rows]


# The desk.


def facts(day=dt.date(2027, 3, 18), **more):
    return {"day": day.isoformat(), "starts": "09:00", "ends": "09:45", "place": "Kamer 2", **more}


@pytest.fixture
def before(time_machine):
    time_machine.move_to(at(dt.date(2027, 3, 10)), tick=False)


@pytest.fixture
def desk(before, trainer, client_for):
    return client_for(trainer)


def second_learner(first):
    more = make_enrolment(UserFactory.create(poh=True, display_name="Bo"), first.enrolment.course)
    more.cohort = first.enrolment.cohort
    more.save()
    was_at_training_day(more, DAY)
    actions.make_plan(more, by=None)
    return more.coaching.get(number=1)


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
