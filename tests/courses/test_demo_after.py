"""The demo's half year loads whole, through the gate, and only once."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from accounts.models import User
from courses.learning import queries
from courses.learning.models import (
    Accreditation,
    Certificate,
    CoachingMoment,
    JournalEntry,
    JournalShare,
    Meeting,
    MeetingKind,
    PracticeSample,
    Register,
    SampleMessage,
)
from courses.learning.queries.certificates import certificate_views

COUNTED = (CoachingMoment, PracticeSample, JournalEntry, Meeting, Certificate)
pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    call_command("demo", verbosity=0)


def test_a_newcomer_finds_the_half_year_filled_and_a_second_load_adds_nothing(demo):
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
    counts = [model.objects.count() for model in COUNTED]
    call_command("demo", verbosity=0)
    assert counts == [model.objects.count() for model in COUNTED]
    assert Meeting.objects.filter(kind=MeetingKind.COACHING).count() == 2
    promises_nothing()
    earned_like_any_other()


def promises_nothing():
    """The demo's registers stand there without an accreditation that nobody gave."""
    names = set(Register.objects.values_list("name", flat=True))
    assert names == {"NVvPO", "LV POH-GGZ / ANPG", "V&VN", "GAIA"}
    assert not Accreditation.objects.exclude(granted_on=None, points=None, accreditation_id="").exists()


def earned_like_any_other():
    """The demo's one certificate meets every condition."""
    certificate = Certificate.objects.get()
    assert certificate.holder_name == "Fenna Oosterveer"
    criteria = [
        criterion for view in certificate_views(certificate.enrolment.user) for criterion in view.criteria
    ]
    assert criteria
    assert all(criterion.met for criterion in criteria)
