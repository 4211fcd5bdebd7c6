"""A practice counts its letters and responses per week."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role, ScopeKind
from core.models import AuditEntry
from practices.actions import WeekChanged, WeekRefused, count_week
from practices.models import Participation, WeekCount, monday_of
from tests.accounts.factories import UserFactory
from tests.practices.factories import ParticipationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def participation():
    return ParticipationFactory.create()


@pytest.fixture
def poh(participation):
    return UserFactory.create(roles=[Role.POH], scope=(ScopeKind.PRACTICE, participation.practice_id))


def counts(letters=0, calls=0, responses=0, conversations=0):
    return {"letters": letters, "calls": calls, "responses": responses, "conversations": conversations}


def this_week():
    return monday_of(timezone.localdate())


def count(participation, poh, numbers, *, weeks_ago=0, version=0):
    week = this_week() - dt.timedelta(weeks=weeks_ago)
    return count_week(participation, week=week, counts=numbers, version=version, by=poh)


def test_totals_follow_the_weeks(participation, poh):
    count(participation, poh, counts(letters=5), weeks_ago=2)
    count(participation, poh, counts(letters=3, responses=2, conversations=1))
    participation.refresh_from_db()
    assert participation.counts == counts(letters=8, responses=2, conversations=1)
    assert participation.last_counted_week == this_week()


def test_counting_a_week_again_replaces_it(participation, poh):
    count(participation, poh, counts(letters=5))
    count(participation, poh, counts(letters=4), version=1)
    participation.refresh_from_db()
    assert (participation.letters, WeekCount.objects.count()) == (4, 1)


def test_the_same_form_sent_twice_is_stored_once(participation, poh):
    for _ in range(2):
        count(participation, poh, counts(letters=5))
    assert list(WeekCount.objects.values_list("letters", "version")) == [(5, 1)]


def test_any_day_of_a_week_is_that_week(participation, poh):
    sunday = this_week() - dt.timedelta(days=1)
    row = count_week(participation, week=sunday, counts=counts(letters=1), version=0, by=poh)
    assert row.week == this_week() - dt.timedelta(days=7)


def test_a_colleague_who_was_first_is_not_overwritten(participation, poh):
    count(participation, poh, counts(letters=5))
    with pytest.raises(WeekChanged) as change:
        count(participation, poh, counts(letters=2), version=0)
    assert change.value.current.letters == 5
    assert WeekCount.objects.get().letters == 5


@pytest.mark.parametrize(
    ("numbers", "weeks_ago", "reason"),
    [
        (counts(letters=1), -1, "future"),
        (counts(letters=1), 9, "before_round"),
        (counts(letters=501), 0, "out_of_range"),
        (counts(letters=-1), 0, "out_of_range"),
        (counts(letters=2, responses=3), 0, "more_responses_than_letters"),
        (counts(letters=2, conversations=3), 0, "more_conversations_than_letters"),
    ],
)
def test_numbers_that_cannot_be_right_are_refused_and_nothing_is_stored(
    numbers, weeks_ago, reason, participation, poh
):
    with pytest.raises(WeekRefused) as refusal, transaction.atomic():
        count(participation, poh, numbers, weeks_ago=weeks_ago)
    assert refusal.value.reason == reason
    assert not WeekCount.objects.exists()


@pytest.mark.parametrize("role", [Role.GP, Role.PROJECT_LEADER, Role.RESEARCHER])
def test_only_the_practice_nurse_counts(role, participation):
    somebody = UserFactory.create(roles=[role], scope=(ScopeKind.PRACTICE, participation.practice_id))
    with pytest.raises(PermissionDenied):
        count(participation, somebody, counts(letters=1))


def test_a_nurse_of_another_practice_does_not_count(participation):
    other = ParticipationFactory.create()
    stranger = UserFactory.create(roles=[Role.POH], scope=(ScopeKind.PRACTICE, other.practice_id))
    with pytest.raises(PermissionDenied):
        count(participation, stranger, counts(letters=1))


def test_a_count_is_in_the_audit_trail_with_numbers_only(participation, poh):
    count(participation, poh, counts(letters=5))
    entry = AuditEntry.objects.get(action="practices.week_counted")
    assert (entry.before, entry.after) == ({}, counts(letters=5))


def test_the_database_itself_keeps_answers_below_letters(participation):
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.filter(pk=participation.pk).update(letters=1, responses=2)


@pytest.mark.parametrize(
    ("last_counted", "overdue"), [(None, True), (dt.timedelta(weeks=2), True), (dt.timedelta(weeks=1), False)]
)
def test_a_practice_is_late_when_last_week_was_not_counted(last_counted, overdue, participation):
    participation.last_counted_week = this_week() - last_counted if last_counted else None
    assert participation.overdue is overdue
