"""A full classroom: so many learners in one cohort, on one edition of forty lessons, half a year on their way.

Everybody opened every lesson and did a part of them, was at the training day with ten thousand others, handed in a quiz,
had two coaching moments, and has a third to come with a meeting of its own; a fifth have finished and are certified.
Written in bulk, so that ten thousand learners with their 400,000 lessons take well under a minute.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from accounts.models import Role, RoleAssignment, User
from courses.catalogue.actions import cut_edition
from courses.catalogue.models import CourseEdition, CoursePage, ItemKind, LessonPage, ModulePage
from courses.catalogue.queries import Item, Outline, outline
from courses.exercises.scoring import Outcome
from courses.learning.models import (
    Accreditation,
    Answer,
    Attempt,
    BadgeKey,
    Certificate,
    CoachingMoment,
    Cohort,
    CountsFor,
    Enrolment,
    FollowUpPlan,
    LessonProgress,
    Meeting,
    MeetingKind,
    Register,
    RegistrationNumber,
    Seat,
    SeatState,
)
from courses.learning.plan import COACHING_WEEKS

LESSONS = 40
FINISHED_OF = 50
"""Learner n did n modulo this many lessons; who comes beyond the last one has finished."""
HELD = 2
A_PIECE = 5000
MINUTE, DAY, WEEK = dt.timedelta(minutes=1), dt.timedelta(days=1), dt.timedelta(weeks=1)


@dataclass(frozen=True)
class Classroom:
    """What was made."""

    course: CoursePage
    edition: CourseEdition
    outline: Outline
    cohort: Cohort
    training_day: Meeting
    accreditation: Accreditation
    learner: User


@transaction.atomic
def fill(learners: int) -> Classroom:
    """Make the course, the cohort and so many learners; the one to measure is in the middle of the list."""
    course = course_of_forty()
    edition = cut_edition(course, by=None).edition
    here = outline(edition.pk, edition.uuid)
    now = timezone.now()
    today = timezone.localdate(now)
    cohort = Cohort.objects.create(
        course=course, name="De hele klas", starts_on=today - 90 * DAY, ends_on=today + 180 * DAY
    )
    day = meeting(cohort, MeetingKind.TRAINING_DAY, now - 6 * WEEK)
    day.save()
    granted = accreditation(course, now)
    people = list(users(learners))
    enrolments = made(_enrolment(user, number, cohort, here, now) for number, user in enumerate(people))
    follow(enrolments, here, day, now)
    numbers = (
        RegistrationNumber(user=user, register=granted.register, number=f"{10_000_000_000 + number}")
        for number, user in enumerate(people)
    )
    made(numbers)
    return Classroom(course, edition, here, cohort, day, granted, people[learners // 2])


def made[Row: models.Model](rows: Iterable[Row]) -> list[Row]:
    """Store rows of one kind, some thousands at a time, and return them."""
    stored: list[Row] = []
    for piece in batched(rows, A_PIECE):
        manager: Any = type(piece[0])._default_manager
        stored += manager.bulk_create(piece)
    return stored


def course_of_forty() -> CoursePage:
    """Return the demo's Dutch course, filled up to forty lessons with copies of one that has a text and questions."""
    courses = CoursePage.objects.live().filter(locale__language_code="nl")
    found: CoursePage | None = courses.order_by("pk").first()
    if found is None:
        message = "The demo has no course to measure."
        raise LookupError(message)
    last = ModulePage.objects.live().child_of(found).order_by("path").last()
    body = LessonPage.objects.live().descendant_of(found).order_by("path").last().body
    for number in range(LessonPage.objects.live().descendant_of(found).count(), LESSONS):
        title = f"Nog een les {number}"
        lesson = LessonPage(title=title, slug=f"nog-{number}", lead="De boodschap.", body=body, minutes=10)
        last.add_child(instance=lesson).save_revision().publish()
    return found


def users(count: int) -> Iterator[User]:
    """Yield so many practice nurses with their role."""
    people = made(
        User(email=f"klas{number}@demo.test", display_name=f"Klasgenoot {number:05}", work_title="POH-GGZ")
        for number in range(count)
    )
    made(RoleAssignment(user=user, role=Role.POH) for user in people)
    yield from people


def _enrolment(user: User, number: int, cohort: Cohort, here: Outline, now: dt.datetime) -> Enrolment:
    done = min(number % FINISHED_OF, LESSONS)
    at = here.lessons[min(done, LESSONS - 1)]
    active = now - dt.timedelta(hours=number * 37 % 1000)
    return Enrolment(
        user=user,
        course=cohort.course,
        edition_id=here.edition_id,
        cohort=cohort,
        started_at=now - 12 * WEEK,
        last_active_at=active,
        finished_at=active if done == LESSONS else None,
        position_id=at.id,
        lessons_done=done,
        lessons_total=LESSONS,
        minutes_left=10 * (LESSONS - done),
    )


def follow(enrolments: list[Enrolment], here: Outline, day: Meeting, now: dt.datetime) -> None:
    """Let them all open every lesson, hand in a quiz, be at the training day and have coaching; certify who finished."""
    open_lessons(day.cohort, here)
    made(
        Seat(
            meeting=day,
            enrolment=enrolment,
            state=SeatState.GOING,
            answered_at=day.starts_at - number * MINUTE,
            attended_at=day.starts_at,
        )
        for number, enrolment in enumerate(enrolments)
    )
    made(FollowUpPlan(enrolment=enrolment, day=day.starts_at.date()) for enrolment in enrolments)
    coach(enrolments, day, now)
    answer(enrolments, here)
    certify([enrolment for enrolment in enrolments if enrolment.finished_at], here)


def open_lessons(cohort: Cohort, here: Outline) -> None:
    """Let everybody open every lesson and finish as many as their counter says: 400,000 rows, so by the database itself."""
    progress, enrolment = LessonProgress._meta.db_table, Enrolment._meta.db_table
    words = f"""
        INSERT INTO {progress} (enrolment_id, item_id, opened_at, completed_at)
        SELECT id, %s, started_at, CASE WHEN lessons_done > %s THEN started_at END FROM {enrolment} WHERE cohort_id = %s
    """
    with connection.cursor() as cursor:
        for number, lesson in enumerate(here.lessons):
            cursor.execute(words, [lesson.id, number, cohort.pk])


def coach(enrolments: list[Enrolment], day: Meeting, now: dt.datetime) -> None:
    """Give everybody four coaching moments: two were held, one is planned as a meeting with the trainer, one is open."""
    meetings = made(
        meeting(day.cohort, MeetingKind.COACHING, now + (1 + number % 100) * DAY, for_everyone=False)
        for number in range(len(enrolments))
    )
    made(
        CoachingMoment(
            enrolment=enrolment,
            number=number,
            due_on=(day.starts_at + (WEEK * week)).date(),
            held_at=day.starts_at + WEEK * week if number <= HELD else None,
            meeting=own if number == HELD + 1 else None,
        )
        for enrolment, own in zip(enrolments, meetings, strict=True)
        for number, week in enumerate(COACHING_WEEKS, start=1)
    )
    made(
        Seat(meeting=own, enrolment=enrolment, state=SeatState.GOING)
        for enrolment, own in zip(enrolments, meetings, strict=True)
    )


def meeting(
    cohort: Cohort, kind: MeetingKind, starts_at: dt.datetime, *, for_everyone: bool = True
) -> Meeting:
    """Return a meeting of an hour, not stored yet."""
    return Meeting(
        cohort=cohort,
        kind=kind,
        title=str(kind.label),
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=1),
        place="Zaal 1",
        for_everyone=for_everyone,
    )


def quiz_of(here: Outline) -> Item:
    """Return the quiz of an edition that has the fewest questions."""
    quizzes = [item for item in here.items if item.kind == ItemKind.QUIZ]
    return min(quizzes, key=lambda quiz: len(here.questions_of(quiz)))


def answer(enrolments: list[Enrolment], here: Outline) -> None:
    """Let everybody have handed in a quiz, all right."""
    quiz = quiz_of(here)
    questions = here.questions_of(quiz)
    attempts = made(
        Attempt(
            enrolment=enrolment,
            item_id=quiz.id,
            number=1,
            handed_in_at=enrolment.started_at + DAY,
            right=len(questions),
            scored=len(questions),
            total=len(questions),
        )
        for enrolment in enrolments
    )
    made(
        Answer(
            attempt=attempt,
            item_id=question.id,
            place=place,
            checked_at=attempt.handed_in_at,
            outcome=Outcome.RIGHT,
        )
        for attempt in attempts
        for place, question in enumerate(questions, start=1)
    )


def certify(enrolments: list[Enrolment], here: Outline) -> None:
    """Give these learners a certificate; it is signed by nobody, since only how many there are counts here."""
    key = BadgeKey.objects.create(kid="bench", public_jwk={}, active=False)
    made(
        Certificate(
            enrolment=enrolment,
            edition_id=here.edition_id,
            code=f"B{number:015}",
            holder_name=enrolment.user.display_name,
            course_title=here.title,
            language=here.language,
            key=key,
            status_index=number,
        )
        for number, enrolment in enumerate(enrolments)
    )


def accreditation(course: CoursePage, now: dt.datetime) -> Accreditation:
    """Return points that a register of its own granted for the training day."""
    today = timezone.localdate(now)
    register = Register.objects.create(name="Register van de klas", format_text="elf cijfers")
    return Accreditation.objects.create(
        register=register,
        course=course,
        counts_for=CountsFor.TRAINING_DAY,
        points=6,
        accreditation_id="1234",
        granted_on=today - 200 * DAY,
        valid_from=today - 200 * DAY,
    )
