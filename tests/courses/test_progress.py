"""Where somebody is: kept as counters, resumed at the exact item, offered as the next step."""

from __future__ import annotations

import pytest

from courses.learning.actions import finish_lesson, open_lesson, save_reflection
from courses.learning.models import Reflection
from courses.learning.queries import next_steps, position_of, progress_for
from patientdata.kinds import PatientDataFound
from tests.accounts.factories import UserFactory
from tests.courses.factories import make_enrolment, make_small_course
from tests.courses.test_answers import answer


def answer_all(enrolment, outline, lesson):
    for exercise in outline.exercises_of(lesson):
        for question in outline.questions_of(exercise):
            answer(enrolment, exercise, question, "B")


def counters(enrolment):
    enrolment.refresh_from_db()
    return enrolment.lessons_done, enrolment.modules_done, enrolment.minutes_left


def test_a_lesson_is_done_once_all_its_questions_are_checked(enrolment, outline, lesson):
    assert finish_lesson(enrolment, lesson, by=enrolment.user) == 3
    assert counters(enrolment) == (0, 0, 30)
    answer_all(enrolment, outline, lesson)
    assert finish_lesson(enrolment, lesson, by=enrolment.user) == 0
    assert counters(enrolment) == (1, 0, 20)


def test_finishing_a_lesson_twice_counts_once(enrolment, outline):
    for _press in range(2):
        finish_lesson(enrolment, outline.lessons[1], by=enrolment.user)
    assert counters(enrolment) == (1, 0, 20)


def test_the_last_lesson_finishes_module_and_course(enrolment, outline, lesson):
    answer_all(enrolment, outline, lesson)
    for each in outline.lessons:
        finish_lesson(enrolment, each, by=enrolment.user)
    assert counters(enrolment) == (3, 1, 0)
    assert enrolment.finished_at is not None
    assert next_steps(enrolment.user) == []


def test_going_on_leads_to_the_exact_question(enrolment, outline, lesson, quiz):
    second = outline.questions_of(quiz)[1]
    answer(enrolment, quiz, second, "A", check=False)
    enrolment.refresh_from_db()
    assert position_of(enrolment, outline) == (lesson, f"vraag-{second.id}")


def test_going_on_leads_to_the_reflection_that_somebody_was_writing(enrolment, outline, lesson):
    save_reflection(enrolment, lesson, "blok", text="Rustig aan.", confirmed=False, by=enrolment.user)
    assert position_of(enrolment, outline) == (lesson, "blok-blok")


def test_after_a_lesson_going_on_leads_to_the_next(enrolment, outline):
    finish_lesson(enrolment, outline.lessons[1], by=enrolment.user)
    assert position_of(enrolment, outline) == (outline.lessons[2], "")


def test_opening_a_lesson_that_is_known_and_recent_writes_nothing(
    enrolment, lesson, django_assert_num_queries
):
    open_lesson(enrolment, lesson, opened=False, at_lesson=False, by=enrolment.user)
    with django_assert_num_queries(0):
        open_lesson(enrolment, lesson, opened=True, at_lesson=True, by=enrolment.user)


def test_the_next_step_names_the_lesson_its_minutes_and_why(enrolment, lesson):
    (step,) = next_steps(enrolment.user)
    assert (lesson.title in step.title, step.minutes, str(step.wing)) == (True, 10, "training")
    assert step.url == f"/training/verder/{enrolment.pk}/"


@pytest.mark.django_db
def test_who_follows_nothing_is_offered_a_course_and_a_stranger_to_training_is_not():
    course = make_small_course()
    make_enrolment(UserFactory.create(poh=True), course)
    (step,) = next_steps(UserFactory.create(poh=True))
    assert course.title in step.title
    assert next_steps(UserFactory.create(researcher=True)) == []


def test_progress_for_the_stairs(enrolment, outline):
    finish_lesson(enrolment, outline.lessons[1], by=enrolment.user)
    (progress,) = progress_for(enrolment.user)
    assert (progress.done, progress.total, progress.minutes_left) == (1, 3, 20)


@pytest.mark.parametrize("courses", [1, 3])
def test_next_steps_and_progress_cost_the_same_however_many_courses(courses, django_assert_num_queries, db):
    person = UserFactory.create(poh=True)
    for number in range(courses):
        make_enrolment(person, make_small_course(f"cursus-{number}"))
    next_steps(person)
    with django_assert_num_queries(2):
        assert len(next_steps(person)) == courses
        assert len(progress_for(person)) == courses


def test_a_reflection_that_may_identify_a_patient_is_not_stored(enrolment, lesson):
    with pytest.raises(PatientDataFound):
        save_reflection(
            enrolment, lesson, "blok", text="Bel 06-12345678 terug", confirmed=True, by=enrolment.user
        )
    assert not Reflection.objects.exists()
