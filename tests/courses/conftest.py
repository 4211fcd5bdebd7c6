"""What tests of training start from."""

from __future__ import annotations

import pytest

from config.settings import base
from courses.learning.models import Enrolment
from courses.learning.queries import outline_of
from tests.accounts.factories import UserFactory
from tests.core.letterbox import letterbox_of
from tests.courses.factories import make_enrolment


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
def our_mailers(settings):
    """Django's test runner puts a mailer of its own in place; here ours is what is tested."""
    settings.MAILERS = {**base.MAILERS}


@pytest.fixture
def letterbox(settings, worker_id):
    """A real SMTP server on loopback, and settings that deliver to it."""
    with letterbox_of(settings, worker_id) as box:
        yield box
