"""The half year after the training day in the demo: `demo/learning/after.yaml`, by the actions that people use."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.demo import DemoReport
from courses.catalogue.models import CoursePage
from courses.catalogue.queries import Item, question_spec
from courses.exercises.scoring import Given, Kind
from courses.exercises.showing import key_of
from courses.learning import actions
from courses.learning.actions.cohorts import CohortFacts, make_cohort
from courses.learning.actions.enrolling import place
from courses.learning.actions.meetings import MeetingFacts, plan_meeting
from courses.learning.demo import first_questions, load_cohort
from courses.learning.models import (
    CoachingMoment,
    Cohort,
    Enrolment,
    JournalEntry,
    Meeting,
    MeetingKind,
    PracticeSample,
    SampleKind,
    SampleMessage,
)
from courses.learning.queries import due_cards, outline_of, recall_question
from courses.learning.sharing import destinations_for

FOLDER = Path("demo") / "learning"
DAY_LASTS = dt.timedelta(hours=7)
REPLY = "Ik zou eerst teruggeven wat ik hoor."


def load(report: DemoReport) -> None:
    """Bring the demo's first cohort half a year on its way, unless it is there already."""
    given = yaml.safe_load((settings.BASE_DIR / FOLDER / "after.yaml").read_text(encoding="utf-8"))
    load_cohort(given, _load, report)


@transaction.atomic
def _load(given: dict[str, Any], course: CoursePage, trainer: User) -> None:
    cohort = _cohort(course, given["cohort"])
    day = _training_day(cohort, given["training_day"])
    for facts in given["learners"]:
        _bring_along(place(cohort, _person(facts["who"]), by=None), facts, day, trainer)
    for facts in given["wishes"]:
        moment = _moment(cohort, facts["who"], facts["number"])
        actions.wish_coaching(moment, wish=facts["wish"], confirmed=False, by=_person(facts["who"]))
    for facts in given["planned"]:
        moments = [_moment(cohort, who, facts["number"]) for who in facts["who"]]
        actions.plan_coaching(moments, _hour(facts), by=trainer)
    for facts in given["offered"]:
        actions.offer_coaching(cohort, _hour(facts), by=trainer)
    for facts in given["samples"]:
        _hand_in(cohort, facts)
    for facts in given["journal"]:
        _write(facts)


def _person(email: str) -> User:
    return User.objects.get(email=email)


def _days_ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def _moment_of(day: dt.date, at: dt.time) -> dt.datetime:
    return min(timezone.now(), timezone.make_aware(dt.datetime.combine(day, at)))


def _cohort(course: CoursePage, facts: dict[str, Any]) -> Cohort:
    starts_on = _days_ago(facts["began_days_ago"])
    ends_on = starts_on + dt.timedelta(days=facts["lasts_days"])
    return make_cohort(CohortFacts(course, facts["name"], starts_on, ends_on), by=None)


def _training_day(cohort: Cohort, facts: dict[str, Any]) -> Meeting:
    starts_at = timezone.make_aware(dt.datetime.combine(_days_ago(facts["days_ago"]), dt.time(9)))
    day = MeetingFacts(
        kind=MeetingKind.TRAINING_DAY,
        title=facts["title"],
        starts_at=starts_at,
        ends_at=starts_at + DAY_LASTS,
        place=facts["place"],
    )
    return plan_meeting(cohort, day, by=None)


def _bring_along(enrolment: Enrolment, facts: dict[str, Any], day: Meeting, trainer: User) -> None:
    """Let one learner do their lessons, be at the day, have coaching and repeat some questions."""
    _do_modules(enrolment, facts.get("modules", 0))
    then = _moment_of(_days_ago(facts.get("repeated_days_ago", 0)), dt.time(8))
    actions.fill_cards(enrolment, at=then)
    seat = day.seats.get_or_create(enrolment=enrolment)[0]
    actions.note_by_list(day, present={seat.pk}, shown=set(), by=None)
    for number, days in enumerate(facts["held"], start=1):
        moment = enrolment.coaching.get(number=number)
        actions.hold_coaching(moment, on=_days_ago(days), by=trainer)
    if facts.get("repeated"):
        _repeat(enrolment, _days_ago(facts["repeated_days_ago"]), facts["repeated"])


def _do_modules(enrolment: Enrolment, count: int) -> None:
    """Finish the lessons of the first modules; what was answered before stays as it was."""
    outline, user = outline_of(enrolment), enrolment.user
    for module in outline.modules[:count]:
        for lesson in outline.lessons_of(module):
            actions.open_lesson(enrolment, lesson, opened=False, at_lesson=False, by=user)
            for exercise in outline.exercises_of(lesson):
                for question in first_questions(enrolment, outline, exercise):
                    _answer(enrolment, exercise, question)
            actions.finish_lesson(enrolment, lesson, by=user)


def _answer(enrolment: Enrolment, exercise: Item, question: Item) -> None:
    spec = question_spec(question)
    given = Given(text=REPLY) if spec.kind is Kind.OPEN else key_of(spec)
    answer = actions.answer_in(enrolment, exercise, question, number=1, by=enrolment.user)
    if answer.checked_at is None:
        actions.check_answer(answer, given, by=enrolment.user)


def _repeat(enrolment: Enrolment, day: dt.date, count: int) -> None:
    """Let some questions have come back once: the first not right, the others right."""
    at = _moment_of(day, dt.time(12))
    for place_in_row, card in enumerate(list(due_cards(enrolment.user, today=day)[:count])):
        spec = recall_question(card).asked.spec
        wrong = sorted(spec.keys - spec.right_keys)[:1]
        simple = spec.kind in {Kind.SINGLE, Kind.MULTIPLE}
        given = Given(tuple(wrong)) if simple and not place_in_row and wrong else key_of(spec)
        actions.repeat_question(card, chosen=given.chosen, by=enrolment.user, at=at)


def _moment(cohort: Cohort, who: str, number: int) -> CoachingMoment:
    return CoachingMoment.objects.get(enrolment__cohort=cohort, enrolment__user__email=who, number=number)


def _hour(facts: dict[str, Any]) -> MeetingFacts:
    day = timezone.localdate() + dt.timedelta(days=facts["in_days"])
    starts_at = timezone.make_aware(dt.datetime.combine(day, dt.time.fromisoformat(facts["at"])))
    return MeetingFacts(
        kind=MeetingKind.COACHING,
        title=str(MeetingKind.COACHING.label).capitalize(),
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=facts["minutes"]),
        place=facts.get("place", ""),
        video_link=facts.get("video_link", ""),
        capacity=facts.get("places"),
    )


def _hand_in(cohort: Cohort, facts: dict[str, Any]) -> None:
    learner, moment = _person(facts["who"]), _moment(cohort, facts["who"], facts["number"])
    sample = actions.hand_in_sample(
        moment.enrolment,
        kind=SampleKind(facts["kind"]),
        title=facts["title"],
        text=facts["text"],
        question=facts["question"],
        moment=moment,
        made_up=True,
        confirmed=True,
        by=learner,
    )
    handed_in = _moment_of(_days_ago(facts["days_ago"]), dt.time(16))
    PracticeSample.objects.filter(pk=sample.pk).update(created_at=handed_in)
    for turn in facts["talk"]:
        _say(sample, turn)


def _say(sample: PracticeSample, turn: dict[str, Any]) -> None:
    sound = None
    if "sound" in turn:
        data = (settings.BASE_DIR / FOLDER / turn["sound"]).read_bytes()
        sound = ContentFile(data, name=turn["sound"])
    said = actions.answer_sample(
        sample, text=turn["text"], sound=sound, confirmed=True, by=_person(turn["by"])
    )
    at = _moment_of(_days_ago(turn["days_ago"]), dt.time(17))
    SampleMessage.objects.filter(pk=said.pk).update(created_at=at)
    sample.marks.filter(reader=said.author).update(seen_at=at)


def _write(facts: dict[str, Any]) -> None:
    writer, day = _person(facts["who"]), _days_ago(facts["days_ago"])
    if facts.get("draft"):
        actions.draft_entry(text=facts["text"], day=day, by=writer)
        return
    entry = actions.write_entry(text=facts["text"].strip(), day=day, confirmed=True, by=writer)
    if "shared_with" in facts:
        _share(entry, facts["shared_with"], writer)


def _share(entry: JournalEntry, audience: str, writer: User) -> None:
    for destination in destinations_for(writer):
        if destination.audience == audience:
            actions.share_entry(entry, destination, seen_revision=entry.revision, by=writer)
            return
