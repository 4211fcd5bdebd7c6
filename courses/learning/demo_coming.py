"""A cohort in the demo whose training day is still to come: `demo/learning/coming.yaml`, by the actions that people use."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import consent
from accounts.actions.invitations import NewMember, accept_as_new_member
from accounts.models import Invitation, Purpose, Role, User
from core.demo import DemoReport
from courses.catalogue.models import CoursePage
from courses.learning import actions
from courses.learning.actions.cohorts import CohortFacts, invite_learner, make_cohort
from courses.learning.actions.enrolling import place
from courses.learning.actions.meetings import MeetingFacts, plan_meeting
from courses.learning.demo import load_cohort
from courses.learning.models import Cohort, Meeting, MeetingKind

SOURCE = Path("demo") / "learning" / "coming.yaml"
THURSDAY = 3


def load(report: DemoReport) -> None:
    """Make the cohort that begins, unless it is there already; people who have an account keep it as it is."""
    given = yaml.safe_load((settings.BASE_DIR / SOURCE).read_text(encoding="utf-8"))
    load_cohort(given, _load, report)


@transaction.atomic
def _load(given: dict[str, Any], course: CoursePage, trainer: User) -> None:
    facts = given["cohort"]
    starts_on = timezone.localdate() - dt.timedelta(days=facts["began_days_ago"])
    ends_on = starts_on + dt.timedelta(days=facts["lasts_days"])
    cohort = make_cohort(CohortFacts(course, facts["name"], starts_on, ends_on), by=None)
    for user in User.objects.filter(email__in=given["placed"]):
        place(cohort, user, by=None)
    for person in given["invited"]:
        _come_in(cohort, person, trainer)
    for person in given["not_yet"]:
        _invite(cohort, person, trainer)
    _plan_the_day(cohort, given["training_day"], trainer)
    _meet_today(cohort, given["today"], trainer)


def _invite(cohort: Cohort, person: dict[str, str], trainer: User) -> Invitation:
    return invite_learner(
        cohort, email=person["email"], name=person["name"], role=Role.POH, language="nl", by=trainer
    )


def _come_in(cohort: Cohort, person: dict[str, str], trainer: User) -> None:
    """Let somebody follow the link of their invitation; who has an account gets a place in the cohort."""
    user = User.objects.filter(email=person["email"]).first()
    if user is not None:
        place(cohort, user, by=trainer)
        return
    member = NewMember(
        display_name=person["name"],
        work_title=person["work_title"],
        language="nl",
        password=settings.DEMO_PASSWORD,
        agreed_to=consent.text(Purpose.TERMS, "nl"),
    )
    accept_as_new_member(_invite(cohort, person, trainer), member)


def _plan_the_day(cohort: Cohort, facts: dict[str, Any], trainer: User) -> None:
    soonest = timezone.localdate() + dt.timedelta(days=facts["in_days_at_least"])
    day = soonest + dt.timedelta(days=(THURSDAY - soonest.weekday()) % 7)
    starts_at, ends_at = (
        timezone.make_aware(dt.datetime.combine(day, dt.time.fromisoformat(facts[name])))
        for name in ("from", "until")
    )
    meeting = plan_meeting(
        cohort,
        MeetingFacts(
            kind=MeetingKind.TRAINING_DAY,
            title=facts["title"],
            starts_at=starts_at,
            ends_at=ends_at,
            place=facts["place"],
            capacity=facts["seats"],
        ),
        by=trainer,
    )
    for coming, people in ((True, facts["coming"]), (False, facts["not_coming"])):
        for email in people:
            _answer(meeting, email, coming=coming)


def _answer(meeting: Meeting, email: str, *, coming: bool) -> None:
    seat = meeting.seats.select_related("enrolment__user").get(enrolment__user__email=email)
    actions.answer(seat, coming=coming, by=seat.enrolment.user)


def _meet_today(cohort: Cohort, facts: dict[str, Any], trainer: User) -> None:
    starts_at = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    meeting = plan_meeting(
        cohort,
        MeetingFacts(
            kind=MeetingKind.OTHER,
            title=facts["title"],
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(hours=facts["hours"]),
            place=facts["place"],
        ),
        by=trainer,
    )
    for user in User.objects.filter(email__in=facts["there"]):
        actions.note_by_code(meeting, by=user)
