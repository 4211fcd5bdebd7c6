"""Lets the demo's members follow the demo's training, through the same actions that people use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.demo import DemoReport
from courses.catalogue.demo_bank import stable_id
from courses.catalogue.models import CoursePage
from courses.catalogue.queries import Item, Outline, question_spec
from courses.exercises.scoring import Given
from courses.learning import actions
from courses.learning.models import Cohort, Enrolment
from courses.learning.queries import outline_of

SOURCE = Path("demo") / "learning" / "learners.yaml"


def load(report: DemoReport) -> None:
    """Enrol who does not follow the course yet; who does is left where they are."""
    given = yaml.safe_load((settings.BASE_DIR / SOURCE).read_text(encoding="utf-8"))
    for learner in given["learners"]:
        user = User.objects.filter(email=learner["who"]).first()
        course = CoursePage.objects.filter(
            slug=given["course"], locale__language_code=learner.get("language", "nl")
        ).first()
        if user is None or course is None or Enrolment.objects.filter(user=user, course=course).exists():
            continue
        _follow(user, course, learner)
        report.made.append(f"{learner['who']} in {course.title}")


def first_questions(enrolment: Enrolment, outline: Outline, exercise: Item) -> tuple[Item, ...]:
    """Return the questions of somebody's first attempt, which is begun when there is none: a quiz may draw from its pool."""
    attempt = actions.begin(enrolment, exercise, by=enrolment.user, number=1)
    drawn = set(attempt.answers.values_list("item_id", flat=True))
    return tuple(question for question in outline.questions_of(exercise) if question.id in drawn)


@transaction.atomic
def _follow(user: User, course: CoursePage, learner: dict[str, Any]) -> None:
    enrolment = actions.enrol(course, by=user)
    outline = outline_of(enrolment)
    done = {_lesson(outline, name) for name in learner["done"]}
    at = _lesson(outline, learner["at"])
    for lesson in outline.lessons:
        if lesson in done or lesson == at:
            actions.open_lesson(enrolment, lesson, opened=False, at_lesson=False, by=user)
            _answer(enrolment, outline, lesson, learner["answers"], user)
        if lesson in done:
            actions.finish_lesson(enrolment, lesson, by=user)
    _put_back(enrolment, learner["quiet_days"])


def _lesson(outline: Outline, name: str) -> Item:
    """Return the lesson of this name, `module/lesson`, or `lesson` alone for the first that is called so."""
    module, _slash, slug = name.rpartition("/")
    for lesson in outline.lessons:
        if lesson.slug == slug and module in {"", outline.module_of(lesson).slug}:
            return lesson
    message = f"No lesson is called {name}"
    raise LookupError(message)


def _answer(
    enrolment: Enrolment, outline: Outline, lesson: Item, answers: dict[str, str], user: User
) -> None:
    for exercise in outline.exercises_of(lesson):
        for question in outline.questions_of(exercise):
            for name, letters in answers.items():
                chosen = [str(stable_id("option", name, letter)) for letter in letters]
                if set(chosen) <= question_spec(question).keys:
                    place = actions.answer_in(enrolment, exercise, question, number=1, by=user)
                    actions.check_answer(place, Given(tuple(chosen)), by=user)


def _put_back(enrolment: Enrolment, days: int) -> None:
    """Let the last activity lie some days ago, so that the trainer's list has something to show."""
    then = timezone.now() - dt.timedelta(days=days)
    Enrolment.objects.filter(pk=enrolment.pk).update(
        last_active_at=then, started_at=then - dt.timedelta(days=10)
    )


type Loading = Callable[[dict[str, Any], CoursePage, User], None]


def load_cohort(given: dict[str, Any], loading: Loading, report: DemoReport) -> None:
    """Load a cohort of the demo with its course and trainer, unless it is there already or its course is not yet."""
    course = CoursePage.objects.filter(slug=given["course"], locale__language_code="nl").first()
    trainer = User.objects.filter(email=given["trainer"]).first()
    if course is None or trainer is None or not course.editions.exists():
        return
    name = given["cohort"]["name"]
    if not Cohort.objects.filter(course=course, name=name).exists():
        loading(given, course, trainer)
        report.made.append(f"cohort {name}")
