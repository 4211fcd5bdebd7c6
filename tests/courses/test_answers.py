"""Answers are saved on change, fixed once checked, and stored once however often they are sent."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from courses.catalogue.queries import question_spec
from courses.exercises.scoring import AnswerRefusedError, Given
from courses.learning.actions import (
    AttemptOverError,
    NotAllowedError,
    answer_in,
    check_answer,
    save_answer,
    start_again,
)
from courses.learning.models import Answer, Attempt
from tests.accounts.factories import UserFactory


def option(item, text):
    return next(found.key for found in question_spec(item).options if found.text == text)


def give(enrolment, exercise, question, given, *, number=1, check=True, by=None, **more):
    """Send something as a browser does: to the place of the answer, to be kept or to be checked."""
    person = by or enrolment.user
    place = answer_in(enrolment, exercise, question, number=number, by=person)
    return (check_answer if check else save_answer)(place, given, by=person, **more)


def answer(enrolment, exercise, question, text, **more):
    return give(enrolment, exercise, question, Given((option(question, text),)), **more)


def test_what_somebody_chooses_is_kept_and_may_change_until_it_is_checked(enrolment, question):
    answer(enrolment, question, question, "A", check=False)
    kept = answer(enrolment, question, question, "B", check=False)
    assert (kept.chosen, kept.outcome, kept.checked_at) == ([option(question, "B")], "", None)
    assert Answer.objects.count() == 1


def test_a_checked_answer_stays_what_it_was(enrolment, quiz, outline):
    first = outline.questions_of(quiz)[0]
    answer(enrolment, quiz, first, "A")
    again = answer(enrolment, quiz, first, "A")
    assert (again.chosen, again.outcome) == ([option(first, "A")], "wrong")


@pytest.mark.parametrize("check", [True, False])
def test_another_answer_after_checking_is_refused_and_changes_nothing(check, enrolment, quiz, outline):
    first = outline.questions_of(quiz)[0]
    answer(enrolment, quiz, first, "A")
    with pytest.raises(AttemptOverError):
        answer(enrolment, quiz, first, "B", check=check)
    stored = Answer.objects.get(item_id=first.id)
    assert (stored.chosen, stored.outcome) == ([option(first, "A")], "wrong")


def test_the_last_checked_question_hands_the_quiz_in_with_its_score(enrolment, quiz, outline):
    first, second = outline.questions_of(quiz)
    answer(enrolment, quiz, first, "B")
    assert Attempt.objects.get().handed_in_at is None
    answer(enrolment, quiz, second, "C")
    attempt = Attempt.objects.get()
    assert attempt.handed_in_at is not None
    assert (attempt.right, attempt.total) == (1, 2)


def test_after_handing_in_nothing_of_that_attempt_changes(enrolment, question):
    answer(enrolment, question, question, "A")
    with pytest.raises(AttemptOverError):
        answer(enrolment, question, question, "B")
    assert Answer.objects.get().outcome == "wrong"


@pytest.mark.parametrize("number", [0, 2, 99])
def test_an_attempt_number_that_nobody_gave_out_is_refused(enrolment, question, number):
    with pytest.raises(AttemptOverError):
        answer(enrolment, question, question, "B", number=number)
    assert not Attempt.objects.exists()


def test_starting_again_makes_one_new_attempt_however_often_it_is_pressed(enrolment, question):
    answer(enrolment, question, question, "A")
    numbers = {start_again(enrolment, question, by=enrolment.user).number for _press in range(3)}
    assert numbers == {2}
    assert answer(enrolment, question, question, "B", number=2).outcome == "right"
    assert list(Attempt.objects.order_by("number").values_list("right", flat=True)) == [0, 1]


def test_an_option_of_another_question_is_refused(enrolment, question, quiz, outline):
    other = outline.questions_of(quiz)[0]
    place = answer_in(enrolment, question, question, number=1, by=enrolment.user)
    with pytest.raises(AnswerRefusedError):
        check_answer(place, Given((option(other, "B"),)), by=enrolment.user)
    assert Answer.objects.get().given.empty


def test_nobody_answers_in_somebody_elses_enrolment(enrolment, question):
    with pytest.raises(NotAllowedError):
        answer(enrolment, question, question, "B", by=UserFactory.create(poh=True))


def test_the_database_itself_refuses_a_second_open_attempt(enrolment, question):
    Attempt.objects.create(enrolment=enrolment, item_id=question.id, number=1, total=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(enrolment=enrolment, item_id=question.id, number=2, total=1)
