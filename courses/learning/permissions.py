"""Who may do what with training."""

from __future__ import annotations

from accounts.permissions import Permission, Somebody, can
from courses.catalogue.models import CoursePage
from courses.learning.models import Enrolment


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
