"""What the bell says about training: that something happened and in which course, never what was written."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from courses.learning.actions.coaching import COACHING_LATE, COACHING_WISH
from courses.learning.actions.plan import PLAN_READY, RECALL_DUE
from courses.learning.actions.samples import SAMPLE_ANSWERED, SAMPLE_IN
from courses.learning.actions.sharing import ENTRY_SHARED
from courses.learning.models import PracticeSample
from courses.learning.queries import (
    coached_by,
    enrolments_of,
    plans_of,
    samples_of,
    samples_to_coach,
    seats_of,
)
from courses.learning.telling import MEETING, PLACED, SEAT, place_of
from notifications.kinds import NoticeKind


def own_plans(reader: User, ids: set[int]) -> dict[int, str]:
    """Name the courses of the reader's own plans."""
    return {plan.pk: plan.enrolment.edition.title for plan in plans_of(reader) if plan.pk in ids}


def say_plan_ready(_count: int, place: str) -> str:
    """Say that the plan is there."""
    return _("Your plan for the coming half year is ready: %(place)s.") % {"place": place}


def say_recall_due(_count: int, place: str) -> str:
    """Say that questions wait."""
    return _("A few questions to repeat, three minutes: %(place)s.") % {"place": place}


def coached_courses(reader: User, ids: set[int]) -> dict[int, str]:
    """Name the courses of the learners whom the reader coaches."""
    found = coached_by(reader).filter(pk__in=ids)
    return dict(found.values_list("pk", "edition__title"))


def say_entry_shared(count: int, place: str) -> str:
    """Say that a learner shared something; not what, and not who."""
    words = ngettext(
        "A learner shared a journal entry with you: %(place)s.",
        "A learner shared %(count)s journal entries with you: %(place)s.",
        count,
    )
    return words % {"count": count, "place": place}


def readable_samples(reader: User, ids: set[int]) -> dict[int, str]:
    """Name the courses of the samples that the reader handed in or coaches."""
    readable = Q(pk__in=samples_of(reader).values("pk")) | Q(pk__in=samples_to_coach(reader).values("pk"))
    found = PracticeSample.objects.filter(readable, pk__in=ids)
    return dict(found.values_list("pk", "enrolment__edition__title"))


def say_sample_in(_count: int, place: str) -> str:
    """Say to a trainer that a sample waits."""
    return _("A learner handed in a practice sample or answered you: %(place)s.") % {"place": place}


def say_sample_answered(_count: int, place: str) -> str:
    """Say to a learner that there is feedback."""
    return _("There is feedback on your practice sample: %(place)s.") % {"place": place}


def courses_coached(reader: User, ids: set[int]) -> dict[int, str]:
    """Name the courses in which the reader coaches somebody."""
    found = coached_by(reader).filter(course__in=ids).order_by("edition__number")
    return dict(found.values_list("course", "edition__title"))


def say_coaching_late(_count: int, place: str) -> str:
    """Say to a trainer that coaching is late."""
    return _("Coaching is late for somebody: %(place)s. Your desk says for whom.") % {"place": place}


def say_coaching_wish(_count: int, place: str) -> str:
    """Say to a trainer that a learner said when it suits."""
    return _("A learner said when coaching suits: %(place)s.") % {"place": place}


def own_meetings(reader: User, ids: set[int]) -> dict[int, str]:
    """Name the meetings at which the reader has a place: kind and cohort."""
    return {seat.meeting_id: place_of(seat.meeting) for seat in seats_of(reader).filter(meeting__in=ids)}


def say_meeting(_count: int, place: str) -> str:
    """Say that a meeting was planned, moved or cancelled."""
    return _("There is news about a meeting: %(place)s.") % {"place": place}


def say_seat(_count: int, place: str) -> str:
    """Say that a seat came free for the reader."""
    return _("A seat came free for you: %(place)s.") % {"place": place}


def own_cohorts(reader: User, ids: set[int]) -> dict[int, str]:
    """Name the cohorts that the reader follows a course with."""
    return dict(enrolments_of(reader).filter(cohort__in=ids).values_list("cohort_id", "cohort__name"))


def say_placed(_count: int, place: str) -> str:
    """Say that the reader was given a place in a cohort."""
    return _("You have a place in a training, with this cohort: %(place)s.") % {"place": place}


KINDS = (
    NoticeKind(COACHING_LATE, say=say_coaching_late, places=courses_coached, icon="clock"),
    NoticeKind(COACHING_WISH, say=say_coaching_wish, places=courses_coached, icon="calendar"),
    NoticeKind(MEETING, say=say_meeting, places=own_meetings, icon="calendar"),
    NoticeKind(SEAT, say=say_seat, places=own_meetings, icon="calendar"),
    NoticeKind(SAMPLE_IN, say=say_sample_in, places=readable_samples, icon="talk"),
    NoticeKind(SAMPLE_ANSWERED, say=say_sample_answered, places=readable_samples, icon="talk"),
    NoticeKind(PLACED, say=say_placed, places=own_cohorts, icon="book"),
    NoticeKind(ENTRY_SHARED, say=say_entry_shared, places=coached_courses, icon="edit"),
    NoticeKind(PLAN_READY, say=say_plan_ready, places=own_plans, icon="steps"),
    NoticeKind(RECALL_DUE, say=say_recall_due, places=own_plans, icon="back"),
)
