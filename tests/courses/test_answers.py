"""Answers are saved on change, fixed once checked, and stored once however often they are sent."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from courses.catalogue.queries import question_spec
from courses.exercises.scoring import AnswerRefusedError
from courses.learning.actions import AttemptOverError, NotAllowedError, save_answer, start_again
from courses.learning.models import Answer, Attempt
from tests.accounts.factories import UserFactory


def option(item, text):
    return next(found.key for found in question_spec(item).options if found.text == text)


def answer(enrolment, exercise, question, text, *, number=1, check=True, by=None):
    return save_answer(
        enrolment,
        exercise,
        question,
        number=number,
        chosen=[option(question, text)],
        check=check,
        by=by or enrolment.user,
    )


def test_what_somebody_chooses_is_kept_and_may_change_until_it_is_checked(enrolment, question):
    answer(enrolment, question, question, "A", check=False)
    kept = answer(enrolment, question, question, "B", check=False)
    assert (kept.chosen, kept.outcome, kept.checked_at) == ([option(question, "B")], "", None)
    assert Answer.objects.count() == 1


def test_a_checked_answer_stays_what_it_was(enrolment, quiz, outline):
    first = outline.questions_of(quiz)[0]
    answer(enrolment, quiz, first, "A")
    again = answer(enrolment, quiz, first, "B")
    assert (again.chosen, again.outcome) == ([option(first, "A")], "wrong")


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
    with pytest.raises(AnswerRefusedError):
        save_answer(
            enrolment,
            question,
            question,
            number=1,
            chosen=[option(other, "B")],
            check=True,
            by=enrolment.user,
        )
    assert not Answer.objects.exists()


def test_nobody_answers_in_somebody_elses_enrolment(enrolment, question):
    with pytest.raises(NotAllowedError):
        answer(enrolment, question, question, "B", by=UserFactory.create(poh=True))


def test_the_database_itself_refuses_a_second_open_attempt(enrolment, question):
    Attempt.objects.create(enrolment=enrolment, item_id=question.id, number=1, total=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(enrolment=enrolment, item_id=question.id, number=2, total=1)


def test_an_answer_is_saved_in_few_queries(enrolment, quiz, outline, django_assert_max_num_queries):
    first = outline.questions_of(quiz)[0]
    answer(enrolment, quiz, first, "A", check=False)
    with django_assert_max_num_queries(9):
        answer(enrolment, quiz, first, "B", check=False)
