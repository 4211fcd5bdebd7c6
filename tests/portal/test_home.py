"""The member's home says what to do next."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, ScopeKind
from core import next_steps
from core.next_steps import NextStep, Wing
from portal.actions import forget_past
from portal.models import PutOff
from portal.queries import agenda_of
from portal.views import greeting
from tests.accounts.factories import UserFactory
from tests.practices.factories import ParticipationFactory

pytestmark = pytest.mark.django_db


def step(number, weight=50, **more):
    return NextStep(
        key=f"test.{number}",
        wing=Wing.TRAINING,
        icon="book",
        title=f"Stap {number}",
        text="Omdat het kan.",
        url="/mijn/",
        minutes=5,
        weight=weight,
        **more,
    )


@pytest.fixture
def steps(monkeypatch):
    """Only the steps that a test gives."""
    given = []
    monkeypatch.setattr(next_steps, "_collectors", {"test": lambda user: given})
    return given


def test_the_heaviest_step_is_what_to_do_now(steps):
    steps += [step(1), step(2, weight=90), step(3)]
    agenda = agenda_of(UserFactory.create())
    assert (agenda.now.key, [other.key for other in agenda.others]) == ("test.2", ["test.1", "test.3"])
    assert agenda.minutes == 15


def test_what_is_put_off_comes_back_after_two_days(steps, client):
    steps += [step(1), step(2)]
    user = UserFactory.create()
    client.force_login(user)
    client.post(reverse("portal:later"), {"key": "test.1"})
    assert agenda_of(user).now.key == "test.2"
    with time_machine.travel(timezone.now() + dt.timedelta(days=2), tick=False):
        assert agenda_of(user).now.key == "test.1"


def test_what_somebody_else_put_off_stays_on_ones_own_list(steps, client):
    steps += [step(1)]
    client.force_login(UserFactory.create())
    client.post(reverse("portal:later"), {"key": "test.1"})
    assert agenda_of(UserFactory.create()).now.key == "test.1"


def test_putting_off_twice_is_stored_once(steps, client):
    client.force_login(UserFactory.create())
    for _ in range(2):
        client.post(reverse("portal:later"), {"key": "test.1"})
    assert PutOff.objects.count() == 1


@pytest.mark.parametrize("key", ["", "\x00", "x" * 5000])
def test_an_odd_key_does_no_harm(key, steps, client):
    client.force_login(UserFactory.create())
    assert client.post(reverse("portal:later"), {"key": key}).status_code == 302


def test_what_came_back_is_forgotten():
    PutOff.objects.create(user=UserFactory.create(), key="a", until=timezone.localdate())
    assert forget_past() == 1


def test_nothing_waiting_is_said_kindly(steps, client):
    client.force_login(UserFactory.create(display_name="Noor Haverkamp"))
    page = client.get(reverse("portal:home")).content.decode()
    assert "Noor" in page
    assert "Er wacht niets op je" in page


def test_the_practice_stands_beside_the_steps(client):
    participation = ParticipationFactory.create(letters=12, responses=7, conversations=3)
    user = UserFactory.create(roles=[Role.POH], scope=(ScopeKind.PRACTICE, participation.practice_id))
    client.force_login(user)
    page = client.get(reverse("portal:home")).content.decode()
    assert participation.practice.name in page
    assert "<dd>12</dd>" in page


@pytest.mark.parametrize(
    ("hour", "said"), [(7, "Goedemorgen"), (13, "Goedemiddag"), (19, "Goedenavond"), (2, "Goedenavond")]
)
def test_the_greeting_follows_the_day(hour, said):
    assert greeting(hour) == said


@pytest.mark.parametrize("number", [1, 3])
def test_the_home_costs_the_same_queries_whatever_waits(number, steps, client, django_assert_num_queries):
    steps += [step(n) for n in range(number)]
    client.force_login(UserFactory.create())
    client.get(reverse("portal:home"))
    with django_assert_num_queries(HOME_QUERIES):
        client.get(reverse("portal:home"))


HOME_QUERIES = 5
