"""Makes courses, questions and learners for tests."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Locale

from accounts.models import User
from courses.catalogue.actions import cut_edition
from courses.catalogue.models import CourseEdition, CourseIndexPage, CoursePage, LessonPage, ModulePage
from courses.exercises.models import Question, Quiz
from courses.learning.actions import MeetingFacts, enrol, place, plan_meeting
from courses.learning.models import Cohort, Enrolment, Meeting, MeetingKind, Seat, SeatState
from media.library.models import Picture
from pages.models import HomePage, Source
from tests.accounts.factories import UserFactory
from tests.library.factories import picture_bytes


def locale(language: str = "nl") -> Locale:
    return Locale.objects.get(language_code=language)


def make_source(title: str = "Richtlijn", **facts: Any) -> Source:
    return Source.objects.create(title=title, publisher="Uitgever", edition="2026", **facts)


def option(text: str, *, right: bool = False, key: str | None = None) -> dict[str, Any]:
    value = {"text": text, "right": right, "feedback": f"Over {text}."}
    return {"type": "option", "value": value, "id": key or str(uuid.uuid4())}


def block_of(kind: str, **value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value}


def make_question(
    title: str = "Een vraag",
    *,
    kind: str = "single",
    right: tuple[str, ...] = ("B",),
    language: str = "nl",
    **facts: Any,
) -> Question:
    """A published question with the options A, B and C; `right` names those that are."""
    question = Question(
        title=title,
        kind=kind,
        prompt=f"{title}?",
        options=[option(name, right=name in right) for name in "ABC"],
        locale=locale(language),
        **facts,
    )
    question.save()
    question.save_revision().publish()
    return question


# What a question of each kind is answered with, and what else it needs.
SHAPED: dict[str, list[dict[str, Any]]] = {
    "order": [block_of("step", text=name, feedback=f"Over {name}.") for name in "ABC"],
    "match": [block_of("pair", left=name, right=f"bij {name}", feedback=f"Over {name}.") for name in "ABC"],
    "text": [
        block_of("accepted", text="stopbrief"),
        block_of("near", text="dreigbrief", feedback="Over dreigen."),
    ],
    "number": [block_of("near", text="67", feedback="Over 67.")],
    "hotspot": [
        block_of(
            "spot",
            text=name,
            right=name == "B",
            feedback=f"Over {name}.",
            left=at,
            top=10,
            width=20,
            height=30,
        )
        for name, at in (("A", 0), ("B", 40), ("C", 75))
    ],
    "open": [block_of("point", text="Je begint met een vraag.")],
}
FACTS: dict[str, dict[str, Any]] = {
    "text": {"right_feedback": "Precies.", "else_feedback": "Je bedoelt vast iets anders."},
    "number": {
        "number": Decimal(40),
        "tolerance": Decimal("0.5"),
        "unit": "%",
        "right_feedback": "Precies.",
        "else_feedback": "Reken nog eens na.",
    },
    "open": {"model_answer": "<p>Mag ik iets vertellen?</p>"},
}


def mend(question: Question, *, right: Iterable[str]) -> Question:
    """Publish the question with another key: the options of these uuids are right, the others are not."""
    keys = set(right)
    options: Any = [
        {**found, "value": {**found["value"], "right": found["id"] in keys}}
        for found in question.options.get_prep_value()
    ]
    question.options = options
    question.save_revision().publish()
    question.refresh_from_db()
    return question


def make_kaart() -> Picture:
    """A picture of 40 by 30 pixels to point in."""
    return Picture.objects.create(
        title="Kaart",
        alt_text="Een kaart van de praktijk.",
        file=ContentFile(picture_bytes(), name="kaart.png"),
    )


def make_question_of(kind: str, title: str = "", *, language: str = "nl", **facts: Any) -> Question:
    """A published question of any kind, complete."""
    if kind in {"single", "multiple"}:
        right = ("B",) if kind == "single" else ("B", "C")
        return make_question(title or kind, kind=kind, right=right, language=language, **facts)
    if kind == "hotspot":
        facts = {"picture": make_kaart(), **facts}
    question = Question(
        title=title or kind,
        kind=kind,
        prompt=f"{title or kind}?",
        options=[{**found, "id": str(uuid.uuid4())} for found in SHAPED[kind]],
        locale=locale(language),
        **{**FACTS.get(kind, {}), **facts},
    )
    question.full_clean()
    question.save()
    question.save_revision().publish()
    return question


def make_quiz(*questions: Question, title: str = "Toets", **rules: Any) -> Quiz:
    """A published quiz of these questions."""
    chosen = [{"type": "question", "value": question.pk, "id": str(uuid.uuid4())} for question in questions]
    quiz = Quiz(title=title, questions=chosen, locale=questions[0].locale, **rules)
    quiz.save()
    quiz.save_revision().publish()
    return quiz


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def make_index(language: str = "nl") -> CourseIndexPage:
    home = HomePage.objects.get(locale__language_code=language, depth=2)
    found = CourseIndexPage.objects.child_of(home).first()
    return found or home.add_child(instance=CourseIndexPage(title="Training", slug="training"))


def make_course(slug: str = "cursus", *, language: str = "nl", **facts: Any) -> CoursePage:
    course = CoursePage(title=facts.pop("title", "Een training"), slug=slug, lead="Waarover.", **facts)
    return make_index(language).add_child(instance=course)


def make_module(course: CoursePage, slug: str = "module", **facts: Any) -> ModulePage:
    return course.add_child(
        instance=ModulePage(title=facts.pop("title", "Een module"), slug=slug, lead="Waarom?")
    )


def make_lesson(module: ModulePage, slug: str = "les", *, body: Any = (), **facts: Any) -> LessonPage:
    title = facts.pop("title", f"Les {slug}")
    lesson = LessonPage(title=title, slug=slug, lead="De boodschap.", body=list(body), minutes=10, **facts)
    return module.add_child(instance=lesson)


def make_small_course(slug: str = "cursus", *, lessons: int = 3, language: str = "nl") -> CoursePage:
    """A course of one module whose first lesson holds a text, a question, a quiz of two and a reflection."""
    module = make_module(make_course(slug, language=language))
    questions = [make_question(f"Vraag {number}", language=language) for number in range(3)]
    body = [
        block("text", "<p>Een tekst.</p>"),
        block("source", {"source": make_source().pk, "note": ""}),
        block("question", questions[0].pk),
        block("quiz", make_quiz(*questions[1:]).pk),
        block("reflection", {"prompt": "Wat dacht je?", "hint": ""}),
    ]
    make_lesson(module, "een", body=body, title="Les een")
    for number in range(1, lessons):
        make_lesson(module, f"les-{number}", title=f"Les {number}")
    return CoursePage.objects.get(pk=module.get_parent().pk)


def make_course_with(*exercises: Question | Quiz, slug: str = "cursus", language: str = "nl") -> CoursePage:
    """A course of one lesson, `een`, that holds these exercises in order."""
    module = make_module(make_course(slug, language=language))
    body = [block("quiz" if isinstance(found, Quiz) else "question", found.pk) for found in exercises]
    make_lesson(module, "een", body=body, title="Les een")
    return CoursePage.objects.get(pk=module.get_parent().pk)


def make_edition(course: CoursePage) -> CourseEdition:
    return cut_edition(course, by=None).edition


def make_enrolment(user: User, course: CoursePage | None = None) -> Enrolment:
    course = course or make_small_course()
    if not course.editions.exists():
        make_edition(course)
    return enrol(course, by=user)


def make_cohort(course: CoursePage, name: str = "Voorjaar", day: dt.date = dt.date(2026, 3, 2)) -> Cohort:
    return Cohort.objects.create(
        course=course, name=name, starts_on=day - dt.timedelta(days=60), ends_on=day + dt.timedelta(days=200)
    )


def was_at_training_day(enrolment: Enrolment, day: dt.date, *, hour: int = 9) -> Seat:
    """Put this learner in a cohort, if there is none yet, with a training day on this date at which they were."""
    if enrolment.cohort is None:
        enrolment.cohort = make_cohort(enrolment.course, f"Groep {enrolment.pk}", day)
        enrolment.save(update_fields=["cohort"])
    start = timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
    meeting = Meeting.objects.create(
        cohort=enrolment.cohort,
        kind=MeetingKind.TRAINING_DAY,
        title="Trainingsdag",
        starts_at=start,
        ends_at=start + dt.timedelta(hours=7),
    )
    return Seat.objects.create(
        meeting=meeting, enrolment=enrolment, state=SeatState.GOING, attended_at=start, attended_by="list"
    )


def in_cohort(cohort: Cohort, **who: Any) -> Enrolment:
    """A POH with a place in this cohort."""
    return place(cohort, UserFactory.create(**{"poh": True, **who}), by=None)


def running_cohort(course: CoursePage | None = None, name: str = "Voorjaar", **facts: Any) -> Cohort:
    """A cohort that began a month ago, of a course that can be followed."""
    course = course or make_small_course()
    if not course.editions.exists():
        make_edition(course)
    today = timezone.localdate()
    return Cohort.objects.create(
        course=course,
        name=name,
        starts_on=today - dt.timedelta(days=30),
        ends_on=today + dt.timedelta(days=180),
        **facts,
    )


def meeting_facts(begins: dt.timedelta = dt.timedelta(days=10), **facts: Any) -> MeetingFacts:
    """A training day that begins so long from now and takes seven hours, in Arnhem."""
    starts = facts.pop("starts_at", timezone.now() + begins)
    given = {
        "kind": MeetingKind.TRAINING_DAY,
        "title": "Een dag samen",
        "starts_at": starts,
        "ends_at": starts + dt.timedelta(hours=7),
        "place": "Zaal 1, Arnhem",
    }
    return MeetingFacts(**{**given, **facts})


def planned(cohort: Cohort, begins: dt.timedelta = dt.timedelta(days=10), **facts: Any) -> Meeting:
    """A meeting of a cohort, planned as people do it."""
    return plan_meeting(cohort, meeting_facts(begins, **facts), by=None)


def seat_of(meeting: Meeting, enrolment: Enrolment) -> Seat:
    """The place of this person at this meeting."""
    return Seat.objects.get(meeting=meeting, enrolment=enrolment)
