"""What tests of training start from."""

from __future__ import annotations

import pytest

from config.settings import base
from courses.learning import actions
from courses.learning.models import CoachingMoment, Enrolment
from courses.learning.queries import outline_of
from tests.accounts.factories import UserFactory
from tests.core.letterbox import letterbox_of
from tests.courses.coached import DAY
from tests.courses.factories import make_enrolment, was_at_training_day


@pytest.fixture
def enrolment(db: None) -> Enrolment:
    """A POH at the start of a small course: a lesson with a question, a quiz of two and a reflection, and two more."""
    return make_enrolment(UserFactory.create(poh=True))


@pytest.fixture
def outline(enrolment):
    return outline_of(enrolment)


@pytest.fixture
def lesson(outline):
    return outline.lessons[0]


@pytest.fixture
def question(outline, lesson):
    """The question that stands on its own in the first lesson."""
    return outline.exercises_of(lesson)[0]


@pytest.fixture
def quiz(outline, lesson):
    return outline.exercises_of(lesson)[1]


@pytest.fixture
def learner(enrolment):
    """Noor, who was at the training day and has her plan."""
    enrolment.user.display_name = "Noor Haverkamp"
    enrolment.user.save()
    was_at_training_day(enrolment, DAY)
    actions.make_plan(enrolment, by=None)
    return enrolment.user


@pytest.fixture
def first(learner):
    """Noor's first coaching moment."""
    return CoachingMoment.objects.get(number=1)


@pytest.fixture
def trainer(db):
    return UserFactory.create(trainer=True)


@pytest.fixture
def our_mailers(settings):
    """Django's test runner puts a mailer of its own in place; here ours is what is tested."""
    settings.MAILERS = {**base.MAILERS}


@pytest.fixture
def letterbox(settings, worker_id):
    """A real SMTP server on loopback, and settings that deliver to it."""
    with letterbox_of(settings, worker_id) as box:
        yield box
