"""Makes courses that give a certificate, and learners who earned (a part of) it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import User
from courses.catalogue.models import CoursePage
from courses.catalogue.queries import question_spec
from courses.exercises.scoring import Given
from courses.learning.actions import answer_in, check_answer, finish_lesson
from courses.learning.models import (
    CoachingMoment,
    Cohort,
    Enrolment,
    Meeting,
    MeetingKind,
    PracticeSample,
    SampleKind,
    SampleMessage,
    Seat,
)
from courses.learning.queries import outline_of
from tests.courses.factories import make_edition, make_enrolment, make_small_course

RULES = {
    "certificate_given": True,
    "certificate_hours": "26.0",
    "certificate_lessons": True,
    "certificate_training_day": True,
    "certificate_coachings": 3,
    "certificate_quizzes": True,
    "certificate_pass_mark": 50,
}


def make_certified_course(slug: str = "cursus", **rules: Any) -> CoursePage:
    """The small course with these rules, published and issued."""
    course = make_small_course(slug)
    set_rules(course, **{**RULES, **rules})
    return course


def set_rules(course: CoursePage, **rules: Any) -> None:
    """Change the rules as an editor does: save, publish, a new edition."""
    for name, value in rules.items():
        setattr(course, name, value)
    course.save_revision(clean=False).publish()
    make_edition(course)


def make_cohort(course: CoursePage, name: str = "Groep", **facts: Any) -> Cohort:
    today = timezone.localdate()
    dates = {"starts_on": today - dt.timedelta(days=60), "ends_on": today + dt.timedelta(days=200)}
    return Cohort.objects.create(course=course, name=name, **{**dates, **facts})


def make_training_day(cohort: Cohort, *, days_ago: int = 10, **facts: Any) -> Meeting:
    starts = timezone.now() - dt.timedelta(days=days_ago)
    given = {"kind": MeetingKind.TRAINING_DAY, "title": "Trainingsdag", **facts}
    return Meeting.objects.create(
        cohort=cohort, starts_at=starts, ends_at=starts + dt.timedelta(hours=7), **given
    )


def attend(enrolment: Enrolment, meeting: Meeting) -> Seat:
    return Seat.objects.create(
        enrolment=enrolment, meeting=meeting, attended_at=meeting.starts_at, attended_by="list"
    )


def hold_coachings(enrolment: Enrolment, count: int, *, first: int = 1) -> None:
    today = timezone.localdate()
    for number in range(first, first + count):
        CoachingMoment.objects.create(
            enrolment=enrolment, number=number, due_on=today, held_at=timezone.now()
        )


def give_samples(enrolment: Enrolment, count: int, *, looked_at: bool = True) -> None:
    """Let somebody hand in practice samples, and a trainer say something on each of them, twice."""
    for number in range(count):
        sample = PracticeSample.objects.create(
            enrolment=enrolment, kind=SampleKind.SIMULATION, title=f"Gesprek {number}", text="Nagespeeld."
        )
        for by_trainer in (True, True, False) if looked_at else (False,):
            SampleMessage.objects.create(sample=sample, by_trainer=by_trainer, text="Wat hoorde je?")


def do_all_lessons(enrolment: Enrolment, *, letter: str = "B") -> None:
    """Answer every question with option B (the right one) or another, and finish every lesson."""
    outline, by = outline_of(enrolment), enrolment.user
    for lesson in outline.lessons:
        for exercise in outline.exercises_of(lesson):
            answer_all(enrolment, exercise, letter=letter)
        finish_lesson(enrolment, lesson, by=by)
    enrolment.refresh_from_db()


def answer_all(enrolment: Enrolment, exercise: Any, *, letter: str = "B", number: int = 1) -> None:
    outline = outline_of(enrolment)
    for question in outline.questions_of(exercise):
        place = answer_in(enrolment, exercise, question, number=number, by=enrolment.user)
        check_answer(place, Given((chosen_key(question, letter),)), by=enrolment.user)


def chosen_key(question: Any, letter: str) -> str:
    return next(option.key for option in question_spec(question).options if option.text == letter)


def make_earner(user: User, course: CoursePage | None = None, **cohort_facts: Any) -> Enrolment:
    """Somebody who did everything that `RULES` ask, in a cohort of their own."""
    course = course or make_certified_course()
    enrolment = make_enrolment(user, course)
    cohort = make_cohort(course, name=f"Groep {enrolment.pk}", **cohort_facts)
    Enrolment.objects.filter(pk=enrolment.pk).update(cohort=cohort)
    enrolment.refresh_from_db()
    attend(enrolment, make_training_day(cohort))
    hold_coachings(enrolment, 3)
    do_all_lessons(enrolment)
    return enrolment
