"""The plan of the half year: made once, from the day somebody was really there, and shown with what it rests on."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.checks import run_checks
from hypothesis import given
from hypothesis import strategies as st

from core import personal_data
from core.models import AuditEntry
from courses.catalogue import models as catalogue_models
from courses.learning import actions, checks, queries
from courses.learning.models import CoachingMoment, FollowUpPlan
from courses.learning.plan import StepKind, days_late, is_running, plan_from
from notifications.models import Notice
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_course, make_enrolment, make_source, was_at_training_day

DAY = dt.date(2027, 3, 1)


# The arithmetic, without a database.


@given(st.dates(dt.date(2026, 1, 1), dt.date(2090, 1, 1)))
def test_any_day_gives_four_coachings_three_intervisions_and_repeating_to_week_26(day):
    steps = plan_from(day)
    weeks = {kind: [step.week for step in steps if step.kind is kind] for kind in StepKind}
    assert weeks == {
        StepKind.COACHING: [3, 8, 14, 24],
        StepKind.INTERVISION: [6, 12, 20],
        StepKind.RECALL: [26],
        StepKind.CLOSING: [26],
    }
    assert all(step.due == day + dt.timedelta(days=7 * step.week) for step in steps)
    assert [step.due for step in steps] == sorted(step.due for step in steps)


@pytest.mark.parametrize(("days", "running"), [(-1, False), (0, False), (1, True), (182, True), (183, False)])
def test_the_plan_runs_from_the_day_after_to_the_end_of_week_26(days, running):
    assert is_running(DAY, DAY + dt.timedelta(days=days)) is running


@pytest.mark.parametrize(("days", "late"), [(-3, 0), (0, 0), (1, 1), (30, 30)])
def test_something_is_late_from_the_day_after(days, late):
    assert days_late(DAY, DAY + dt.timedelta(days=days)) == late


# Making it.


@pytest.fixture
def attended(enrolment):
    was_at_training_day(enrolment, DAY)
    return enrolment


def test_who_was_there_gets_a_plan_with_four_dated_coaching_moments(attended):
    plan = actions.make_plan(attended, by=None)
    assert plan.day == DAY
    due = dict(CoachingMoment.objects.values_list("number", "due_on"))
    assert due == {
        1: dt.date(2027, 3, 22),
        2: dt.date(2027, 4, 26),
        3: dt.date(2027, 6, 7),
        4: dt.date(2027, 8, 16),
    }


def test_asking_again_changes_nothing(attended):
    first = actions.make_plan(attended, by=None)
    CoachingMoment.objects.filter(number=1).update(due_on=DAY)
    was_at_training_day(attended, DAY + dt.timedelta(days=30))
    assert actions.make_plan(attended, by=None) == first
    assert FollowUpPlan.objects.get().day == DAY
    assert CoachingMoment.objects.count() == 4
    assert CoachingMoment.objects.get(number=1).due_on == DAY
    assert AuditEntry.objects.filter(action="learning.plan_made").count() == 1


def test_the_first_training_day_counts_in_whatever_order_it_was_noted(enrolment):
    was_at_training_day(enrolment, DAY + dt.timedelta(days=14))
    was_at_training_day(enrolment, DAY)
    assert actions.make_plan(enrolment, by=None).day == DAY


def test_without_having_been_there_is_no_plan(enrolment):
    seat = was_at_training_day(enrolment, DAY)
    seat.attended_at, seat.attended_by = None, ""
    seat.save()
    with pytest.raises(actions.NotAtTrainingDayError):
        actions.make_plan(enrolment, by=None)
    assert not CoachingMoment.objects.exists()


def test_a_missed_hook_is_made_good_by_the_tick(attended):
    assert actions.make_missing_plans() == 1
    assert actions.make_missing_plans() == 0
    assert FollowUpPlan.objects.get().enrolment == attended


@pytest.mark.django_db(transaction=True)
def test_the_learner_hears_of_it_once(attended, client_for):
    actions.make_plan(attended, by=None)
    actions.make_plan(attended, by=None)
    page = client_for(attended.user).get("/mijn/meldingen/")
    assert Notice.objects.count() == 1
    assert "Je plan voor het komende half jaar staat klaar: Een training." in page.text


# The screen.


@pytest.fixture
def screen(attended, client_for, time_machine):
    actions.make_plan(attended, by=None)

    def open_at(week):
        time_machine.move_to(dt.datetime.combine(DAY, dt.time(12), dt.UTC) + dt.timedelta(weeks=week))
        return client_for(attended.user).get("/training/plan/").text

    return open_at


def test_the_timeline_says_what_and_when(screen):
    page = screen(1)
    for words in (
        "Coaching 1: het telefoontje",
        "week 3, uiterlijk 22 maart",
        "Intervisie: iets wat misging",
        "week 6, uiterlijk 12 april",
        "Herhalen",
        "tot en met 30 augustus",
        "Je zit in week 1 van 26.",
    ):
        assert words in page


def test_a_coaching_moment_that_was_held_or_is_late_says_so(screen):
    CoachingMoment.objects.filter(number=1).update(held_at=dt.datetime(2027, 3, 18, 10, tzinfo=dt.UTC))
    page = screen(9)
    assert "gehouden op 18 maart" in page
    assert "7 dagen te laat" in page


def test_each_reason_names_its_source_and_whether_it_was_checked(screen):
    make_source("Overzicht van 21 artikelen", key="schwalbe-2014", second_hand=True)
    page = screen(1)
    assert "Uitgever: Overzicht van 21 artikelen (2026)" in page
    assert "zoals anderen het weergeven" in page
    assert "Nog na te kijken door de medisch redacteur." in page


def test_before_the_training_day_the_screen_says_when_the_plan_comes(client_for, enrolment):
    assert "Je plan komt na de trainingsdag" in client_for(enrolment.user).get("/training/plan/").text


def test_nobody_sees_somebody_elses_plan(attended, client_for):
    actions.make_plan(attended, by=None)
    other = make_enrolment(UserFactory.create(poh=True), attended.course).user
    assert queries.plans_of(other) == []
    assert "Je plan komt na de trainingsdag" in client_for(other).get("/training/plan/").text


def test_the_screen_costs_the_same_with_one_and_three_held_moments(
    screen, attended, django_assert_num_queries, django_assert_max_num_queries
):
    screen(1)
    plans = queries.plans_of(attended.user)
    with django_assert_num_queries(1):
        queries.plan_views(plans)


def test_the_download_of_ones_own_data_holds_the_plan(attended):
    actions.make_plan(attended, by=None)
    (entry,) = [
        entry
        for entry in personal_data.entries()
        if (entry.model, entry.field) == ("learning.Enrolment", "user")
    ]
    assert {"training_day": DAY} in [
        {"training_day": row.get("training_day")} for row in entry.export(attended.user)
    ]


# Addresses.


def test_every_screen_of_training_has_a_reserved_address():
    assert not run_checks(tags=["urls"])
    assert {"plan", "herhalen", "verder"} <= checks.own_words()


def test_an_address_that_a_course_could_take_is_complained_about(monkeypatch):
    monkeypatch.setattr(checks, "RESERVED_SLUGS", catalogue_models.RESERVED_SLUGS - {"herhalen"})
    (complaint,) = checks.addresses_are_reserved()
    assert "training/herhalen/" in complaint.msg


@pytest.mark.django_db
def test_a_stored_course_at_a_screens_address_is_complained_about():
    course = make_course("ooit")
    type(course).objects.filter(pk=course.pk).update(slug="plan")
    (complaint,) = checks.no_course_takes_a_reserved_address(databases=["default"])
    assert "training/plan/" in complaint.msg


def test_an_empty_database_has_no_courses_to_complain_about(tmp_path):
    """`migrate` asks the checks before it makes the first table."""
    empty = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"}
    check = [sys.executable, "manage.py", "check", "--database", "default"]
    done = subprocess.run(
        check, env=empty, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
