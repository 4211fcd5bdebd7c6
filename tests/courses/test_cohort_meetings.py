"""A cohort's page shows the meetings around today; the others are a step away."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.learning.models import Meeting, MeetingKind
from courses.learning.queries.meetings import COMING_SHOWN, PAST_SHOWN
from tests.accounts.factories import UserFactory
from tests.courses.factories import running_cohort

pytestmark = pytest.mark.django_db


def meetings_in(cohort, days):
    now = timezone.now()
    Meeting.objects.bulk_create(
        Meeting(
            cohort=cohort,
            kind=MeetingKind.COACHING,
            title=f"Dag {day}",
            starts_at=now + dt.timedelta(days=day),
            ends_at=now + dt.timedelta(days=day, hours=1),
        )
        for day in days
    )


def titles(answer):
    page = answer.context["meetings"]
    return [meeting.title for meeting in [*page.coming, *page.past]]


def test_what_lies_further_away_is_a_step_further(client):
    cohort = running_cohort()
    meetings_in(cohort, [*range(1, COMING_SHOWN + 3), *range(-PAST_SHOWN - 1, 0)])
    client.force_login(UserFactory.create(trainer=True))
    address = reverse("learning:cohort", args=[cohort.pk])
    first = client.get(address)
    assert titles(first)[0] == "Dag 1"
    assert titles(first)[-1] == "Dag -1"
    assert len(titles(first)) == COMING_SHOWN + PAST_SHOWN
    page = first.context["meetings"]
    later = client.get(address, {"later": page.later})
    assert titles(later) == [f"Dag {COMING_SHOWN + 1}", f"Dag {COMING_SHOWN + 2}"]
    earlier = client.get(address, {"eerder": page.earlier})
    assert titles(earlier) == [f"Dag {-PAST_SHOWN - 1}"]
    assert f'href="{address}#meetings"' in earlier.content.decode()


@pytest.mark.parametrize("key", ["x", "1_", "9" * 40])
def test_a_key_that_makes_no_sense_is_the_beginning(client, key):
    cohort = running_cohort()
    meetings_in(cohort, [1, -1])
    client.force_login(UserFactory.create(trainer=True))
    answer = client.get(reverse("learning:cohort", args=[cohort.pk]), {"later": key})
    assert titles(answer) == ["Dag 1"]
