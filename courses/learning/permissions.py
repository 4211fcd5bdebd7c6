"""Who may do what with training."""

from __future__ import annotations

from accounts.permissions import Permission, Somebody, can
from courses.catalogue.models import CoursePage
from courses.learning.models import Enrolment, JournalEntry


def may_follow(user: Somebody) -> bool:
    """Say whether this person may follow training at all."""
    return can(user, Permission.FOLLOW_TRAINING)


def may_enrol(user: Somebody, course: CoursePage) -> bool:
    """Say whether this person may start this course by themselves."""
    return may_follow(user) and bool(course.live) and bool(course.self_enrolment)


def may_learn(user: Somebody, enrolment: Enrolment) -> bool:
    """Say whether this person may read and answer in this enrolment: their own, while it is open."""
    return may_follow(user) and enrolment.user_id == user.pk and enrolment.closed_at is None


def may_see_learners(user: Somebody) -> bool:
    """Say whether this person may see who is where in a course."""
    return can(user, Permission.SEE_LEARNERS)


def may_coach(user: Somebody, enrolment: Enrolment) -> bool:
    """Say whether this person coaches this learner: a trainer of their cohort or of all, never the learner themselves."""
    return enrolment.user_id != user.pk and can(user, Permission.COACH_LEARNERS, enrolment)


def may_coach_anybody(user: Somebody) -> bool:
    """Say whether this person coaches learners at all."""
    return can(user, Permission.COACH_LEARNERS)


def may_read_entry(user: Somebody, entry: JournalEntry) -> bool:
    """Say whether this is the person's own journal entry; no role ever opens it to anybody else."""
    return user.is_authenticated and entry.writer_id == user.pk
