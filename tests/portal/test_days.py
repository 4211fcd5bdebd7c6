"""The member's home shows the days ahead, when something is planned on one of them."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Role, ScopeKind
from courses.learning.actions import cancel_meeting
from notifications.calendars import ZONE
from portal.week import days_ahead
from tests.accounts.factories import UserFactory
from tests.courses.factories import in_cohort, planned, running_cohort

pytestmark = pytest.mark.django_db

THURSDAY = dt.datetime(2026, 11, 26, 9, 0, tzinfo=dt.UTC)


def at(day, hour=10):
    return dt.datetime(2026, 11, day, hour, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


def shown(user):
    """Return the dates that are shown, each with how many things stand on it."""
    return [(day.date.day, len(day.entries)) for day in days_ahead(user)]


def test_five_working_days_are_shown_and_a_weekend_only_when_something_happens_in_it():
    cohort = running_cohort()
    learner = in_cohort(cohort).user
    planned(cohort, starts_at=at(30))
    assert shown(learner) == [(26, 0), (27, 0), (30, 1), (1, 0), (2, 0)]
    planned(cohort, starts_at=at(28))
    assert shown(learner) == [(26, 0), (27, 0), (28, 1), (30, 1), (1, 0), (2, 0)]


def test_what_is_over_later_or_cancelled_is_not_shown():
    cohort = running_cohort()
    learner = in_cohort(cohort).user
    planned(cohort, starts_at=at(26, 18) + dt.timedelta(days=7))
    leader = UserFactory.create(trainer=True)
    cancel_meeting(planned(cohort, starts_at=at(27)), by=leader)
    assert days_ahead(learner) == []


def test_a_trainer_sees_the_meetings_they_lead_each_on_its_own_desk():
    cohort = running_cohort()
    trainer = UserFactory.create(roles=[Role.TRAINER], scope=(ScopeKind.COHORT, cohort.pk))
    meeting = planned(cohort, starts_at=at(26, 14))
    [entry] = days_ahead(trainer)[0].entries
    assert entry.url == reverse("learning:meeting_desk", args=[meeting.pk])
    assert days_ahead(UserFactory.create(poh=True)) == []


@pytest.mark.parametrize(
    ("room", "link", "told"),
    [
        ("Zaal 1, Arnhem", "", "Zaal 1, Arnhem"),
        ("Zaal 1", "https://video.voorbeeld.test/een", "Zaal 1"),
        ("", "https://video.voorbeeld.test/een", "per video"),
    ],
)
def test_a_day_names_the_room_and_never_a_long_address(room, link, told):
    cohort = running_cohort()
    learner = in_cohort(cohort).user
    planned(cohort, starts_at=at(26, 14), place=room, video_link=link)
    [entry] = days_ahead(learner)[0].entries
    assert entry.place == told


@pytest.mark.parametrize("meetings", [1, 3])
def test_the_days_ask_nothing_that_the_steps_did_not_ask(meetings, client, django_assert_num_queries):
    cohort = running_cohort()
    learner = in_cohort(cohort).user
    for number in range(meetings):
        planned(cohort, starts_at=at(27, 9 + number))
    client.force_login(learner)
    answer = client.get(reverse("portal:home"))
    assert answer.text.count("week__item--moss") == meetings
    with django_assert_num_queries(LEARNERS_HOME):
        client.get(reverse("portal:home"))


LEARNERS_HOME = 11
