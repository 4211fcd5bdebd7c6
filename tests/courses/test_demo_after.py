"""The demo's half year loads whole, through the gate, and only once."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from accounts.models import User
from core.demo import DemoReport
from courses.learning import demo_after, queries
from courses.learning.models import (
    CoachingMoment,
    JournalEntry,
    JournalShare,
    Meeting,
    MeetingKind,
    PracticeSample,
    SampleMessage,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    call_command("demo", verbosity=0)


def test_a_newcomer_finds_the_half_year_filled_and_a_second_load_adds_nothing(demo, client_for):
    nurse, trainer = (User.objects.get(email=f"{name}@demo.test") for name in ("poh", "trainer"))
    (plan,) = queries.plan_views(queries.plans_of(nurse))
    states = [step.state for step in plan.steps if step.moment]
    assert states[:2] == ["done", "late"]
    desk = queries.coaching_desk(trainer)
    assert desk.late_total >= 2
    assert len(desk.planned) == 2
    assert queries.recall_stand(nurse).now == 5
    spoken = SampleMessage.objects.exclude(sound="").get()
    assert 20 < spoken.seconds < 40
    assert "computerstem" in spoken.text
    assert JournalEntry.objects.filter(writer=nurse).count() == 4
    assert JournalShare.objects.get().text
    assert {step.key.split(".")[1] for step in queries.steps_after_the_day(nurse)} >= {
        "feedback",
        "coaching",
        "recall",
    }
    counts = [model.objects.count() for model in (CoachingMoment, PracticeSample, JournalEntry, Meeting)]
    report = DemoReport()
    demo_after.load(report)
    assert report.made == []
    assert counts == [
        model.objects.count() for model in (CoachingMoment, PracticeSample, JournalEntry, Meeting)
    ]
    assert Meeting.objects.filter(kind=MeetingKind.COACHING).count() == 2
