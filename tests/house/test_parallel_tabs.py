"""Tabs that send at the same moment, each in a thread and connection of its own: one attempt, and nothing covered unseen."""

from __future__ import annotations

import itertools
import uuid

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from core.browsers import owner_word
from courses.catalogue.queries import pinned_lesson, question_spec
from courses.learning.models import Answer, Attempt, Reflection
from courses.learning.queries import outline_of
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_enrolment
from tests.house.test_double_submit import PRESSES, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def enrolment():
    return make_enrolment(UserFactory.create(poh=True))


@pytest.fixture
def question(enrolment):
    outline = outline_of(enrolment)
    return outline.exercises_of(outline.lessons[0])[0]


def tabs(enrolment, address, *sent):
    """Send these at once, one from each tab; return how each was answered, sorted."""
    client = Client()
    client.force_login(enrolment.user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    waiting = itertools.cycle(sent)

    def send():
        own = Client()
        own.cookies[settings.SESSION_COOKIE_NAME] = session
        return own.post(address, next(waiting)).json()["outcome"]

    return sorted(map(str, at_once(send)))


def change(enrolment, **fields):
    return {
        "number": "1",
        "change": str(uuid.uuid4()),
        "writer": str(uuid.uuid4()),
        "sequence": 1,
        "base": 0,
        "owner": owner_word(enrolment.user.pk),
        **fields,
    }


def test_the_same_change_sent_five_times_at_once_is_stored_once(enrolment, question):
    address = reverse("learning:keep_answer", args=[enrolment.pk, question.id, question.id])
    chosen = question_spec(question).options[0].key
    assert tabs(enrolment, address, change(enrolment, option=chosen)) == ["saved"] * PRESSES
    stored = Answer.objects.get()
    assert (stored.chosen, stored.version) == ([chosen], 1)
    assert Attempt.objects.count() == 1


def test_tabs_that_answer_differently_at_once_make_one_attempt_and_the_first_stands(enrolment, question):
    address = reverse("learning:keep_answer", args=[enrolment.pk, question.id, question.id])
    keys = [option.key for option in question_spec(question).options]
    sent = [change(enrolment, option=keys[number % 3]) for number in range(PRESSES)]
    assert tabs(enrolment, address, *sent) == ["overtaken"] * (PRESSES - 1) + ["saved"]
    stored = Answer.objects.get()
    assert stored.version == 1
    assert str(stored.change) in {one["change"] for one in sent}
    assert Attempt.objects.count() == 1


def test_tabs_that_write_a_thought_at_once_make_one_and_the_first_stands(enrolment):
    outline = outline_of(enrolment)
    parts = pinned_lesson(outline, outline.lessons[0]).parts
    block = next(part.block_id for part in parts if part.kind == "reflection")
    address = reverse("learning:keep_reflection", args=[enrolment.pk, outline.lessons[0].id, block])
    sent = [change(enrolment, text=f"Gedachte {number}.") for number in range(PRESSES)]
    assert tabs(enrolment, address, *sent) == ["overtaken"] * (PRESSES - 1) + ["saved"]
    assert Reflection.objects.get().version == 1
