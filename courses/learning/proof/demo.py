"""Registers for the demo, and one learner who did the whole course and has its certificate."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.demo import DemoReport
from courses.catalogue.models import CoursePage
from courses.catalogue.queries import Item, question_spec
from courses.exercises.scoring import Given, Kind
from courses.exercises.showing import key_of
from courses.learning import actions
from courses.learning.actions.certificates import issue_if_earned
from courses.learning.actions.cohorts import CohortFacts, make_cohort
from courses.learning.actions.enrolling import place
from courses.learning.actions.meetings import MeetingFacts, plan_meeting
from courses.learning.demo import first_questions
from courses.learning.models import (
    Accreditation,
    Cohort,
    Enrolment,
    Meeting,
    MeetingKind,
    PracticeSample,
    Register,
    SampleKind,
    SampleMessage,
)
from courses.learning.queries import outline_of

SOURCE = Path("demo") / "learning" / "proof.yaml"
HALF_A_YEAR = 183
A_DAY_LASTS = dt.timedelta(hours=7)


def load(report: DemoReport) -> None:
    """Add the registers that are missing and the learner who is certified; what is there is left as it is."""
    given = yaml.safe_load((settings.BASE_DIR / SOURCE).read_text(encoding="utf-8"))
    for facts in given["registers"]:
        _register, made = Register.objects.get_or_create(name=facts["name"], defaults=facts)
        if made:
            report.made.append(f"register {facts['name']}")
    course = CoursePage.objects.filter(slug=given["course"], locale__language_code="nl").first()
    if course is None or not course.editions.exists():
        return
    for facts in given["accreditations"]:
        _ask(course, facts)
    user = User.objects.filter(email=given["certified"]["who"]).first()
    if user is not None and not Enrolment.objects.filter(user=user, course=course).exists():
        _certify(user, course, given["certified"])
        report.made.append(f"{user.email} finished {course.title}")


def _ask(course: CoursePage, facts: dict[str, Any]) -> None:
    identity = {
        "register": Register.objects.get(name=facts["register"]),
        "course": course,
        "counts_for": facts["counts_for"],
        "category": facts.get("category", ""),
    }
    if not Accreditation.objects.filter(**identity).exists():
        Accreditation.objects.create(**identity, valid_from=timezone.localdate() - dt.timedelta(days=365))


@transaction.atomic
def _certify(user: User, course: CoursePage, facts: dict[str, Any]) -> None:
    """Let somebody go the whole way, each step by the action that people use."""
    enrolment = place(_cohort(course, facts), user, by=None)
    _attend(enrolment, facts["training_day"])
    _do_the_lessons(enrolment, reply=facts["reply"])
    _hold_the_coachings(enrolment, facts)
    _have_samples_looked_at(enrolment, facts)
    then = timezone.now() - dt.timedelta(days=facts["began_days_ago"])
    Enrolment.objects.filter(pk=enrolment.pk).update(started_at=then)
    enrolment.refresh_from_db()
    issue_if_earned(enrolment)


def _cohort(course: CoursePage, facts: dict[str, Any]) -> Cohort:
    starts_on = timezone.localdate() - dt.timedelta(days=facts["began_days_ago"])
    found = Cohort.objects.filter(course=course, name=facts["cohort"]).first()
    ends_on = starts_on + dt.timedelta(days=facts["began_days_ago"] + HALF_A_YEAR)
    return found or make_cohort(CohortFacts(course, facts["cohort"], starts_on, ends_on), by=None)


def _attend(enrolment: Enrolment, facts: dict[str, Any]) -> None:
    meeting = _training_day(enrolment, facts)
    seat = meeting.seats.get_or_create(enrolment=enrolment)[0]
    actions.note_by_list(meeting, present={seat.pk}, shown=set(), by=None)
    enrolment.refresh_from_db()


def _training_day(enrolment: Enrolment, facts: dict[str, Any]) -> Meeting:
    cohort = enrolment.cohort
    found = Meeting.objects.filter(cohort=cohort, title=facts["title"]).first()
    if found is not None or cohort is None:
        return found or Meeting()
    noon = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
    starts_at = noon - dt.timedelta(days=facts["days_ago"])
    day = MeetingFacts(
        kind=MeetingKind.TRAINING_DAY,
        title=facts["title"],
        starts_at=starts_at,
        ends_at=starts_at + A_DAY_LASTS,
        place=facts["place"],
    )
    return plan_meeting(cohort, day, by=None)


def _do_the_lessons(enrolment: Enrolment, *, reply: str) -> None:
    outline, user = outline_of(enrolment), enrolment.user
    for lesson in outline.lessons:
        actions.open_lesson(enrolment, lesson, opened=False, at_lesson=False, by=user)
        for exercise in outline.exercises_of(lesson):
            _answer(enrolment, exercise, first_questions(enrolment, outline, exercise), reply=reply)
        actions.finish_lesson(enrolment, lesson, by=user)


def _answer(enrolment: Enrolment, exercise: Item, questions: tuple[Item, ...], *, reply: str) -> None:
    for question in questions:
        spec = question_spec(question)
        given = Given(text=reply) if spec.kind is Kind.OPEN else key_of(spec)
        answer = actions.answer_in(enrolment, exercise, question, number=1, by=enrolment.user)
        actions.check_answer(answer, given, by=enrolment.user)


def _hold_the_coachings(enrolment: Enrolment, facts: dict[str, Any]) -> None:
    trainer = User.objects.get(email=facts["trainer"])
    moments = enrolment.coaching.order_by("number")
    for moment, days_ago in zip(moments, facts["coachings_days_ago"], strict=False):
        day = timezone.localdate() - dt.timedelta(days=days_ago)
        actions.hold_coaching(moment, on=day, by=trainer)


def _have_samples_looked_at(enrolment: Enrolment, facts: dict[str, Any]) -> None:
    trainer = User.objects.get(email=facts["trainer"])
    for moment, given in zip(enrolment.coaching.order_by("number"), facts["samples"], strict=False):
        sample = actions.hand_in_sample(
            enrolment,
            kind=SampleKind.SIMULATION,
            title=given["title"],
            text=given["text"],
            moment=moment,
            made_up=True,
            confirmed=True,
            by=enrolment.user,
        )
        said = actions.answer_sample(sample, text=given["feedback"], confirmed=True, by=trainer)
        then = timezone.now() - dt.timedelta(days=given["days_ago"])
        PracticeSample.objects.filter(pk=sample.pk).update(created_at=then)
        SampleMessage.objects.filter(pk=said.pk).update(created_at=then + dt.timedelta(hours=3))
