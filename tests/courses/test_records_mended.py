"""A question that is checked anew corrects what the record store was told: the old statement is void, a new one holds."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.actions.privacy import erase
from courses.learning.models import StatementTurn
from courses.learning.records.telling import tell_all
from courses.learning.tasks.records import tell_record_store
from tests.courses.record_store import AUTH, record_store
from tests.courses.test_regrading import Sitting

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(settings):
    with record_store() as server:
        settings.LRS_URL, settings.LRS_AUTH = server.url, AUTH
        yield server


@pytest.fixture
def sitting():
    return Sitting()


@pytest.fixture
def later():
    """Moves the clock past the time in which what was done has not settled yet."""
    with time_machine.travel(timezone.now(), tick=True) as clock:
        yield lambda: clock.shift(dt.timedelta(minutes=5))


def successes(store, word):
    """Who holds as having succeeded, by statements of this verb, in the order in which they arrived."""
    return [one["result"]["success"] for one in store.holding if one["verb"]["id"].endswith(word)]


def test_what_was_told_is_voided_and_told_anew(store, sitting, later):
    sitting.learner("B")
    later()
    tell_all()
    assert (successes(store, "answered"), successes(store, "passed")) == ([True, True], [True])
    before = {one["id"]: one for one in store.holding}
    sitting.mend("A")
    sitting.regrade()
    tell_all()
    assert sorted(successes(store, "answered")) == [False, True]
    (attempt,) = [one for one in store.holding if one["verb"]["id"].endswith("passed")]
    assert attempt["result"]["score"]["raw"] == 1, "what was passed stays passed; the score is mended"
    assert len(store.voided) == 2
    assert store.voided < set(before)
    new = [one for one in store.holding if one["id"] not in before]
    assert {one["timestamp"] for one in new} <= {one["timestamp"] for one in before.values()}


def test_a_second_run_and_a_lost_answer_mend_nothing_twice(store, sitting, later):
    sitting.learner("B")
    later()
    tell_all()
    sitting.mend("A")
    sitting.regrade()
    store.lose = 1
    for _run in range(3):
        tell_record_store.call()
    holding, requests = len(store.holding), store.requests
    tell_all()
    assert (len(store.holding), store.requests) == (holding, requests)
    assert sorted(successes(store, "answered")) == [False, True]


def test_what_is_mended_again_before_it_was_told_is_told_as_it_is_now(store, sitting, later):
    sitting.learner("B")
    later()
    tell_all()
    for letter in ("A", "B"):
        sitting.mend(letter)
        sitting.regrade()
    tell_all()
    assert successes(store, "answered") == [True, True]
    assert {one.turn for one in StatementTurn.objects.all()} == {3}


def test_what_the_store_did_not_hear_yet_is_told_as_it_is_and_ends_right(store, sitting, later):
    first = sitting.learner("B")
    later()
    tell_all()
    sitting.learner("B")
    sitting.mend("A")
    sitting.regrade()
    tell_all()
    later()
    tell_all()
    assert sorted(successes(store, "answered")) == [False, False, True, True]
    assert not StatementTurn.objects.filter(due=True).exists()
    assert first.closed_at is None


def test_without_a_store_nothing_is_noted(sitting):
    sitting.learner("B")
    sitting.mend("A")
    sitting.regrade()
    assert not StatementTurn.objects.exists()


def test_erasure_takes_the_new_statements_back_as_well(store, sitting, later):
    learner = sitting.learner("B")
    later()
    tell_all()
    sitting.mend("A")
    sitting.regrade()
    tell_all()
    erase(learner.user, by=learner.user)
    tell_all()
    assert store.holding == []


def test_who_is_erased_before_the_mending_was_told_is_not_told_of_anew(store, sitting, later):
    learner = sitting.learner("B")
    later()
    tell_all()
    sitting.mend("A")
    sitting.regrade()
    erase(learner.user, by=learner.user)
    tell_all()
    assert store.holding == []
    assert not StatementTurn.objects.filter(due=True).exists()
