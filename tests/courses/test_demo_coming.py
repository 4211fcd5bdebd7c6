"""The demo's cohort that begins: seats, a waiting list, a code in the room and an invitation that waits."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import Invitation
from core.demo import DemoReport
from courses.learning import demo_coming, queries, room_code
from courses.learning.models import Cohort, Meeting, SeatState
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_edition, make_small_course

pytestmark = pytest.mark.django_db


def test_a_newcomer_finds_seats_a_waiting_list_and_a_code_that_works_now(client_for):
    make_edition(make_small_course("motiverend-aan-de-slag"))
    trainer = UserFactory.create(trainer=True, email="trainer@demo.test")
    nurse = UserFactory.create(poh=True, email="poh5@demo.test")
    demo_coming.load(DemoReport())
    cohort = Cohort.objects.get(name="Nieuwe groep")
    today, day = Meeting.objects.filter(cohort=cohort).order_by("starts_at")
    assert day.starts_at > timezone.now()
    assert (day.taken, day.capacity, day.is_full) == (3, 3, True)
    states = sorted(day.seats.values_list("state", flat=True))
    assert states == sorted(
        [SeatState.GOING] * 3 + [SeatState.WAITING, SeatState.DECLINED, SeatState.INVITED]
    )
    assert room_code.is_open(today, timezone.now())
    assert today.seats.exclude(attended_at=None).get().enrolment.user.display_name == "Hanneke Vroom"
    assert Invitation.objects.get(email="sjoerd@voorbeeld.test").is_open()
    assert (
        "3 van 3 plaatsen, 1 op de wachtlijst"
        in client_for(trainer).get(f"/begeleiding/cohorten/{cohort.pk}/").text
    )
    assert [seat.meeting for seat in queries.coming_seats(nurse)] == [today, day]
    again = DemoReport()
    demo_coming.load(again)
    assert again.made == []
    assert Meeting.objects.filter(cohort=cohort).count() == 2
