"""Somebody is erased while their answer, attendance or enrolment is being stored: whatever comes first, nothing is left over."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from accounts.actions.privacy import erase
from courses.exercises.scoring import Given
from courses.learning import actions
from courses.learning.errors import NotAllowedError, NotInvitedError
from courses.learning.models import Answer, Attempt, Enrolment, FollowUpPlan, Meeting, MeetingKind, Seat
from courses.learning.queries import outline_of
from tests.accounts.factories import UserFactory
from tests.courses.certified import chosen_key
from tests.courses.factories import in_cohort, make_edition, make_small_course, planned, running_cohort
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 6
REFUSED = (NotAllowedError, NotInvitedError, actions.AttemptOverError)


def test_nothing_of_somebody_who_is_erased_meanwhile_is_left():
    cohort, other = running_cohort(), make_small_course("ander")
    make_edition(other)
    trainer = UserFactory.create(trainer=True)
    for _number in range(ROUNDS):
        enrolment = in_cohort(cohort)
        user = enrolment.user
        day = planned(cohort, dt.timedelta(minutes=5), kind=MeetingKind.TRAINING_DAY, capacity=9)
        seat = Seat.objects.get(meeting=day, enrolment=enrolment)
        actions.answer(seat, coming=True, by=user)
        outline = outline_of(enrolment)
        question = outline.exercises_of(outline.lessons[0])[0]
        given = Given((chosen_key(question, "B"),))

        def reply(enrolment=enrolment, question=question, given=given, user=user):
            place = actions.answer_in(enrolment, question, question, number=1, by=user)
            actions.check_answer(place, given, by=user)

        acts = [
            lambda user=user: erase(user, by=trainer),
            reply,
            lambda day=day, user=user: actions.note_by_code(day, by=user),
            lambda day=day, seat=seat: actions.note_by_list(day, present={seat.pk}, shown=set(), by=trainer),
            lambda user=user: actions.enrol(other, by=user),
        ]
        failed = [answer for answer in together(acts) if isinstance(answer, Exception)]
        # a refusal says that the person was gone already, as it should
        assert [error for error in failed if not isinstance(error, REFUSED)] == []
        user.refresh_from_db()
        assert user.erased_at
        assert Meeting.objects.get(pk=day.pk).taken == 0
    for model in (Enrolment, Attempt, Answer, Seat, FollowUpPlan):
        assert not model.objects.exists(), model
    connection.check_constraints()
