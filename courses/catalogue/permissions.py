"""Who may do what with courses."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import Permission, Somebody, can
from courses.catalogue.models import CoursePage


def may_issue_editions(user: User, course: CoursePage) -> bool:
    """Say whether this person may publish the course, and so decide what new learners get."""
    return bool(course.permissions_for_user(user).can_publish())


def may_correct(user: Somebody) -> bool:
    """Say whether this person may issue and withdraw safety corrections: medical reviewers alone."""
    return can(user, Permission.REVIEW_MEDICAL)
